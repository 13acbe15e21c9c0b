"""Who holds which job: a process that is gone gives up its leases; pictures wait until a file is read."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import changes, documents, jobs
from archive.catalogue.accept import Acceptance, accept
from archive.errors import Gone
from archive.model.documents import DocumentKind
from archive.model.jobs import Job, JobKind
from tests.catalogue.conftest import new_file, put, read, save_event

_NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
_ALL = tuple(JobKind)


def _lease(session: Session, owner: str, kinds: tuple[JobKind, ...] = _ALL) -> Job | None:
    return jobs.lease(session, owner, kinds, _NOW, lease_s=60, attempts_max=2)


def _held(session: Session, owner: str, kinds: tuple[JobKind, ...] = _ALL) -> Job:
    job = _lease(session, owner, kinds)
    assert job is not None
    return job


def test_owners_of_leases_are_told_each_once(session: Session) -> None:
    for name in ("ett", "två", "tre"):
        put(session, name, f"/in/{name}")
    assert jobs.owners(session) == ()
    for owner in ("b/0", "a/1", "b/0"):
        _held(session, owner)
    assert jobs.owners(session) == ("a/1", "b/0")


def test_gone_process_frees_the_leases_of_all_its_threads_only(session: Session) -> None:
    for number in range(4):
        put(session, str(number), f"/in/{number}")
    for owner in ("host-1/0", "host-1/1", "host-12/0", "host-1"):
        _held(session, owner)
    assert jobs.release_owner(session, "host-1") == 3
    assert jobs.owners(session) == ("host-12/0",)


@pytest.mark.parametrize("process", ["host%", "h_st-1", ""])
def test_signs_in_an_owner_are_taken_as_they_stand(session: Session, process: str) -> None:
    put(session)
    _held(session, "host-1/0")
    jobs.release_owner(session, process)
    assert jobs.owners(session) == ("host-1/0",)


def test_freed_job_can_be_leased_at_once_and_its_attempt_stays_counted(session: Session) -> None:
    put(session)
    first = _held(session, "a/0", (JobKind.EXTRACT,))
    jobs.release_owner(session, "a")
    again = _held(session, "b/0", (JobKind.EXTRACT,))
    assert (again.id, again.attempts) == (first.id, 2)
    assert not jobs.finish(session, first)
    jobs.release_owner(session, "b")
    assert _lease(session, "c/0", (JobKind.EXTRACT,)) is None
    assert [job.id for job in jobs.exhausted(session, 2, _NOW)] == [first.id]


def test_remaining_counts_waiting_and_leased_jobs_of_the_versions_asked_for(session: Session) -> None:
    wanted = documents.document(session, put(session, "ett", "/in/1")).version.id
    put(session, "två", "/in/2")
    assert jobs.remaining(session, [wanted]) == 2
    assert jobs.remaining(session, [wanted, wanted, "unknown"]) == 2
    job = _held(session, "a", (JobKind.EXTRACT,))
    assert job.version_id == wanted
    assert jobs.remaining(session, [wanted]) == 2
    jobs.finish(session, job)
    assert jobs.remaining(session, [wanted]) == 1
    assert jobs.remaining(session, []) == 0


def test_pictures_wait_until_their_version_has_been_read(session: Session) -> None:
    put(session)
    assert _lease(session, "a", (JobKind.RENDER,)) is None
    reading = _held(session, "a", (JobKind.EXTRACT,))
    assert _lease(session, "b", (JobKind.RENDER,)) is None
    jobs.finish(session, reading)
    assert _held(session, "b", (JobKind.RENDER,)).version_id == reading.version_id


def test_pictures_of_one_version_do_not_wait_for_another(session: Session) -> None:
    put(session, "ett", "/in/1")
    first = _held(session, "a")
    put(session, "två", "/in/2")
    jobs.finish(session, first)
    assert _held(session, "b", (JobKind.RENDER,)).version_id == first.version_id


def test_kind_is_taken_from_the_pages_where_no_talk_or_event_gave_it(session: Session) -> None:
    document_id = put(session, source="/in/a.pdf", kind=DocumentKind.REPORT)
    documents.set_kind(session, document_id, DocumentKind.DECK)
    assert documents.document(session, document_id).kind is DocumentKind.DECK


def test_kind_that_a_talk_or_an_event_gave_stays(session: Session) -> None:
    saved = save_event(session)
    of_talk = put(session, "ett", "/in/1", talk_id=saved.talk_ids[0])
    of_event = put(session, "två", "/in/2", event_id=saved.event_id, kind=DocumentKind.REPORT)
    documents.set_kind(session, of_talk, DocumentKind.REPORT)
    documents.set_kind(session, of_event, DocumentKind.DECK)
    assert documents.document(session, of_talk).kind is DocumentKind.DECK
    assert documents.document(session, of_event).kind is DocumentKind.REPORT


def test_kind_of_what_is_not_there_or_withdrawn_is_no_error(session: Session) -> None:
    documents.set_kind(session, "unknown", DocumentKind.DECK)
    document_id = put(session)
    documents.withdraw(session, document_id, "kim")
    seq = changes.last_seq(session)
    documents.set_kind(session, document_id, DocumentKind.REPORT)
    assert changes.last_seq(session) == seq
    with pytest.raises(Gone):
        documents.document(session, document_id)


def test_newest_version_is_told_even_while_an_older_one_is_shown(session: Session) -> None:
    first = accept(session, new_file("ett"), "kim")
    read(session, first.newest.id, "Sida")
    second = accept(session, new_file("två"), "kim")
    assert second.outcome is Acceptance.NEW_VERSION
    assert second.document.version == documents.document(session, first.document.id).version
    assert second.document.version.id == first.newest.id
    assert second.newest.id != first.newest.id
    assert second.newest.original.sha256 == new_file("två").original.sha256


def test_newest_version_of_known_bytes_is_the_one_that_holds_them(session: Session) -> None:
    first = accept(session, new_file("ett", "/in/1"), "kim")
    same = accept(session, new_file("ett", "/in/1"), "kim")
    copy = accept(session, new_file("ett", "/in/2"), "kim")
    assert (same.outcome, copy.outcome) == (Acceptance.UNCHANGED, Acceptance.DUPLICATE)
    assert same.newest == copy.newest == first.newest
