"""What could not be read is listed, and asked for again."""

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import audit, documents, jobs, pages
from archive.catalogue.accept import accept
from archive.catalogue.outcomes import (
    note_refusal,
    outcomes,
    refusals,
    retry,
    retry_all_where_failed,
    settle_refusals,
)
from archive.errors import Gone, NotFound
from archive.model.extraction import Extraction, Outcome
from archive.model.jobs import JobKind
from tests.catalogue.conftest import new_file, put, read


def _end(session: Session, source: str, category: Outcome, message: str = "") -> str:
    document_id = put(session, source, source)
    version_id = documents.document(session, document_id).version.id
    extraction = Extraction(category, message=message)
    pages.save_extraction(session, version_id, extraction, "", "application/pdf")
    jobs.drop(session, [version_id])
    return document_id


def test_outcomes_are_listed_by_category_and_name(session: Session) -> None:
    locked = _end(session, "/in/b.pdf", Outcome.PASSWORD, "It is locked.")
    _end(session, "/in/c.pdf", Outcome.OK)
    damaged = _end(session, "/in/d.pdf", Outcome.DAMAGED)
    other = _end(session, "/in/a.pdf", Outcome.PASSWORD)
    assert [one.document_id for one in outcomes(session)] == [damaged, other, locked]
    (found,) = [one for one in outcomes(session, [Outcome.PASSWORD]) if one.document_id == locked]
    assert (found.filename, found.category, found.message) == ("b.pdf", Outcome.PASSWORD, "It is locked.")


def test_withdrawn_and_waiting_documents_are_not_listed(session: Session) -> None:
    document_id = _end(session, "/in/a.pdf", Outcome.DAMAGED)
    put(session, "väntar", "/in/väntar.pdf")
    documents.withdraw(session, document_id, "test")
    assert outcomes(session, tuple(Outcome)) == []


def test_newest_version_counts(session: Session) -> None:
    _end(session, "/in/a.pdf", Outcome.DAMAGED)
    accepted = accept(session, new_file("mendad", "/in/a.pdf"), "test")
    read(session, accepted.newest.id, "Titel")
    assert outcomes(session) == []


def test_asked_again_a_document_is_read_and_drawn_anew(session: Session) -> None:
    document_id = _end(session, "/in/a.pdf", Outcome.TIMEOUT)
    (asked,) = retry(session, [document_id], "kim")
    assert (asked.document_id, asked.filename) == (document_id, "a.pdf")
    assert jobs.pending(session) == {JobKind.EXTRACT: 1, JobKind.RENDER: 1, JobKind.OCR: 0}
    version = documents.document(session, document_id).version
    assert (version.category, version.pictures_done) == (Outcome.TIMEOUT, False)


def test_only_what_may_pass_is_asked_for_of_many_at_once(session: Session) -> None:
    late = _end(session, "/in/a.pdf", Outcome.TIMEOUT)
    locked = _end(session, "/in/b.pdf", Outcome.PASSWORD)
    whole = _end(session, "/in/c.pdf", Outcome.OK)
    new = put(session, "ny", "/in/ny.pdf")
    before = jobs.pending(session)
    assert before == {JobKind.EXTRACT: 1, JobKind.RENDER: 1, JobKind.OCR: 0}
    assert retry_all_where_failed(session, [late, locked, whole, new]) == 3
    assert jobs.pending(session) == {JobKind.EXTRACT: 2, JobKind.RENDER: 3, JobKind.OCR: 0}
    assert retry_all_where_failed(session, [late, locked, whole, new]) == 0


def test_what_is_not_there_cannot_be_asked_for(session: Session) -> None:
    with pytest.raises(NotFound):
        retry(session, ["finnsinte"], "kim")
    document_id = _end(session, "/in/a.pdf", Outcome.DAMAGED)
    documents.withdraw(session, document_id, "test")
    with pytest.raises(Gone):
        retry(session, [document_id], "kim")


def test_refused_file_is_remembered_until_it_is_taken_in(session: Session) -> None:
    for _ in range(2):
        note_refusal(session, "/in/a.xyz", "unsupported_type", "Another type.", "kim")
    note_refusal(session, "/in/b.zip/x.exe", "unsupported_type", "Another type.", "kim")
    note_refusal(session, "/in/b.zipper", "damaged", "It is damaged.", "kim")
    assert [one.file for one in refusals(session)] == ["/in/a.xyz", "/in/b.zip/x.exe", "/in/b.zipper"]
    assert [one.file for one in refusals(session, "/in/b.zip")] == ["/in/b.zip/x.exe"]
    noted = [one.subject for one in audit.latest(session, 10) if one.action == "file.refuse"]
    assert noted.count("/in/a.xyz") == 1  # told once more, it is the same refusal
    settle_refusals(session, ["/in/a.xyz"], "kim")
    assert [one.file for one in refusals(session)] == ["/in/b.zip/x.exe", "/in/b.zipper"]
    note_refusal(session, "/in/a.xyz", "unsupported_type", "Another type.", "kim")
    (again,) = refusals(session, "/in/a.xyz")
    assert (again.file, again.code, again.message) == ("/in/a.xyz", "unsupported_type", "Another type.")
