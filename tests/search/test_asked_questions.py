"""Questions are counted for staff, by what the public finds, and nothing of who asks."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from archive.app import Archive
from archive.index.schema import Facet
from archive.model.visibility import Visibility
from archive.search.asked_questions import AskedQuestions, counted_text
from archive.search.question import Question
from tests.filled_archive import add, opened

DAY = date(2026, 5, 10)


def _rows(archive: Archive) -> dict[str, tuple[int, bool]]:
    with archive.database.read() as session:
        rows = session.execute(text("SELECT question, count, has_hits FROM question_count"))
        return {question: (count, bool(has_hits)) for question, count, has_hits in rows}


def _asked(archive: Archive) -> AskedQuestions:
    return AskedQuestions(archive.database, archive.search, lambda: DAY)


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        (Question("  Gruvor \t i  FALUN "), "gruvor i falun"),
        (Question(""), ""),
        (Question("gruvor", page=2), ""),
        (Question("gruvor", {Facet.YEAR: ("2021",)}), ""),
        (Question("anna@example.org"), ""),
        (Question("19811218-9876"), ""),
        (Question("811218 9876"), ""),
        (Question("070-123 45 67"), ""),
        (Question("strategi 2030"), "strategi 2030"),
        (Question("x" * 81), ""),
    ],
)
def test_what_is_counted_of_a_question(question: Question, counted: str) -> None:
    assert counted_text(question) == counted


def test_questions_are_written_together_and_only_once(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        asked = _asked(archive)
        for _ in range(3):
            asked.note(Question("gruvor"), Visibility.PUBLIC, True)
        asked.note(Question("Saknas"), Visibility.PUBLIC, False)
        assert _rows(archive) == {}  # no page of results waits for the catalogue
        assert asked.flush() == 2
        assert asked.flush() == 0
        assert _rows(archive) == {"gruvor": (3, True), "saknas": (1, False)}


def test_staff_are_not_counted_and_members_by_what_the_public_finds(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        add(archive, "ett", "hemligheten", visibility=Visibility.MEMBERS)
        add(archive, "två", "öppenheten")
        archive.indexer.catch_up()
        asked = _asked(archive)
        asked.note(Question("personalens"), Visibility.STAFF, True)
        asked.note(Question("hemligheten"), Visibility.MEMBERS, True)
        asked.note(Question("öppenheten"), Visibility.MEMBERS, True)
        asked.flush()
        assert _rows(archive) == {"hemligheten": (1, False), "öppenheten": (1, True)}


def test_what_cannot_be_written_waits_on_and_is_logged_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(tmp_path) as archive:
        asked = _asked(archive)
        asked.note(Question("gruvor"), Visibility.PUBLIC, True)
        with archive.database.write() as session:
            session.execute(text("ALTER TABLE question_count RENAME TO away"))
        assert [asked.flush() for _ in range(3)] == [0, 0, 0]
        assert [record.levelname for record in caplog.records] == ["WARNING"]
        assert "gruvor" not in caplog.text
        asked.note(Question("gruvor"), Visibility.PUBLIC, True)
        with archive.database.write() as session:
            session.execute(text("ALTER TABLE away RENAME TO question_count"))
        assert asked.flush() == 1
        assert _rows(archive) == {"gruvor": (2, True)}
