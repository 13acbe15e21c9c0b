"""A full disk: it is said so, nothing is half written, and once there is room all goes on."""

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from archive.app import Archive
from archive.catalogue import pages
from archive.errors import StorageError
from archive.index import indexer
from archive.index.query import MatchAll
from archive.index.search import Scope
from archive.index.whoosh.directory import storage
from archive.model.extraction import Extraction, Outcome
from tests.filled_archive import PPTX, add, ask, numbered, opened, version_of

_SIZE_MIB = 16


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 MiB, where one may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE_MIB}m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("this machine does not let its user mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)


def _fill(folder: Path) -> Path:
    """Take all the room there is."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            with suppress(OSError):
                while True:
                    file.write(b"x" * size)
    return filler


def _check_consistent(archive: Archive, documents: int) -> None:
    """See that catalogue, originals and index are whole and agree."""
    archive.database.check()
    archive.engine.check()
    for digest in archive.originals.digests():
        archive.originals.verify(digest)
    assert archive.indexer.reason_to_rebuild(thorough=True) == ""
    archive.indexer.catch_up()
    assert archive.engine.counts()[0] == documents
    assert ask(archive, "sökord").total_groups == documents


def _extraction(words: int) -> Extraction:
    return Extraction(Outcome.OK, numbered([f"sökord {'ord ' * words}"] * 5), "test")


def test_full_disk_while_the_index_is_written(small_disk: Path) -> None:
    with opened(small_disk) as archive:
        add(archive, "ett", "sökord")
        archive.indexer.catch_up()
        add(archive, "två", *["sökord " + "ord " * 500] * 20)
        filler = _fill(small_disk)
        for _ in range(2):
            with pytest.raises(StorageError, match="full"):
                archive.indexer.catch_up()
        assert ask(archive, "sökord").total_groups == 1
        with pytest.raises(StorageError):
            archive.indexer.rebuild()
        assert ask(archive, "sökord").total_groups == 1
        filler.unlink()
        _check_consistent(archive, documents=2)
    with opened(small_disk, thorough=True) as archive:
        _check_consistent(archive, documents=2)


def test_full_disk_while_several_processes_make_the_index(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARCHIVE_INDEX_PROCESSES", "2")
    monkeypatch.setattr(indexer, "MIN_BULK_PAGES", 1)
    with opened(small_disk) as archive:
        for number in range(8):
            # Figures: a word of letters that no lexicon has would be searched for the parts of a compound.
            words = " ".join(str(number * 10_000 + n) for n in range(2_000))
            add(archive, str(number), f"sökord {words}")
        archive.indexer.catch_up()
        filler = _fill(small_disk)
        os.truncate(filler, filler.stat().st_size - (1 << 17))
        with pytest.raises(StorageError, match="full"):
            archive.indexer.rebuild()
        assert ask(archive, "sökord").total_groups == 8
        assert len(list((archive.settings.data / "index").glob("gen-*"))) == 1
        filler.unlink()
        assert archive.indexer.rebuild() == 8
        _check_consistent(archive, documents=8)


def test_full_disk_while_the_catalogue_is_written(small_disk: Path) -> None:
    with opened(small_disk) as archive:
        document = add(archive, "ett", "sökord")
        archive.indexer.catch_up()
        version = version_of(archive, document)
        filler = _fill(small_disk)
        for _ in range(2):
            with pytest.raises(StorageError, match="full"), archive.database.write() as session:
                pages.save_extraction(session, version, _extraction(20_000), "sv", PPTX)
        assert ask(archive, "sökord").total_slides == 1
        with pytest.raises(StorageError, match="space"):
            archive.originals.put_bytes(b"y" * 100_000)
        filler.unlink()
        _check_consistent(archive, documents=1)
        assert archive.engine.matching_pages(MatchAll(), Scope(), document) == (1,)
        with archive.database.write() as session:
            pages.save_extraction(session, version, _extraction(10), "sv", PPTX)
        _check_consistent(archive, documents=1)
        assert ask(archive, "sökord").total_slides == 5


def test_archive_cannot_be_made_on_a_full_disk_and_can_be_afterwards(small_disk: Path) -> None:
    filler = _fill(small_disk)
    with pytest.raises(StorageError), opened(small_disk):
        pass
    filler.unlink()
    with opened(small_disk, thorough=True) as archive:
        add(archive, "ett", "sökord")
        archive.indexer.catch_up()
        _check_consistent(archive, documents=1)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_index_that_the_disk_refuses_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    with opened(tmp_path) as archive:
        add(archive, "ett", "sökord")
        archive.indexer.catch_up()
        add(archive, "två", "sökord")

        def refuse(path: Path) -> None:
            raise OSError(number, os.strerror(number), str(path))

        with monkeypatch.context() as patch:
            patch.setattr(storage, "sync_to_disk", refuse)
            for write in (archive.indexer.catch_up, archive.indexer.rebuild):
                with pytest.raises(StorageError) as raised:
                    write()
                assert os.strerror(number) not in raised.value.message
            assert ask(archive, "sökord").total_groups == 1
        _check_consistent(archive, documents=2)


def test_catalogue_without_room_is_said_so_and_keeps_what_it_had(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        version = version_of(archive, add(archive, "ett", "sökord"))
        archive.indexer.catch_up()

        def write_too_much() -> None:
            with archive.database.write() as session:
                used = session.execute(text("PRAGMA page_count")).scalar()
                session.execute(text(f"PRAGMA max_page_count={used}"))
                try:
                    pages.save_extraction(session, version, _extraction(20_000), "sv", PPTX)
                finally:
                    session.connection().exec_driver_sql("PRAGMA max_page_count=1073741823")

        with pytest.raises(StorageError, match="full"):
            write_too_much()
        _check_consistent(archive, documents=1)
        assert ask(archive, "sökord").total_slides == 1
