import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.ingest.filetypes.detect import detect, suffix
from archive.ingest.filetypes.media_types import (
    BMP,
    DECKS,
    DOC,
    DOCM,
    DOCX,
    GIF,
    HTML,
    JPEG,
    KEY,
    ODP,
    ODT,
    PDF,
    PNG,
    POTX,
    POWERPOINT,
    PPSX,
    PPT,
    PPTM,
    PPTX,
    RTF,
    SUFFIXES,
    TEXT,
    TIFF,
    WEBP,
    ZIP,
)
from tests.ingest.libreoffice.samples_of_office import needs_office, sample

_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.{}.main+xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1000


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}.main+xml"


def _zip(members: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, text in members.items():
            package.writestr(name, text)
    return buffer.getvalue()


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
        (_package(_WORD.format("document")), DOCX),
        (_package("application/vnd.ms-word.document.macroEnabled.main+xml", "word/document.xml"), DOCM),
        (
            _package(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "xl/x.xml"
            ),
            "",
        ),
        (_package("application/of-nothing-known"), PPTX),
        (_package("application/of-nothing-known", "word/document.xml"), DOCX),
        (_package("application/of-nothing-known", "annat.xml"), ""),
        (_zip({"mimetype": ODP, "content.xml": "<o/>"}), ODP),
        (_zip({"mimetype": ODT, "content.xml": "<o/>"}), ODT),
        (_zip({"content.xml": "<o/>", "mimetype": ODP}), ODP),
        (_zip({"mimetype": "application/epub+zip"}), ""),
        (_zip({"index.apxl": "<key/>", "QuickLook/Preview.pdf": "%PDF"}), KEY),
        (_zip({"Index/Slide-1.iwa": "", "preview.jpg": ""}), KEY),
        (_zip({"Index/Tables/Tile.iwa": "", "preview.jpg": ""}), ZIP),
        (_zip({"bilder/a.pptx": "", "b.pdf": ""}), ZIP),
        (_zip({"META-INF/MANIFEST.MF": "", "a.class": ""}), ""),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, PNG),
        (b"\xff\xd8\xff\xe0" + b"\0" * 20, JPEG),
        (b"II*\0" + b"\0" * 20, TIFF),
        (b"MM\0*" + b"\0" * 20, TIFF),
        (b"GIF89a" + b"\0" * 20, GIF),
        (b"RIFF\x10\0\0\0WEBPVP8 ", WEBP),
        (b"RIFF\x10\0\0\0WAVEfmt ", ""),
        (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0" + b"\0" * 20, BMP),
        (b"BMI och annat", TEXT),
        (rb"{\rtf1 hej}", RTF),
        (b"%1.4\n1 0 obj\n<<>>\nendobj", PDF),
        (b"%PDF-1.7\n", PDF),
        (b"\x00" * 1000 + b"%PDF-1.7\n", PDF),
        (b"\x00" * 1024 + b"%PDF-1.7\n", ""),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), PPTX),
        (_OLE + "PowerPoint Document".encode("utf-16-le"), PPT),
        (_OLE + "WordDocument".encode("utf-16-le"), DOC),
        (_OLE + "Workbook".encode("utf-16-le"), ""),
        (_OLE + b"\x00" * 3_000_000 + "EncryptedPackage".encode("utf-16-le"), PPTX),
        (b"", ""),
        (b"PK\x05\x06" + b"\x00" * 18, ""),
        (b"PK\x03\x04" + b"\x00" * 100, ""),
        ("bara text med å ä ö".encode(), TEXT),
        ("bara text med å ä ö".encode("cp1252"), TEXT),
        ("bara text med å ä ö".encode("utf-16"), TEXT),
        ("bara text med å ä ö".encode("utf-16-le"), TEXT),
        ("bara text med å ä ö".encode("utf-16-be"), TEXT),
        ("bara text med å ä ö".encode("utf-32"), TEXT),
        ("å".encode() * 40_000, TEXT),
        (b"\r\n \t", ""),
        (b"text med \x07 i", ""),
        (b"\x81\x8d\x8f text med annat", ""),
        (b"%!PS-Adobe-3.0\n/Times findfont", ""),
        (b"<?xml version='1.0'?><lista><a/></lista>", ""),
        (b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x'><html/>", HTML),
        (b"\xef\xbb\xbf  <!-- hej --><HTML><p>", HTML),
        (b"<p>Hej</p>", HTML),
        ("<html><body>å</body></html>".encode("utf-16"), HTML),
        (b"<hej> sa hon", TEXT),
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


def test_every_type_has_a_suffix_of_its_own() -> None:
    assert {suffix(media_type) for media_type in POWERPOINT} == {
        ".pptx",
        ".potx",
        ".ppsx",
        ".pptm",
        ".potm",
        ".ppsm",
    }
    assert len(set(SUFFIXES.values())) == len(SUFFIXES)
    assert SUFFIXES.keys() > DECKS
    assert suffix("video/mp4") == ""


@needs_office
@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("ppt", PPT), ("odp", ODP), ("odt", ODT), ("doc", DOC), ("rtf", RTF), ("docx", DOCX)],
)
def test_what_libreoffice_writes_is_known(tmp_path: Path, kind: str, media_type: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(sample(kind))
    assert detect(path) == media_type


@needs_office
@pytest.mark.parametrize(("kind", "media_type"), [("ppt", PPT), ("doc", DOC), ("odp", ODP), ("docx", DOCX)])
def test_file_cut_short_is_still_taken_for_what_it_was(tmp_path: Path, kind: str, media_type: str) -> None:
    path = tmp_path / "file"
    whole = sample(kind)
    path.write_bytes(whole[: len(whole) * 2 // 3])
    assert detect(path) == media_type


_STARTS = st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", _OLE[:8], _package(_MAIN.format("presentation"))])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(start=_STARTS, rest=st.binary(max_size=600))
def test_no_bytes_make_an_exception(tmp_path: Path, start: bytes, rest: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(start + rest)
    assert detect(path) in {"", *SUFFIXES}
