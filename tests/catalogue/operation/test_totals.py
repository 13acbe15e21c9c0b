"""Counts that are kept are those of the catalogue, whatever was done meanwhile."""

import itertools
import random
from collections.abc import Callable, Collection

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import documents, pages
from archive.catalogue.accept import accept
from archive.catalogue.operation import failed
from archive.catalogue.operation.remedies import STOPPED
from archive.catalogue.operation.totals import FailedCounts
from archive.catalogue.outcomes import NOT_WHOLE
from archive.model.extraction import Extraction, Outcome
from tests.catalogue.conftest import new_file, read
from tests.catalogue.operation.planted import end

_Failures = dict[str, tuple[Outcome, bool]]


class Asked:
    """Reads failures, and remembers of how many documents it was asked."""

    def __init__(self) -> None:
        self.of: list[int | None] = []

    def __call__(self, session: Session, document_ids: Collection[str] | None) -> _Failures:
        self.of.append(None if document_ids is None else len(document_ids))
        return failed.failures(session, document_ids)


def _end_again(session: Session, document_id: str, category: Outcome, message: str) -> None:
    version_id = documents.document(session, document_id).version.id
    pages.save_extraction(session, version_id, Extraction(category, message=message), "", "application/pdf")


def _replace(session: Session, name: str) -> None:
    read(session, accept(session, new_file("mendad", name), "test").newest.id, "Titel")


@pytest.mark.parametrize("seed", range(5))
def test_counts_are_those_of_the_catalogue_after_any_history(session: Session, seed: int) -> None:
    chance = random.Random(seed)
    given: dict[str, str] = {}
    names = (f"/in/{number}.pdf" for number in itertools.count())
    counts = FailedCounts()

    def add() -> None:
        name = next(names)
        given[end(session, name, chance.choice(tuple(Outcome)), chance.choice(("", STOPPED)))] = name

    def change(work: Callable[[str], object]) -> None:
        if given:
            work(chance.choice(list(given)))

    def withdraw(document_id: str) -> None:
        documents.withdraw(session, document_id, "test")
        del given[document_id]

    for _ in range(40):
        what = chance.randrange(6)
        if what < 3:
            add()
        elif what == 3:
            change(lambda one: _end_again(session, one, chance.choice(NOT_WHOLE), STOPPED))
        elif what == 4:
            change(withdraw)
        else:
            change(lambda one: _replace(session, given[one]))
        session.flush()
        known = failed.summary(session, 2, counts.counts(session))
        assert known == failed.summary(session, 2)


def test_only_what_was_changed_is_read_again(session: Session) -> None:
    asked = Asked()
    counts = FailedCounts(asked)
    first, *_ = [end(session, f"/in/{number}.pdf", Outcome.CRASH, STOPPED) for number in range(30)]
    assert counts.counts(session) == {Outcome.CRASH: (30, 30)}
    counts.counts(session)
    _end_again(session, first, Outcome.TIMEOUT, "")
    session.flush()
    assert counts.counts(session) == {Outcome.CRASH: (29, 29), Outcome.TIMEOUT: (1, 0)}
    assert asked.of == [None, 1]


def test_after_many_changes_all_are_counted_anew(session: Session) -> None:
    asked = Asked()
    counts = FailedCounts(asked, changed_max=3)
    counts.counts(session)
    for number in range(5):
        end(session, f"/in/{number}.pdf", Outcome.DAMAGED)
    assert counts.counts(session) == {Outcome.DAMAGED: (5, 0)}
    assert asked.of == [None, None]
