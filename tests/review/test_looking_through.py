"""Personal data and likely duplicates are found once, kept, and gone from the queue when they are mended."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from archive.catalogue import documents, hidden_pages, pages
from archive.catalogue.database.database import Database
from archive.catalogue.publishing import drafts
from archive.catalogue.queue import waiting
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import Block, BlockField, Page, Paragraph
from archive.model.review_queue import Missing
from archive.model.visibility import Visibility
from archive.review.looking_through import SCHEME, look_through
from tests.catalogue.conftest import database, put
from tests.review.test_near_duplicates import deck

__all__ = ["database"]


def _with(*texts: str, notes: str = "") -> tuple[Page, ...]:
    blocks = [(Block(BlockField.BODY, (Paragraph(text),)),) for text in texts]
    said = (Block(BlockField.NOTES, (Paragraph(notes),)),) if notes else ()
    return tuple(Page(number, (*one, *said), language="sv") for number, one in enumerate(blocks, 1))


def _add(database: Database, name: str, slides: tuple[Page, ...], draft: bool = True) -> str:
    with database.write() as session:
        document = put(session, name, f"upload:{name}", draft=draft)
        _read(session, document, slides)
    return document


def _read(session: Session, document: str, slides: tuple[Page, ...]) -> None:
    version = documents.versions(session, document)[0].id
    pages.save_extraction(session, version, Extraction(Outcome.OK, slides, "test"), "sv", "")


def _lacks(database: Database, document: str) -> set[Missing]:
    with database.read() as session:
        found = waiting.entry(session, document, datetime.now(UTC))
    return set(found.missing) & {Missing.PERSONAL_DATA, Missing.DUPLICATE} if found else set()


def test_identity_number_waits_until_its_slide_is_hidden(database: Database) -> None:
    document = _add(database, "ett", _with("Allt väl", "Personnummer 811228-9874"), draft=False)
    assert _lacks(database, document) == set()
    assert look_through(database, 5) == 1
    assert look_through(database, 5) == 0
    assert _lacks(database, document) == {Missing.PERSONAL_DATA}
    with database.write() as session:
        hidden_pages.set_hidden(session, document, 2, True, "anna")
    assert _lacks(database, document) == set()
    with database.write() as session:
        hidden_pages.set_hidden(session, document, 2, False, "anna")
    assert _lacks(database, document) == {Missing.PERSONAL_DATA}


def test_contact_details_wait_until_it_is_published(database: Database) -> None:
    document = _add(database, "ett", _with("Ring 070-123 45 67"))
    look_through(database, 5)
    assert _lacks(database, document) == {Missing.PERSONAL_DATA}
    with database.write() as session:
        drafts.publish(session, document, Visibility.PUBLIC, "anna")
    assert _lacks(database, document) == set()


def test_what_only_staff_read_is_no_finding(database: Database) -> None:
    document = _add(database, "ett", _with("Allt väl", notes="Personnummer 811228-9874"))
    look_through(database, 5)
    assert _lacks(database, document) == set()


def test_new_reading_is_looked_through_again(database: Database) -> None:
    document = _add(database, "ett", _with("Personnummer 811228-9874"))
    look_through(database, 5)
    with database.write() as session:
        _read(session, document, _with("Allt väl"))
    with database.read() as session:
        assert waiting.counts(session, SCHEME).unseen == 1
    assert look_through(database, 5) == 1
    assert _lacks(database, document) == set()


def test_newer_of_two_alike_waits_until_they_are_told_apart(database: Database) -> None:
    older, newer = (_add(database, name, deck(1)) for name in ("ett", "två"))
    other = _add(database, "tre", deck(2))
    assert look_through(database, 2) == 2
    assert look_through(database, 5) == 1
    assert [_lacks(database, one) for one in (older, newer, other)] == [set(), {Missing.DUPLICATE}, set()]
    with database.read() as session:
        found = waiting.duplicates_of(session, [older, newer])
    assert {one: [other for other, _ in others] for one, others in found.items()} == {newer: [older]}
    with database.write() as session:
        drafts.keep_apart(session, newer, older, "anna")
    assert _lacks(database, newer) == set()


def test_duplicate_of_what_was_withdrawn_is_none(database: Database) -> None:
    older, newer = (_add(database, name, deck(1)) for name in ("ett", "två"))
    look_through(database, 5)
    with database.write() as session:
        documents.withdraw(session, older, "anna")
    assert _lacks(database, newer) == set()
