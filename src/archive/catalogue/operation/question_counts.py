"""How often which question was asked on which day: nothing is kept of who asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from archive.catalogue.tables.journal import QuestionCountRow

KEPT_DAYS = 90
DAYS_MIN = 3
"""A question is told only once it was asked on so many days: what one visitor asks once stays unseen."""

QUESTIONS_A_DAY_MAX = 5_000
"""A day has no more different questions: a robot must not fill the catalogue."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it is compared (small letters), how often it was asked, and on how many days."""

    text: str
    count: int
    days: int
    last_day: date


def today() -> date:
    """Return the day that questions are counted for, the same whatever the machine's time zone."""
    return datetime.now(UTC).date()


def add(session: Session, day: date, asked: Mapping[str, tuple[int, bool]]) -> int:
    """Count questions of a day, each with how often it was asked and whether it found something.

    Counts that are older than 90 days are removed meanwhile. Returns how many questions were counted.
    """
    session.execute(delete(QuestionCountRow).where(QuestionCountRow.day <= day - timedelta(days=KEPT_DAYS)))
    of_day = select(func.count()).select_from(QuestionCountRow).where(QuestionCountRow.day == day)
    room = QUESTIONS_A_DAY_MAX - (session.scalar(of_day) or 0)
    counted = 0
    for text, (count, has_hits) in asked.items():
        row = session.get(QuestionCountRow, (day, text))
        if row is None:
            if room <= 0:
                continue
            room -= 1
            row = QuestionCountRow(day=day, question=text, count=0, has_hits=has_hits)
            session.add(row)
        row.count += count
        row.has_hits = has_hits
        counted += 1
    return counted


def most_asked(session: Session, day: date, limit: int) -> list[AskedQuestion]:
    """Return the questions asked most often, of those asked on three days or more."""
    return _told(session, day, limit, only_without_hits=False)


def without_hits(session: Session, day: date, limit: int) -> list[AskedQuestion]:
    """Return the questions asked most often of those that found nothing when they were last asked."""
    return _told(session, day, limit, only_without_hits=True)


def _told(session: Session, day: date, limit: int, only_without_hits: bool) -> list[AskedQuestion]:
    times, days, last = func.sum(QuestionCountRow.count), func.count(), func.max(QuestionCountRow.day)
    # With max(), SQLite would take the other columns from that row, too; other databases would not.
    last_hit = func.max(QuestionCountRow.day).filter(QuestionCountRow.has_hits.is_(True))
    statement = (
        select(QuestionCountRow.question, times, days, last)
        .where(QuestionCountRow.day > day - timedelta(days=KEPT_DAYS))
        .group_by(QuestionCountRow.question)
        .having(days >= DAYS_MIN)
        .order_by(times.desc(), QuestionCountRow.question)
        .limit(limit)
    )
    if only_without_hits:
        statement = statement.having((last_hit.is_(None)) | (last_hit < last))
    return [
        AskedQuestion(text, int(count), found, at) for text, count, found, at in session.execute(statement)
    ]
