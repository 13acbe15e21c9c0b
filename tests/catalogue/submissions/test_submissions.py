"""Submissions: those without files are forgotten, their files belong to them however a process ends."""

import io
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from archive.app import Archive
from archive.catalogue.publishing.drafts import drafts
from archive.catalogue.submissions import submissions
from archive.catalogue.submissions.declining import decline
from archive.catalogue.submissions.statuses import sent_by
from archive.catalogue.uploads import uploads
from archive.errors import Gone, InputError, NotFound
from archive.model.submissions import NewSubmission, SubmittedState
from archive.model.uploads import NewUpload
from archive.model.visibility import Visibility
from archive.uploads.taking import Taking
from tests.filled_archive import opened

TEXT = b"Om skogen och byn."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as archive:
        yield archive


def submitted(archive: Archive) -> str:
    with archive.database.write() as session:
        return submissions.add(session, NewSubmission("bo", "Bo", title="Skogen")).id


def sent(archive: Archive) -> str:
    """Send a file of a new submission and return its upload."""
    new = NewUpload("bo", "skog.txt", len(TEXT), is_separate=True, submission_id=submitted(archive))
    return archive.receiving.take_whole(new, io.BytesIO(TEXT)).id


def take(archive: Archive) -> list[str]:
    store = archive.receiving.store
    Taking(archive.database, archive.originals, store, archive.settings).take_all(lambda: False)
    with archive.database.read() as session:
        return [one.record.document.id for one in drafts(session)]


def test_only_what_no_file_came_of_is_forgotten_and_only_once_it_is_old(archive: Archive) -> None:
    empty, upload = submitted(archive), sent(archive)
    with archive.database.write() as session:
        submissions.forget_empty(session, timedelta(days=1))
        assert submissions.find(session, empty, "bo").given.title == "Skogen"
        submissions.forget_empty(session, timedelta(0))
        with pytest.raises(NotFound):
            submissions.find(session, empty, "bo")
        assert submissions.of_upload(session, upload) is not None


def test_a_file_taken_in_again_after_a_kill_is_the_same_document_of_the_same_sender(archive: Archive) -> None:
    upload = sent(archive)
    kept = archive.receiving.store.path(upload).read_bytes()
    (document,) = take(archive)
    with archive.database.write() as session:  # as if the row had not moved on, nor the file been removed
        uploads.take_separately(session, upload, "test")
    archive.receiving.store.append(upload, 0, io.BytesIO(kept), len(kept))
    assert take(archive) == [document]
    with archive.database.read() as session:
        assert submissions.of_documents(session, [document])[document].given.sender == "Bo"


def test_declining_that_ends_in_the_middle_has_not_happened(archive: Archive) -> None:
    sent(archive)
    (document,) = take(archive)
    with suppress(RuntimeError), archive.database.write() as session:
        decline(session, document, "Nej.", "anna")
        raise RuntimeError
    with archive.database.read() as session:
        ((one,),) = [status.files for status in sent_by(session, "bo", Visibility.MEMBERS, 9)]
    assert one.state is SubmittedState.RECEIVED


def test_what_is_declined_twice_is_gone_and_without_a_reason_nothing_is(archive: Archive) -> None:
    sent(archive)
    (document,) = take(archive)
    with archive.database.write() as session:
        with pytest.raises(InputError):
            decline(session, document, " ", "anna")
        decline(session, document, "Bilderna  finns.", "anna")
        with pytest.raises(Gone):
            decline(session, document, "Igen.", "anna")
        ((one,),) = [status.files for status in sent_by(session, "bo", Visibility.MEMBERS, 9)]
    assert (one.state, one.message) == (SubmittedState.DECLINED, "Bilderna finns.")


def test_what_was_sent_in_is_not_removed_from_its_senders_list(archive: Archive) -> None:
    upload = sent(archive)
    with archive.database.write() as session, pytest.raises(InputError):
        uploads.remove(session, upload, "anna")
