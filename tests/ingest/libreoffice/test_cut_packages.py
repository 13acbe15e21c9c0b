import io
import zipfile
from pathlib import Path

import pytest

from archive.ingest.libreoffice.office import is_cut


def package(comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("content.xml", "ord " * 50_000)
        made.comment = comment
    return buffer.getvalue()


def is_cut_short(folder: Path, data: bytes) -> bool:
    path = folder / "original"
    path.write_bytes(data)
    return is_cut(path)


@pytest.mark.parametrize("comment", [b"", b"c" * 65_535], ids=["plain", "longest comment"])
def test_whole_package_is_not_cut(tmp_path: Path, comment: bytes) -> None:
    assert not is_cut_short(tmp_path, package(comment))


@pytest.mark.parametrize("kept", [4, 60, 100_000, 200_000])
def test_package_without_its_end_is_cut(tmp_path: Path, kept: int) -> None:
    assert is_cut_short(tmp_path, package()[:kept])


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7", b"\xd0\xcf\x11\xe0", b"<?xml version='1.0'?>"])
def test_what_is_no_package_is_not_cut(tmp_path: Path, data: bytes) -> None:
    assert not is_cut_short(tmp_path, data)


def test_file_that_is_not_there_is_not_called_cut(tmp_path: Path) -> None:
    assert not is_cut(tmp_path / "missing")
