from dataclasses import replace
from pathlib import Path

import pytest

from archive.app import Archive, open_archive
from archive.catalogue import changes, documents
from archive.index.documents import Batch, IndexDocument
from archive.settings import Settings
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
