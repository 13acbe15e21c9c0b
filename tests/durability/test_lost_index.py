"""The index is derived: damaged, missing or of another catalogue, it is made anew at the next start."""

import gc
import logging
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from archive.app import Archive, open_archive
from archive.catalogue import statistics
from archive.errors import CatalogueError
from archive.settings.settings import load_settings
from archive.store.folder_store import FolderStore
from tests.filled_archive import add, ask, opened

# Whoosh leaves a segment open whose end is missing; the file is closed when the garbage is collected.
_LEFT_OPEN = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def _build(folder: Path, *names: str) -> None:
    with opened(folder) as archive:
        for name in names:
            add(archive, name, f"sökord {name}")
        archive.indexer.catch_up()


def _remove(index: Path) -> None:
    shutil.rmtree(index)


def _empty(index: Path) -> None:
    for path in index.iterdir():
        path.unlink() if path.is_symlink() or path.is_file() else shutil.rmtree(path)


def _cut_a_segment(index: Path) -> None:
    segment = next((index / "current").glob("*.arrays"))
    segment.write_bytes(segment.read_bytes()[:-100])


def _change_a_byte(index: Path) -> None:
    segment = next((index / "current").glob("*.arrays"))
    held = bytearray(segment.read_bytes())
    held[len(held) // 3] ^= 1
    segment.write_bytes(held)


def _remove_a_segment(index: Path) -> None:
    next((index / "current").glob("*.arrays")).unlink()


def _break_the_link(index: Path) -> None:
    (index / "current").unlink()
    (index / "current").symlink_to("gen-999")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (_remove, "there is no index"),
        (_empty, "there is no index"),
        pytest.param(_cut_a_segment, "the index is damaged", marks=_LEFT_OPEN),
        (_change_a_byte, "the index is damaged"),
        (_remove_a_segment, "the index is damaged"),
        (_break_the_link, "the index is damaged"),
    ],
)
def test_spoilt_index_is_made_anew_at_start_and_said_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, spoil: Callable[[Path], None], reason: str
) -> None:
    _build(tmp_path, "ett", "två")
    spoil(tmp_path / "data" / "index")
    with caplog.at_level(logging.WARNING), opened(tmp_path, thorough=True) as archive:
        assert ask(archive, "sökord").total_groups == 2
        archive.engine.check()
    gc.collect()
    assert caplog.records[0].getMessage() == f"Rebuilding the index: {reason}."
    caplog.clear()
    with caplog.at_level(logging.WARNING), opened(tmp_path, thorough=True) as archive:
        assert ask(archive, "sökord").total_groups == 2
    assert caplog.records == []


def _copy_catalogue(source: Path, target: Path) -> None:
    for path in source.glob("catalogue.db*"):
        shutil.copy(path, target)


def _trusted(folder: Path, thorough: bool = False) -> AbstractContextManager[Archive]:
    """Open an archive whose catalogue staff say is the right one."""
    return open_archive(load_settings(folder / "data"), thorough, trust_catalogue=True)


def _names(archive: Archive) -> set[str]:
    return {group.title for group in ask(archive, "sökord").groups}


@pytest.mark.parametrize("thorough", [False, True])
def test_another_catalogue_gets_an_index_of_its_own(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, thorough: bool
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    _build(here, "ett", "två")
    _build(there, "tre", "fyra", "fem")
    _copy_catalogue(there / "data", here / "data")
    with caplog.at_level(logging.WARNING), _trusted(here, thorough) as archive:
        assert _names(archive) == {"tre", "fyra", "fem"}
    assert "Rebuilding the index: the index belongs to another catalogue." in caplog.text


def test_older_copy_of_the_catalogue_gets_an_index_that_agrees(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    _build(tmp_path, "ett")
    _copy_catalogue(tmp_path / "data", copy)
    _build(tmp_path, "två")
    _copy_catalogue(copy, tmp_path / "data")
    with caplog.at_level(logging.WARNING), _trusted(tmp_path) as archive:
        assert _names(archive) == {"ett"}
    assert "Rebuilding the index: the index is ahead of the catalogue." in caplog.text


def test_index_that_lags_behind_is_no_reason_to_rebuild_and_follows(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _build(tmp_path, "ett")
    with caplog.at_level(logging.WARNING), opened(tmp_path) as archive:
        add(archive, "två", "sökord")
    with opened(tmp_path, thorough=True) as archive:
        archive.indexer.catch_up()
        assert _names(archive) == {"ett", "två"}
    assert caplog.records == []


def test_damaged_catalogue_is_never_taken_for_an_empty_one(tmp_path: Path) -> None:
    _build(tmp_path, "ett")
    (tmp_path / "data" / "catalogue.db").write_bytes(b"no database at all" * 500)
    with pytest.raises(CatalogueError), opened(tmp_path, thorough=True):
        pass
    assert (tmp_path / "data" / "index" / "current").exists()


def _hold(folder: Path, *contents: str) -> None:
    """Put originals into the store that the catalogue does not know."""
    for content in contents:
        FolderStore(folder / "data" / "originals").put_bytes(content.encode())


def _index(folder: Path) -> dict[str, bytes]:
    generation = folder / "data" / "index" / "current"
    return {path.name: path.read_bytes() for path in generation.iterdir()}


def _lose(data: Path) -> None:
    for path in data.glob("catalogue.db*"):
        path.unlink()


def _empty_file(data: Path) -> None:
    (data / "catalogue.db").write_bytes(b"")


@pytest.mark.parametrize("spoil", [_lose, _empty_file])
def test_lost_catalogue_is_not_begun_anew_beside_originals(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    _build(tmp_path, "ett")
    _hold(tmp_path, "ett", "två", "tre")
    before = _index(tmp_path)
    spoil(tmp_path / "data")
    with pytest.raises(CatalogueError, match="has 3 originals"), opened(tmp_path, thorough=True):
        pass
    assert _index(tmp_path) == before
    with _trusted(tmp_path) as archive:
        assert archive.engine.counts() == (0, 0)


def test_exchanged_catalogue_is_told_and_the_index_stays_until_staff_trust_it(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    _build(here, "ett", "två")
    _build(there, "tre")
    _hold(here, "ett", "två", "tre")
    before = _index(here)
    _copy_catalogue(there / "data", here / "data")
    for thorough in (False, True):
        with (
            pytest.raises(CatalogueError, match="no document of 2 of the 3 originals"),
            opened(here, thorough),
        ):
            pass
    assert _index(here) == before
    with open_archive(load_settings(here / "data"), only_looks=True) as archive:
        assert archive.engine.counts()[0] == 2
        assert not archive.health().is_ok
    assert _index(here) == before
    with _trusted(here) as archive:
        assert _names(archive) == {"tre"}


def test_emptied_catalogue_is_told_and_the_index_stays(tmp_path: Path) -> None:
    _build(tmp_path, "ett", "två")
    _hold(tmp_path, "ett", "två")
    before = _index(tmp_path)
    with closing(sqlite3.connect(tmp_path / "data" / "catalogue.db")) as connection:
        for table in ("job", "change", "page", "version", "document", "original"):
            connection.execute(f"delete from {table}")
        connection.commit()
    with pytest.raises(CatalogueError, match="no document of 2 of the 2 originals"), opened(tmp_path):
        pass
    assert _index(tmp_path) == before


def test_original_that_a_killed_ingest_left_keeps_no_damaged_index(tmp_path: Path) -> None:
    _build(tmp_path, "ett")
    with opened(tmp_path) as archive, archive.database.read() as session:
        (known,) = statistics.original_digests(session)
    _hold(tmp_path, "left")
    shard = tmp_path / "data" / "originals" / known[:2]
    shard.mkdir(exist_ok=True)
    (shard / known).touch()
    _change_a_byte(tmp_path / "data" / "index")
    with opened(tmp_path, thorough=True) as archive:
        assert _names(archive) == {"ett"}
        assert any("1 originals in the store have no document" in problem for problem in archive.problems())
