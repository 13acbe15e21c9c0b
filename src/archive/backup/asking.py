"""The sample of questions and their answers, of the very state of the catalogue that a backup has."""

import time
from dataclasses import dataclass
from typing import Final

from archive.app import Archive
from archive.backup.manifest import QuestionPart
from archive.catalogue import changes
from archive.errors import ArchiveError
from archive.search.sample_questions import answer, sample_questions

_BUDGET_S: Final = 5.0
"""How long writers wait for questions at most; an archive that nobody changes is asked without that."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions with what they got; `unasked` says why there are none, "" where that is not so."""

    questions: tuple[QuestionPart, ...] = ()
    unasked: str = ""


def settled(archive: Archive) -> int:
    """Let the index follow; return the number of the last change. Call it while nobody writes."""
    try:
        archive.indexer.catch_up()
    except ArchiveError:  # an archive without searches is worth a backup, too
        pass
    with archive.database.read() as session:
        return changes.last_seq(session)


def ask_beside(archive: Archive, last_change: int) -> Asked | None:
    """Ask while others may write; return None where one of them did, so that answers are of another state."""
    questions = []
    try:
        for text in sample_questions(archive.engine):
            questions.append(QuestionPart.of(text, answer(archive.search, text)))
            if not _is_at(archive, last_change):
                return None
        return Asked(tuple(questions)) if _is_at(archive, last_change) else None
    except ArchiveError as error:
        return Asked((), error.message)


def ask_alone(archive: Archive) -> Asked:
    """Ask as many questions as there is time for. Call it while nobody writes."""
    until_s, questions = time.monotonic() + _BUDGET_S, []
    try:
        if not _is_at(archive, settled(archive)):
            return Asked((), "The index is behind the catalogue.")
        for text in sample_questions(archive.engine):
            questions.append(QuestionPart.of(text, answer(archive.search, text)))
            if time.monotonic() > until_s:
                break
        return Asked(tuple(questions))
    except ArchiveError as error:
        return Asked((), error.message)


def _is_at(archive: Archive, last_change: int) -> bool:
    mark = archive.engine.watermark()
    with archive.database.read() as session:
        return changes.last_seq(session) == last_change == (mark.seq if mark else 0)
