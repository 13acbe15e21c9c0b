"""Hooks run for the requests that they concern, in the order of their installation, and for no others."""

import sys
from pathlib import Path
from types import FrameType

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from archive.web.http.hooks import after, before, below, may_change


@pytest.fixture
def ran() -> list[str]:
    return []


@pytest.fixture
def hooked(ran: list[str]) -> FlaskClient:
    """An application with hooks of each kind, one of which answers by itself."""
    app = Flask("hooks")
    before(app, below("/api/"), lambda: ran.append("before api"))
    before(app, may_change, lambda: ran.append("before change"))
    before(app, lambda: "no" in ran, lambda: Response("refused", 403))
    after(app, may_change, lambda response: _noted(ran, "after change", response))
    after(app, below("/api/"), lambda response: _noted(ran, "after api", response))
    methods = ["GET", "POST", "OPTIONS"]
    app.add_url_rule("/api/x", "api", lambda: "x", methods=methods)
    app.add_url_rule("/x", "page", lambda: "x", methods=methods)
    return app.test_client()


def _noted(ran: list[str], name: str, response: Response) -> Response:
    ran.append(name)
    return response


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/x", []),
        ("HEAD", "/x", []),
        ("GET", "/missing", []),
        ("POST", "/x", ["before change", "after change"]),
        ("OPTIONS", "/x", ["before change", "after change"]),
        ("GET", "/api/x", ["before api", "after api"]),
        ("GET", "/api/missing", ["before api", "after api"]),
        ("POST", "/api/x", ["before api", "before change", "after api", "after change"]),
    ],
)
def test_hooks_run_in_order_for_what_they_concern(
    hooked: FlaskClient, ran: list[str], method: str, path: str, expected: list[str]
) -> None:
    hooked.open(path, method=method)
    assert ran == expected


def test_response_of_a_hook_is_the_answer(hooked: FlaskClient, ran: list[str]) -> None:
    assert hooked.get("/x").status_code == 200
    ran.append("no")
    assert (hooked.get("/x").status_code, hooked.get("/x").text) == (403, "refused")


def test_page_that_is_read_enters_nothing_for_programs_or_edits(client: FlaskClient) -> None:
    entered: set[str] = set()

    def look(frame: FrameType, event: str, _called: object) -> None:
        if event == "call":
            entered.add(Path(frame.f_code.co_filename).name)

    before_it = sys.getprofile()
    sys.setprofile(look)
    try:
        assert client.get("/?q=industrin").status_code == 200
    finally:
        sys.setprofile(before_it)
    assert "signed_in.py" in entered
    apart = {"csrf.py", "authorship.py", "rates.py", "sharing.py", "body_bounds.py"}
    assert not entered & apart
