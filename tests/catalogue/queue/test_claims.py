"""Two of the staff never get the same document, and what nobody touches is free again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import documents
from archive.catalogue.database.database import Database
from archive.catalogue.queue import claims, waiting
from archive.catalogue.queue.taking import take_next
from archive.errors import ChangedMeanwhile, Gone, NotFound
from archive.model.review_queue import Missing
from tests.catalogue.conftest import put

NOW = datetime.now(UTC)
LATER = NOW + claims.HELD + timedelta(seconds=1)


def _three(session: Session) -> list[str]:
    return [put(session, name, f"upload:{name}", draft=True) for name in ("ett", "två", "tre")]


def test_each_of_many_takes_another_document(database: Database) -> None:
    with database.write() as session:
        made = [put(session, str(number), f"upload:{number}", draft=True) for number in range(12)]

    def work(login: str) -> list[str]:
        taken: list[str] = []
        for _ in range(4):
            with database.write() as session:
                entry = take_next(session, login, datetime.now(UTC), after=taken[-1] if taken else "")
                if entry is not None and entry.document_id not in taken:
                    taken.append(entry.document_id)
        return taken

    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(work, ("anna", "bo", "cia", "dan")))
    everything = [one for of_one in taken for one in of_one]
    assert len(everything) == len(set(everything)) == len(made)


def test_taken_is_refused_to_others_until_it_is_given_back(session: Session) -> None:
    first, *_ = _three(session)
    claims.take(session, first, "anna", NOW)
    with pytest.raises(ChangedMeanwhile):
        claims.take(session, first, "bo", NOW)
    assert not claims.give_back(session, first, "bo")
    entry = waiting.entry(session, first, NOW)
    assert entry is not None
    assert entry.taken_by == "anna"
    assert claims.give_back(session, first, "anna")
    claims.take(session, first, "bo", NOW)
    assert claims.taken_by(session, "bo", NOW) == [first]


def test_untouched_for_two_hours_is_free_and_touched_is_not(session: Session) -> None:
    first, second, _ = _three(session)
    claims.take(session, first, "anna", NOW)
    claims.take(session, second, "anna", NOW)
    claims.take(session, second, "anna", NOW + timedelta(hours=1))
    assert claims.taken_by(session, "anna", LATER) == [second]
    entry = take_next(session, "bo", LATER)
    assert entry is not None
    assert entry.document_id == first
    assert claims.taken_by(session, "bo", LATER) == [first]


def test_next_keeps_filter_and_place_and_begins_anew_after_the_last(session: Session) -> None:
    first, second, third = _three(session)
    claims.take(session, second, "bo", NOW)
    order = []
    place = ""
    for _ in range(3):
        entry = take_next(session, "anna", NOW, Missing.DRAFT, place)
        assert entry is not None
        place = entry.document_id
        order.append(place)
        claims.give_back(session, place, "anna")
    assert order == [first, third, first]
    assert take_next(session, "anna", NOW, Missing.DUPLICATE) is None


def test_what_is_not_there_cannot_be_taken(session: Session) -> None:
    first, *_ = _three(session)
    claims.take(session, first, "anna", NOW)
    documents.withdraw(session, first, "kim")
    assert claims.taken_by(session, "anna", NOW) == []
    for identifier, error in ((first, Gone), ("nothing", NotFound)):
        with pytest.raises(error):
            claims.take(session, identifier, "bo", NOW)
