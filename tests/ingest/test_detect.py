import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.ingest.detect import DECKS, PDF, POTX, PPSX, PPTM, PPTX, detect, suffix

_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.{}.main+xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1000


def _package(content_type: str, name: str = "ppt/presentation.xml") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        types = f'<Types><Override PartName="/{name}" ContentType="{content_type}"/></Types>'
        package.writestr("[Content_Types].xml", types)
        package.writestr(name, "<p/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (_package(_MAIN.format("presentation")), PPTX),
        (_package(_MAIN.format("template")), POTX),
        (_package(_MAIN.format("slideshow")), PPSX),
        (_package("application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"), PPTM),
        (_package("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"), ""),
        (b"%PDF-1.7\n", PDF),
        (b"\x00" * 1000 + b"%PDF-1.7\n", PDF),
        (b"\x00" * 1024 + b"%PDF-1.7\n", ""),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), PPTX),
        (_OLE + "PowerPoint Document".encode("utf-16-le"), ""),
        (_OLE + b"\x00" * 3_000_000 + "EncryptedPackage".encode("utf-16-le"), PPTX),
        (b"", ""),
        (b"PK\x05\x06" + b"\x00" * 18, ""),
        (b"PK\x03\x04" + b"\x00" * 100, ""),
        ("bara text med å ä ö".encode(), ""),
    ],
)
def test_type_is_told_by_the_bytes(tmp_path: Path, data: bytes, expected: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    assert detect(path) == expected


def test_name_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "bilder.pptx"
    path.write_bytes(b"%PDF-1.4\n")
    assert detect(path) == PDF


def test_deck_cut_short_is_still_taken_for_a_deck(tmp_path: Path) -> None:
    path = tmp_path / "file"
    whole = _package(_MAIN.format("presentation"))
    path.write_bytes(whole[: len(whole) * 2 // 3])
    assert detect(path) == PPTX


def test_huge_directory_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("zipfile.ZipFile", never)
    end = b"PK\x05\x06" + b"\x00" * 8 + (64 * 1024 * 1024).to_bytes(4, "little") + b"\x00" * 6
    path = tmp_path / "file"
    path.write_bytes(b"PK\x03\x04" + b"\x00" * 26 + b"ppt/slides" + end)
    assert detect(path) == PPTX


def test_every_deck_type_has_a_suffix() -> None:
    assert {suffix(media_type) for media_type in DECKS} == {
        ".pptx",
        ".potx",
        ".ppsx",
        ".pptm",
        ".potm",
        ".ppsm",
    }
    assert suffix("text/plain") == ""


_STARTS = st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", _OLE[:8], _package(_MAIN.format("presentation"))])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(start=_STARTS, rest=st.binary(max_size=600))
def test_no_bytes_make_an_exception(tmp_path: Path, start: bytes, rest: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(start + rest)
    assert detect(path) in {"", PDF, *DECKS}
