"""Questions are counted by day, told after three days, and forgotten after ninety."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue.operation import question_counts
from archive.catalogue.operation.question_counts import add, most_asked, without_hits
from archive.catalogue.tables.journal import QuestionCountRow

DAY = date(2026, 5, 10)


def _ask(session: Session, text: str, days: int, count: int = 1, has_hits: bool = True) -> None:
    for before in range(days):
        add(session, DAY - timedelta(days=before), {text: (count, has_hits)})


def test_question_is_told_once_three_days_have_asked_it(session: Session) -> None:
    _ask(session, "vindkraft", 2, count=50)
    _ask(session, "gruvor", 3, count=2)
    (told,) = most_asked(session, DAY, 10)
    assert (told.text, told.count, told.days, told.last_day) == ("gruvor", 6, 3, DAY)


def test_most_asked_first_and_no_more_than_asked_for(session: Session) -> None:
    for text, count in (("a", 1), ("b", 3), ("c", 2)):
        _ask(session, text, 3, count)
    assert [one.text for one in most_asked(session, DAY, 2)] == ["b", "c"]


def test_without_hits_are_those_that_found_nothing_when_last_asked(session: Session) -> None:
    _ask(session, "saknas", 3, has_hits=False)
    _ask(session, "finns", 3)
    _ask(session, "kom till", 3, has_hits=False)
    add(session, DAY, {"kom till": (1, True)})
    _ask(session, "försvann", 3)
    add(session, DAY + timedelta(days=1), {"försvann": (1, False)})
    assert {one.text for one in without_hits(session, DAY, 10)} == {"saknas", "försvann"}


def test_counts_of_a_day_are_added_up(session: Session) -> None:
    add(session, DAY, {"gruvor": (2, True)})
    add(session, DAY, {"gruvor": (3, True)})
    assert session.scalar(select(QuestionCountRow.count)) == 5


def test_counts_are_forgotten_after_ninety_days(session: Session) -> None:
    add(session, DAY - timedelta(days=90), {"gammal": (1, True)})
    add(session, DAY - timedelta(days=89), {"kvar": (1, True)})
    add(session, DAY, {"ny": (1, True)})
    assert set(session.scalars(select(QuestionCountRow.question))) == {"kvar", "ny"}


def test_flood_of_questions_does_not_fill_the_catalogue(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question_counts, "QUESTIONS_A_DAY_MAX", 3)
    add(session, DAY, {"känd": (1, True)})
    assert add(session, DAY, {str(number): (1, False) for number in range(10)}) == 2
    assert add(session, DAY, {"känd": (1, True), "okänd": (1, True)}) == 1
    assert session.scalar(select(func.count()).select_from(QuestionCountRow)) == 3
