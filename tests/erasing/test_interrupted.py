"""An erasure that was interrupted says so, and the next one finishes it."""

from dataclasses import replace
from pathlib import Path

import pytest

from archive.app import Archive
from archive.catalogue.erasing import erasures
from archive.erasing.erasing import ErasureOrder, erase, finish_interrupted
from archive.erasing.names import ErasedNames
from archive.errors import StorageError
from archive.store.folder_store import FolderStore
from tests.erasing.traces import traces
from tests.filled_archive import add, opened


class _Unwilling(FolderStore):
    """A store on a disk that refuses to delete."""

    def remove(self, sha256: str) -> None:
        raise StorageError(f"{sha256[:12]} cannot be deleted.")


def test_it_says_so_and_goes_on(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        add(archive, "plan", "Planen är av Vilhelmina Åkerbrandt", data="av Åkerbrandt")
        archive.indexer.catch_up()
        order = ErasureOrder(ErasedNames(["Vilhelmina Åkerbrandt"]), "asta", "hon har bett om det")
        originals = _Unwilling(tmp_path / "data" / "originals")
        with pytest.raises(StorageError):
            erase(replace(archive, originals=originals), order, _ignored)
        assert [problem for problem in archive.problems() if "was interrupted" in problem]
        assert traces(tmp_path / "data", "Åkerbrandt")
        assert finish_interrupted(archive, _ignored)
        assert [problem for problem in archive.problems() if "was interrupted" in problem] == []
        assert traces(tmp_path / "data", "Åkerbrandt") == []
        assert _is_done(archive)
        assert erase(archive, order, _ignored).erasure_id == ""


def _is_done(archive: Archive) -> bool:
    with archive.database.read() as session:
        return [one.is_done for one in erasures.all_of(session)] == [True]


def _ignored(what: str, count: int) -> None:
    del what, count
