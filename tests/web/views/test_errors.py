import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.app import Archive
from archive.errors import Busy, CatalogueError, IndexUnusable, InputError, StorageError
from archive.web.factory import create_app
from archive.web.presenters.api.answers import ProblemAnswer
from tests.web.page_tree import text, tree
from tests.web.web_archive import Built

SECRET = "the text of an exception"


@pytest.fixture
def failing(archive: Archive, built: Built) -> FlaskClient:
    """An application in which `/fail/<name>` and `/api/fail/<name>` raise."""
    app: Flask = create_app(archive)
    errors = {
        "busy": Busy("Another process holds the lock. Try again."),
        "input": InputError("That cannot be used."),
        "index": IndexUnusable(SECRET),
        "catalogue": CatalogueError(SECRET),
        "storage": StorageError(SECRET),
        "other": ZeroDivisionError(SECRET),
    }

    def fail(name: str) -> str:
        raise errors[name]

    app.add_url_rule("/fail/<name>", "fail", fail)
    app.add_url_rule("/api/fail/<name>", "api_fail", fail)
    return app.test_client()


@pytest.mark.parametrize(
    ("name", "status", "heading"),
    [
        ("busy", 503, "Arkivet är upptaget just nu"),
        ("input", 400, "Förfrågan gick inte att förstå"),
        ("index", 503, "Sökningen fungerar inte just nu"),
        ("catalogue", 500, "Något gick fel hos oss"),
        ("storage", 507, "Något gick fel hos oss"),
        ("other", 500, "Något gick fel hos oss"),
    ],
)
def test_error_page_has_plain_words_and_nothing_of_the_exception(
    failing: FlaskClient, name: str, status: int, heading: str
) -> None:
    page = tree(failing, f"/fail/{name}", status)
    assert heading in text(page)
    assert SECRET not in text(page)
    assert "Traceback" not in text(page)


def test_fault_is_logged_with_its_reference(failing: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="archive.web"):
        page = tree(failing, "/fail/other", 500)
    reference = text(page).partition("Referens: ")[2].split()[0]
    assert len(reference) == 8
    (record,) = [one for one in caplog.records if reference in one.getMessage()]
    assert record.exc_info


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [("busy", 503, "busy"), ("input", 400, "bad_input"), ("index", 503, "index"), ("other", 500, "internal")],
)
def test_machines_get_a_problem(failing: FlaskClient, name: str, status: int, code: str) -> None:
    response = failing.get(f"/api/fail/{name}")
    problem = ProblemAnswer.model_validate_json(response.data)
    assert response.mimetype == "application/problem+json"
    assert (response.status_code, problem.status, problem.code) == (status, status, code)
    assert SECRET not in problem.detail


def test_error_page_is_translated_and_leads_home(client: FlaskClient) -> None:
    page = tree(client, "/nothing?lang=en", 404)
    assert "There is no such page" in text(page)
    assert page.xpath("//main//a[@href='/']")
