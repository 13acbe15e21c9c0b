import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from archive.app import Archive, open_archive
from archive.catalogue import documents, records
from archive.catalogue.records import CatalogueRecord
from archive.catalogue.uploads import readings, uploads
from archive.model.uploads import NewUpload, Upload, UploadProgress, UploadState, UploadTarget
from archive.model.visibility import Visibility
from archive.settings.settings import Settings
from archive.uploads.taking import Taking

TEXT = "Länsstyrelsen möter kommunerna om skogen.\n".encode()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(Settings(data=tmp_path / "data")) as opened:
        yield opened


def send(archive: Archive, name: str, content: bytes, **more: object) -> Upload:
    new = NewUpload("anna", name, len(content), **more)  # type: ignore[arg-type]
    return archive.receiving.take_whole(new, io.BytesIO(content))


def take(archive: Archive) -> int:
    return taking(archive).take_all(lambda: False)


def taking(archive: Archive) -> Taking:
    return Taking(archive.database, archive.originals, archive.receiving.store, archive.settings)


def row(archive: Archive, upload: Upload) -> UploadProgress:
    with archive.database.read() as session:
        found = readings.rows(session, None, 100)
    return next(one for one in found if one.upload.id == upload.id)


def outcomes(archive: Archive, upload: Upload) -> Sequence[tuple[str, str]]:
    return [(file.uploaded.file, file.uploaded.outcome) for file in row(archive, upload).files]


def zipped(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return target.getvalue()


def document_id(archive: Archive, upload: Upload) -> str:
    found = row(archive, upload).files[0].uploaded.document_id
    assert found
    return found


def record_of(archive: Archive, upload: Upload) -> CatalogueRecord:
    wanted = document_id(archive, upload)
    with archive.database.read() as session:
        return records.record(session, wanted)


def test_file_is_taken_in_as_a_draft_under_the_name_that_was_given(archive: Archive) -> None:
    upload = send(archive, "2024-09-17 Skogens_framtid_v2.txt", TEXT)
    assert take(archive) == 1
    record = record_of(archive, upload)
    assert record.document.visibility is Visibility.STAFF
    assert record.document.version.filename == "2024-09-17 Skogens_framtid_v2.txt"
    assert record.document.title == "Skogens framtid"
    assert list(archive.receiving.store.upload_ids()) == []
    assert take(archive) == 0


def test_file_is_taken_once_though_the_process_was_killed_before_it_could_say_so(archive: Archive) -> None:
    upload = send(archive, "skog.txt", TEXT)
    kept = archive.receiving.store.path(upload.id).read_bytes()
    take(archive)
    first = document_id(archive, upload)
    with archive.database.write() as session:  # as if the row had not moved on, nor the file been removed
        uploads.take_separately(session, upload.id, "test")
    archive.receiving.store.append(upload.id, 0, io.BytesIO(kept), len(kept))
    take(archive)
    assert document_id(archive, upload) == first
    with archive.database.read() as session:
        assert len(documents.versions(session, first)) == 1


def test_zip_becomes_several_drafts_and_a_bad_file_does_not_stop_the_others(archive: Archive) -> None:
    content = zipped(skog__txt=TEXT, berg__txt=TEXT + b"Mer om berget.", program__exe=b"MZ\0\0" * 99)
    upload = send(archive, "material.zip", content)
    take(archive)
    assert sorted(outcomes(archive, upload)) == [
        ("berg.txt", "new"),
        ("program.exe", "refused"),
        ("skog.txt", "new"),
    ]
    found = [file.uploaded.document_id for file in row(archive, upload).files]
    with archive.database.read() as session:
        levels = {records.record(session, one).document.visibility for one in found if one}
    assert levels == {Visibility.STAFF}


def test_seminar_in_a_zip_is_saved_and_its_documents_are_drafts(archive: Archive) -> None:
    seminar = b"""
[event]
title = "Skog och berg"
date = 2024-09-17
[[talk]]
topic = "Skogen"
deck = "skog.txt"
[[talk.speaker]]
name = "Anna Ek"
"""
    upload = send(archive, "seminarium.zip", zipped(skog__txt=TEXT, seminar__toml=seminar))
    take(archive)
    record = record_of(archive, upload)
    assert record.event
    assert record.event.title == "Skog och berg"
    assert record.document.visibility is Visibility.STAFF
    assert record.event.visibility is Visibility.STAFF
    assert record.talk
    assert record.talk.visibility is Visibility.STAFF


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("tom.pptx", b"", "unsupported_type", "0 bytes"),
        ("CON.pptx", b"\0\1\2" * 99, "unsupported_type", "cannot be read"),
        ("x" * 300 + ".exe", b"MZ\0\0" * 99, "unsupported_type", "cannot be read"),
        ("tom.zip", b"PK\x05\x06" + b"\0" * 18, "unsupported_type", ""),
        ("trasig.zip", zipped(a__txt=TEXT)[:60], "damaged", ""),
    ],
)
def test_bad_file_is_refused_with_a_sentence(
    archive: Archive, name: str, content: bytes, code: str, said: str
) -> None:
    upload = send(archive, name, content)
    good = send(archive, "skog.txt", TEXT)
    take(archive)
    refused = row(archive, upload).upload
    assert (refused.state, refused.code) == (UploadState.REFUSED, code)
    assert said in refused.message
    assert refused.message.endswith(".")
    assert upload.id not in refused.message
    assert row(archive, good).upload.state is UploadState.TAKEN
    assert list(archive.receiving.store.upload_ids()) == []


def test_bytes_that_changed_on_their_way_are_refused(archive: Archive) -> None:
    upload = send(archive, "skog.txt", TEXT, sha256="0" * 64)
    take(archive)
    assert row(archive, upload).upload.code == "damaged"


def test_same_bytes_are_told_and_may_become_a_document_of_their_own(archive: Archive) -> None:
    first = send(archive, "skog.txt", TEXT)
    second = send(archive, "samma.txt", TEXT)
    take(archive)
    assert outcomes(archive, second) == [("", "duplicate")]
    assert document_id(archive, second) == document_id(archive, first)
    with archive.database.write() as session:
        uploads.take_separately(session, second.id, "anna")
    take(archive)
    assert outcomes(archive, second) == [("", "new")]
    assert document_id(archive, second) != document_id(archive, first)


def test_new_version_keeps_the_address_and_who_may_see_it(archive: Archive) -> None:
    first = send(archive, "skog.txt", TEXT)
    take(archive)
    target = UploadTarget(document_id=document_id(archive, first))
    second = send(archive, "skog 2.txt", TEXT + b"Mer.", target=target)
    take(archive)
    assert outcomes(archive, second) == [("", "new_version")]
    assert document_id(archive, second) == document_id(archive, first)
    assert record_of(archive, first).document.visibility is Visibility.STAFF
    zip_file = send(archive, "flera.zip", zipped(a__txt=TEXT), target=target)
    take(archive)
    assert row(archive, zip_file).upload.state is UploadState.REFUSED


def test_draft_of_an_event_opens_nothing_that_staff_have_closed(archive: Archive) -> None:
    seminar = b'[event]\ntitle = "Skog"\ndate = 2024-09-17\n[[report]]\nfile = "a.txt"\ntitle = "A"\n'
    held = send(archive, "seminarium.zip", zipped(a__txt=TEXT, seminar__toml=seminar))
    take(archive)
    event = record_of(archive, held).event
    assert event
    loose = send(archive, "b.txt", TEXT + b"Mer.")
    take(archive)
    closed = document_id(archive, loose)
    with archive.database.write() as session:
        documents.set_visibility(session, closed, Visibility.STAFF, "test")
    again = send(archive, "b.txt", TEXT + b"Mer.", target=UploadTarget(event_id=event.id))
    take(archive)
    assert outcomes(archive, again) == [("", "duplicate")]
    record = record_of(archive, loose)
    assert record.event
    assert record.document.visibility is Visibility.STAFF


def test_file_that_is_withdrawn_stays_out(archive: Archive) -> None:
    first = send(archive, "skog.txt", TEXT)
    take(archive)
    withdrawn = document_id(archive, first)
    with archive.database.write() as session:
        documents.withdraw(session, withdrawn, "test")
    second = send(archive, "skog.txt", TEXT)
    take(archive)
    assert row(archive, second).upload.state is UploadState.REFUSED
    assert "withdrew" in row(archive, second).upload.message
