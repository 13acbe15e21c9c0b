"""Questions of visitors are counted while the site is served, and shown to staff after three days."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text as sql

from archive.app import Archive, open_archive
from archive.catalogue.operation import question_counts
from archive.model.accounts import Role
from archive.settings.settings import Settings
from archive.web.factory import create_app
from archive.web.http.context import asked_questions_of
from tests.waiting import wait_until
from tests.web.page_tree import text, tree
from tests.web.people import signed_in


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(Settings(data=tmp_path / "data")) as opened:
        yield opened


@pytest.fixture
def app(archive: Archive) -> Flask:
    return create_app(archive)


def counting(app: Flask, every_s: float = 60.0) -> AbstractContextManager[None]:
    """Return the context in which `archive serve` writes what was counted."""
    asked = asked_questions_of(app)
    return asked.written_regularly(every_s) if asked else nullcontext()


def _counted(archive: Archive) -> dict[str, int]:
    with archive.database.read() as session:
        rows = session.execute(sql("SELECT question, count FROM question_count"))
        return {question: count for question, count in rows}  # noqa: C416 - dict() hides the types


def test_questions_are_counted_and_nobody_is_remembered(archive: Archive, app: Flask) -> None:
    with counting(app):
        client = app.test_client()
        for address in ("/?q=Gruvor", "/en/?q=gruvor", "/?q=gruvor&page=2", "/?q=gruvor&year=2021", "/"):
            client.get(address)
        signed_in(app.test_client(), archive, Role.STAFF).get("/?q=personalens")
    assert _counted(archive) == {"gruvor": 2}
    with archive.database.read() as session:
        columns = session.execute(sql("SELECT name FROM pragma_table_info('question_count')")).scalars()
        assert set(columns) == {"day", "question", "count", "has_hits"}


def test_questions_are_written_now_and_then(archive: Archive, app: Flask) -> None:
    with counting(app, every_s=0.01):
        app.test_client().get("/?q=gruvor")
        wait_until(lambda: _counted(archive) == {"gruvor": 1}, "the question is written")


def test_setting_counts_nothing(archive: Archive) -> None:
    web = archive.settings.web.model_copy(update={"count_questions": False})
    settings = archive.settings.model_copy(update={"web": web})
    app = create_app(replace(archive, settings=settings))
    with counting(app):
        app.test_client().get("/?q=gruvor")
    assert _counted(archive) == {}
    assert "räknar hur många gånger" not in app.test_client().get("/privacy").text
    staff = signed_in(app.test_client(), archive, Role.STAFF)
    assert "Frågor räknas inte" in staff.get("/staff/questions").text


def test_privacy_page_says_what_is_counted(app: Flask) -> None:
    client = app.test_client()
    assert "räknar hur många gånger en fråga ställs" in client.get("/privacy").text
    assert "counts how often a question is asked" in client.get("/en/privacy").text


def test_staff_see_what_is_asked_and_what_finds_nothing(archive: Archive, app: Flask) -> None:
    today = question_counts.today()
    with archive.database.write() as session:
        for before in range(3):
            day = today - timedelta(days=before)
            asked = {"saknas": (2, False), "finns": (1, True)} | ({"sällan": (9, True)} if before else {})
            question_counts.add(session, day, asked)
    staff: FlaskClient = signed_in(app.test_client(), archive, Role.STAFF)
    page = tree(staff, "/staff/questions")
    without_hits, most_asked = [
        [[text(cell) for cell in row][:3] for row in section.xpath(".//tbody/tr")]
        for section in page.xpath("//main//section")
    ]
    assert without_hits == [["saknas", "6", "3"]]
    assert most_asked == [["saknas", "6", "3"], ["finns", "3", "3"]]
