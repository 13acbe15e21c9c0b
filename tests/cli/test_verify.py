import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from archive.app import Archive, open_archive
from archive.catalogue import changes, documents
from archive.index.documents import Batch, IndexDocument
from archive.settings.settings import Settings
from tests.cli.commands import Run


def flip(path: Path) -> None:
    """Change one byte of an object."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)


def any_object(store: Path) -> Path:
    return next(path for path in sorted(store.glob("[0-9a-f][0-9a-f]/*")))


def test_sound_archive_is_well(full: Run) -> None:
    told = full("verify")
    assert (told.code, told.out, told.err) == (0, "All is well: 3 originals, 3 documents.\n", "")
    assert full("verify", "--quiet").out == ""
    assert full("verify", "--json").json == {"originals": 3, "documents": 3, "problems": []}


@pytest.mark.parametrize(("store", "name"), [("originals", "Original"), ("pictures", "Picture")])
def test_flipped_byte_is_found(full: Run, data: Path, store: str, name: str) -> None:
    damaged = any_object(data / store)
    flip(damaged)
    told = full("verify")
    assert (told.code, told.out) == (1, "")
    (line,) = told.err.splitlines()
    assert line.startswith(f"{name} {damaged.name[:12]}: ")
    assert "no longer has the bytes" in line


def test_lost_catalogue_is_told_and_the_originals_are_checked_without_it(full: Run, data: Path) -> None:
    for path in data.glob("catalogue.db*"):
        path.unlink()
    told = full("verify")
    assert (told.code, told.out) == (1, "")
    first, last = told.err.splitlines()
    assert "There is no catalogue, though the archive's folder has 3 originals" in first
    assert last == "Originals: 3 of the 3 files in the store have their bytes."
    assert not (data / "catalogue.db").exists()
    assert full("search", "gruvor").code == 1


def test_exchanged_catalogue_is_told_until_staff_trust_it(full: Run, data: Path, tmp_path: Path) -> None:
    with open_archive(Settings(data=tmp_path / "other")):
        pass
    shutil.copy(tmp_path / "other" / "catalogue.db", data)
    told = full("verify", "--quiet")
    assert told.code == 1
    assert "3 originals in the store have no document" in told.err
    assert full("status").code == 1
    told = full("search", "gruvor")
    assert told.code == 1
    assert "archive rebuild --trust-catalogue" in told.err

    assert full("rebuild", "--quiet", "--trust-catalogue").code == 0
    assert full("search", "gruvor").code == 0
    assert full("verify", "--quiet").code == 1, "the originals still have no document"


def test_damaged_catalogue_is_told_with_what_can_still_be_read(full: Run, data: Path) -> None:
    with closing(sqlite3.connect(data / "catalogue.db")) as connection:
        connection.execute("update page set blocks = substr(blocks, 2) where rowid = 1")
        connection.commit()
    told = full("verify")
    assert (told.code, told.out) == (1, "")
    assert told.err.splitlines() == [
        "Catalogue: 1 of 6 rows of the table page cannot be read.",
        "Catalogue: 2 of 3 documents can still be read whole.",
        "Originals: 3 of the 3 files in the store have their bytes.",
    ]


def test_catalogue_that_is_no_database_is_told(full: Run, data: Path) -> None:
    (data / "catalogue.db").write_bytes(b"nonsense" * 1000)
    told = full("verify", "--json")
    assert told.code == 1
    assert "The catalogue is damaged" in told.json["problems"][0]
    assert told.json["problems"][-1] == "Originals: 3 of the 3 files in the store have their bytes."


def test_missing_original_is_found(full: Run, data: Path) -> None:
    lost = any_object(data / "originals")
    lost.unlink()
    told = full("verify", "--json")
    assert told.code == 1
    assert [problem.split(":")[0] for problem in told.json["problems"]] == [f"Original {lost.name[:12]}"]


def test_document_missing_in_the_index_is_found_and_a_rebuild_mends_it(full: Run, data: Path) -> None:
    with open_archive(Settings(data=data)) as archive:
        with archive.database.write() as session:
            document_id = documents.document_ids(session)[0]
            changes.record(session, document_id)
        follow_with(archive, IndexDocument(id=document_id, group=document_id))
    told = full("verify", "--quiet")
    assert told.code == 1
    (line,) = told.err.splitlines()
    assert line.startswith(f"Index: document {document_id} has 0 of ")
    assert line.endswith("Run `archive rebuild`.")

    assert full("rebuild", "--quiet").code == 0
    assert full("verify").code == 0


def test_surplus_document_in_the_index_is_found(full: Run, data: Path) -> None:
    with open_archive(Settings(data=data)) as archive:
        with archive.database.write() as session:
            documents.withdraw(session, documents.document_ids(session)[0], "test")
        follow_with(archive)
    told = full("verify", "--json")
    assert told.code == 1
    assert told.json["problems"] == [
        "Index: 1 documents that the catalogue does not have. Run `archive rebuild`."
    ]


def follow_with(archive: Archive, *held: IndexDocument) -> None:
    """Let the index believe that it has followed the catalogue, with other documents than there are."""
    mark = archive.engine.watermark()
    assert mark is not None
    with archive.database.read() as session:
        last = changes.last_seq(session)
    archive.engine.write(Batch(held, replace(mark, seq=last)))
