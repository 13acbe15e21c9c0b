import os
from pathlib import Path

import pytest

from archive.errors import FileRejected, StorageError
from archive.ingest.libreoffice.running import Exchange


@pytest.fixture
def original(tmp_path: Path) -> Path:
    path = tmp_path / "original"
    path.write_bytes(b"ord")
    return path


def test_file_goes_in_and_the_result_comes_out(tmp_path: Path, original: Path) -> None:
    exchange = Exchange(tmp_path)
    exchange.put(original, "a.ppt")
    assert (exchange.folder / "a.ppt").read_bytes() == b"ord"
    (exchange.folder / "a.pdf").write_bytes(b"%PDF")
    exchange.take("a.pdf", tmp_path / "result.pdf")
    assert (tmp_path / "result.pdf").read_bytes() == b"%PDF"
    exchange.remove()
    assert not exchange.folder.exists()


def test_link_in_the_result_leads_nowhere(tmp_path: Path, original: Path) -> None:
    exchange = Exchange(tmp_path)
    (exchange.folder / "a.pdf").symlink_to(original)
    with pytest.raises(FileRejected):
        exchange.take("a.pdf", tmp_path / "result.pdf")
    assert not (tmp_path / "result.pdf").exists()


def test_link_where_a_file_is_put_is_not_followed(tmp_path: Path, original: Path) -> None:
    exchange = Exchange(tmp_path)
    victim = tmp_path / "victim"
    (exchange.folder / "a.ppt").symlink_to(victim)
    with pytest.raises(StorageError):
        exchange.put(original, "a.ppt")
    assert not victim.exists()


@pytest.mark.parametrize("kind", ["nothing", "empty", "pipe", "folder"])
def test_result_that_is_no_file_is_refused(tmp_path: Path, kind: str) -> None:
    exchange = Exchange(tmp_path)
    place = exchange.folder / "a.pdf"
    if kind == "empty":
        place.touch()
    elif kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    with pytest.raises(FileRejected):
        exchange.take("a.pdf", tmp_path / "result.pdf")
