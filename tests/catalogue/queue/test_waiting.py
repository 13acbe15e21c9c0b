"""The queue has what is a draft or lacks something, until that is mended."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import documents
from archive.catalogue.events.new_event import NewSpeaker
from archive.catalogue.publishing import drafts
from archive.catalogue.publishing.facts import DocumentFacts, known_facts, save_facts
from archive.catalogue.queue import waiting
from archive.model.documents import DocumentKind
from archive.model.extraction import Outcome
from archive.model.review_queue import Missing
from archive.model.visibility import Visibility
from tests.catalogue.conftest import put, read

NOW = datetime.now(UTC)
SCHEME = 1
WHOLE = DocumentFacts(
    "Gruvor",
    "2022-05-04",
    "sv",
    region_codes=("SE31",),
    speakers=(NewSpeaker("Eva Ek"),),
    kind=DocumentKind.DECK,
)
LACKING = {
    Missing.SPEAKER: {"speakers": ()},
    Missing.DATE: {"date": ""},
    Missing.REGION: {"region_codes": ()},
}


def save(session: Session, document: str, facts: DocumentFacts, is_published: bool = True) -> None:
    save_facts(session, document, facts, known_facts(session, document).mark, is_published, "anna")


def lacks(session: Session, document: str) -> tuple[Missing, ...]:
    found = waiting.entry(session, document, NOW)
    return found.missing if found else ()


def deck(session: Session, data: str = "ett", category: Outcome = Outcome.OK) -> str:
    """Return a draft that was read and has all its facts."""
    document = put(session, data, f"upload:{data}", draft=True)
    read(session, documents.versions(session, document)[0].id, "Titel", category=category)
    save(session, document, WHOLE, is_published=False)
    return document


def test_draft_waits_until_it_is_published(session: Session) -> None:
    document = deck(session)
    assert lacks(session, document) == (Missing.DRAFT,)
    drafts.publish(session, document, Visibility.PUBLIC, "anna")
    assert lacks(session, document) == ()
    drafts.unpublish(session, document, "anna")
    assert lacks(session, document) == (Missing.DRAFT,)
    documents.withdraw(session, document, "anna")
    assert lacks(session, document) == ()


@pytest.mark.parametrize("missing", LACKING)
def test_published_document_waits_until_what_it_lacks_is_given(session: Session, missing: Missing) -> None:
    document = deck(session)
    save(session, document, replace(WHOLE, **LACKING[missing]))  # type: ignore[arg-type] # fields of it
    assert lacks(session, document) == (missing,)
    save(session, document, WHOLE)
    assert lacks(session, document) == ()


@pytest.mark.parametrize("category", [one for one in Outcome if one is not Outcome.OK])
def test_file_that_was_not_read_whole_waits_until_it_is(session: Session, category: Outcome) -> None:
    document = deck(session, category=category)
    drafts.publish(session, document, Visibility.PUBLIC, "anna")
    assert lacks(session, document) == (Missing.READING,)
    read(session, documents.versions(session, document)[0].id, "Titel")
    assert lacks(session, document) == ()


def test_report_needs_its_organisation_or_a_speaker(session: Session) -> None:
    document = deck(session)
    report = replace(WHOLE, kind=DocumentKind.REPORT, speakers=())
    save(session, document, report)
    assert lacks(session, document) == (Missing.SPEAKER,)
    save(session, document, replace(report, organisation="Föreningen"))
    assert lacks(session, document) == ()


def test_oldest_come_first_filtered_with_counts(session: Session) -> None:
    first, second, third = (deck(session, name) for name in ("ett", "två", "tre"))
    save(session, second, replace(WHOLE, date=""))
    found = waiting.entries(session, NOW)
    assert [one.document_id for one in found] == [first, second, third]
    assert [one.document_id for one in waiting.entries(session, NOW, Missing.DRAFT)] == [first, third]
    assert [one.document_id for one in waiting.entries(session, NOW, limit=1)] == [first]
    place = waiting.place_of(session, first)
    assert [one.document_id for one in waiting.entries(session, NOW, after=place)] == [second, third]
    counts = waiting.counts(session, SCHEME)
    assert (counts.total, counts.unseen) == (3, 3)
    assert counts.by_missing == dict.fromkeys(Missing, 0) | {Missing.DRAFT: 2, Missing.DATE: 1}
    save(session, second, WHOLE)
    assert waiting.counts(session, SCHEME).total == 2


def test_empty_archive_counts_nothing(session: Session) -> None:
    counts = waiting.counts(session, SCHEME)
    assert (counts.total, counts.unseen, set(counts.by_missing.values())) == (0, 0, {0})
    assert waiting.entries(session, NOW) == []
    assert waiting.place_of(session, "nothing") is None
