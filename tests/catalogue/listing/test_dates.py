"""When documents last came in, for sitemaps and feeds: as readers see it."""

from datetime import date, datetime
from pathlib import Path

from archive.app import Archive
from archive.catalogue import documents, pages
from archive.catalogue.accept import NewDocument, accept
from archive.catalogue.events.new_event import NewEvent, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.catalogue.listing.dates import documents_given, events_given
from archive.model.documents import DocumentKind, Original
from archive.model.extraction import Extraction, Outcome
from tests.filled_archive import PPTX, numbered, opened


def test_a_newer_version_counts_when_readers_see_it(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        with archive.database.write() as session:
            talks = (NewTalk("Gruvan", 1),)
            made = save_event(session, NewEvent("Höst", starts_on=date(2021, 11, 24), talks=talks), "test")
        first = _accepted(archive, b"first", made.talk_ids[0])
        _read(archive, first[1])
        document_id, newer = _accepted(archive, b"newer", made.talk_ids[0])
        with archive.database.read() as session:
            second_at, first_at = (one.created_at for one in documents.versions(session, document_id))
        assert first_at < second_at
        assert _given(archive, document_id, made.event_id) == (first_at, first_at)
        _read(archive, newer)
        assert _given(archive, document_id, made.event_id) == (second_at, second_at)


def _accepted(archive: Archive, data: bytes, talk_id: str) -> tuple[str, str]:
    """Take in a version that is not read yet; return the identifiers of document and version."""
    stored = archive.originals.put_bytes(data)
    original = Original(stored.sha256, stored.size_bytes, PPTX)
    new = NewDocument(DocumentKind.DECK, "Gruvan", "test:gruvan", "gruvan.pptx", original, talk_id=talk_id)
    with archive.database.write() as session:
        accepted = accept(session, new, "test")
    return accepted.document.id, accepted.newest.id


def _read(archive: Archive, version_id: str) -> None:
    with archive.database.write() as session:
        extraction = Extraction(Outcome.OK, numbered(["Gruvan"]), "test")
        pages.save_extraction(session, version_id, extraction, "sv", PPTX)


def _given(archive: Archive, document_id: str, event_id: str) -> tuple[datetime, datetime]:
    with archive.database.read() as session:
        return documents_given(session, 0)[document_id], events_given(session, [event_id], 0)[event_id]
