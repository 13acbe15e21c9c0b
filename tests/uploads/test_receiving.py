import io
import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from archive.accounts.throttle import UPLOAD_STARTS
from archive.app import Archive, open_archive
from archive.catalogue.accounts import sign_in_states
from archive.catalogue.uploads import uploads
from archive.errors import NotFound, StorageError, TooLarge, TooMany
from archive.model.uploads import NewUpload, Upload, UploadState
from archive.settings.settings import Settings
from archive.uploads.receiving import UNNAMED, given_filename, given_folder

DAY_S = 24 * 3600


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(Settings(data=tmp_path / "data")) as opened:
        yield opened


def begin(archive: Archive, size_bytes: int = 6) -> Upload:
    return archive.receiving.begin(NewUpload("anna", "bild.pptx", size_bytes))


def state(archive: Archive, upload: Upload) -> Upload:
    with archive.database.read() as session:
        return uploads.find(session, upload.id)


def send(archive: Archive, upload: Upload, content: bytes, offset: int = 0) -> int:
    return archive.receiving.take_piece(upload.id, "anna", offset, io.BytesIO(content), len(content))


def test_whole_file_that_a_killed_process_did_not_note_is_received(archive: Archive) -> None:
    upload = begin(archive)
    archive.receiving.store.append(upload.id, 0, io.BytesIO(b"abcdef"), 6)  # and then it was killed
    archive.receiving.tidy()
    assert state(archive, upload).state is UploadState.RECEIVED


def test_bytes_that_are_nobodys_are_removed_and_others_stay(archive: Archive) -> None:
    upload = begin(archive)
    send(archive, upload, b"abc")
    store = archive.receiving.store
    store.append("a" * 32, 0, io.BytesIO(b"x"), 1)
    archive.receiving.tidy()
    assert list(store.upload_ids()) == [upload.id]
    assert send(archive, upload, b"def", 3) == 6


def test_file_that_nobody_goes_on_with_is_given_up_after_its_days(archive: Archive) -> None:
    upload = begin(archive)
    send(archive, upload, b"abc")
    path = archive.receiving.store.path(upload.id)
    for days, expected in ((6.9, UploadState.RECEIVING), (7.1, UploadState.REFUSED)):
        then = time.time() - days * DAY_S
        os.utime(path, (then, then))
        archive.receiving.tidy()
        assert state(archive, upload).state is expected
    assert "7 days" in state(archive, upload).message
    assert list(archive.receiving.store.upload_ids()) == []


def test_more_than_was_said_is_refused(archive: Archive) -> None:
    upload = begin(archive)
    with pytest.raises(TooLarge):
        send(archive, upload, b"abcdefg")
    assert archive.receiving.find(upload.id, "anna")[1] == 0


def test_form_without_room_leaves_nothing(tmp_path: Path) -> None:
    settings = Settings.model_validate({"data": tmp_path / "data", "uploads": {"free_min_bytes": 2**60}})
    with open_archive(settings) as archive:
        with pytest.raises(StorageError):
            archive.receiving.take_whole(NewUpload("anna", "bild.pptx", 3), io.BytesIO(b"abc"))
        with archive.database.read() as session:
            assert uploads.in_states(session, *UploadState) == []


def test_others_cannot_go_on_with_a_file(archive: Archive) -> None:
    upload = begin(archive)
    with pytest.raises(NotFound):
        archive.receiving.find(upload.id, "bertil")


def have_begun(archive: Archive, count: int) -> None:
    with archive.database.write() as session:
        for item in UPLOAD_STARTS:
            key, lasts = item.key_for("upload", "anna"), timedelta(seconds=item.get_expiry())
            sign_in_states.clear_count(session, key)
            sign_in_states.add_count(session, key, count, lasts)


def test_account_may_begin_two_drops_of_500_files_in_ten_minutes(archive: Archive) -> None:
    have_begun(archive, 999)
    assert begin(archive).state is UploadState.RECEIVING


def test_account_that_begins_too_many_has_to_wait_and_others_have_not(archive: Archive) -> None:
    have_begun(archive, 1_999)
    begin(archive)
    with pytest.raises(TooMany) as refused:
        begin(archive)
    assert 0 < refused.value.wait_s <= 601
    archive.receiving.begin(NewUpload("bertil", "bild.pptx", 6))
    with archive.database.read() as session:
        assert len(uploads.in_states(session, UploadState.RECEIVING)) == 2


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Årsmöte.pptx", "Årsmöte.pptx"),
        ("A\u030arsmo\u0308te.pptx", "Årsmöte.pptx"),
        ("../../x", "x"),
        ("C:\\Users\\anna\\bild.pptx", "bild.pptx"),
        ("CON.pptx", "CON.pptx"),
        ("عرض تقديمي.pptx", "عرض تقديمي.pptx"),
        ("faktura\u202extp.exe", "fakturaxtp.exe"),
        ("a\x00b\nc.pdf", "abc.pdf"),
        ("", UNNAMED),
        ("..", UNNAMED),
        ("/", UNNAMED),
    ],
)
def test_name_is_shown_as_people_read_it(given: str, shown: str) -> None:
    assert given_filename(given) == shown


def test_long_name_is_cut_before_its_ending() -> None:
    shown = given_filename("x" * 300 + ".pptx")
    assert len(shown) == 200
    assert shown.endswith("x….pptx")
    assert len(given_filename("x" * 300)) == 200


@pytest.mark.parametrize(
    ("given", "shown"),
    [("Seminarium/Bilder", "Seminarium/Bilder"), ("../..//a/./b\\c", "a/b/c"), ("/", ""), ("", "")],
)
def test_folder_has_no_way_out(given: str, shown: str) -> None:
    assert given_folder(given) == shown
