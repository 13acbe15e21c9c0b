"""What a file would have LibreOffice fetch is taken out of it; the rest, and what cannot be read, stays."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from archive.ingest.filetypes import media_types
from archive.ingest.libreoffice.outside_links import cut, cut_confined, try_to_cut
from tests.hostile.references import open_document, referring_files
from tests.hostile.referring_sheets import deck_with_workbook, open_sheet, workbook
from tests.hostile.single_references import referring_alone
from tests.ingest.extractors.decks import deck_of_titles, with_member
from tests.ingest.extractors.texts_of_word import document, paragraph

_ADDRESS = "file:///hemligt/fil"
_CUT = referring_alone((_ADDRESS,))


def _words(file: Path) -> bytes:
    if not zipfile.is_zipfile(file):
        return file.read_bytes()
    with zipfile.ZipFile(file) as package:
        return b"".join(package.read(name) for name in package.namelist())


def _words_within(data: bytes) -> bytes:
    """Return what the parts of a package say, and of the packages in it."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return b"".join(_words_within(package.read(name)) for name in package.namelist())


def _file(folder: Path, data: bytes, media_type: str) -> Path:
    path = folder / f"fil{media_types.SUFFIXES[media_type]}"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", sorted(name for name in _CUT if name != "rich text: object"))
def test_what_would_be_fetched_is_gone(name: str, tmp_path: Path) -> None:
    data, media_type = _CUT[name]
    path = _file(tmp_path, data, media_type)
    assert cut(path)
    words = _words(path)
    assert b"hej" in words
    assert list(tmp_path.iterdir()) == [path]
    names = rb"(PRIVATE[^\"]*\"|\\\*\\nothing |noName\}\{\\sv )"
    assert _ADDRESS.encode() not in re.sub(names + re.escape(_ADDRESS.encode()), b"", words)
    assert not cut(path), "once is enough"


def test_links_that_a_reader_follows_stay(tmp_path: Path) -> None:
    links = (
        b'<text:p><text:a xlink:href="file:///a">hej</text:a><draw:image xlink:href="Pictures/a.png"/>'
        b'<draw:object xlink:href="./Object 1"/><draw:image xlink:href="../a.png"/></text:p>'
    )
    path = _file(tmp_path, open_document(media_types.ODT, links), media_types.ODT)
    assert cut(path)
    words = _words(path)
    for kept in (b'"file:///a"', b'"Pictures/a.png"', b'"./Object 1"'):
        assert kept in words
    assert b"../a.png" not in words


def test_hyperlink_of_a_deck_stays(tmp_path: Path) -> None:
    data, media_type = referring_files("https://example.se")["deck with outside parts"]
    path = _file(tmp_path, data, media_type)
    assert cut(path)
    assert b"https://example.se/hyperlink" in _words(path)
    assert b"https://example.se/image" not in _words(path)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("blad.xlsx", workbook(_ADDRESS)),
        ("blad.ods", open_sheet(_ADDRESS)),
        ("bilder.pptx", deck_with_workbook(_ADDRESS)),
    ],
)
def test_sheets_lead_nowhere_and_keep_their_values(name: str, data: bytes, tmp_path: Path) -> None:
    assert _words_within(data).count(_ADDRESS.encode()) >= 5
    path = tmp_path / name
    path.write_bytes(data)
    assert cut(path)
    words = _words_within(path.read_bytes())
    assert _ADDRESS.encode() not in words
    assert b"WEBSERVICE" not in words
    assert b"[1]" not in words
    for kept in (b"hej", b"71", b"72", b"73", b"SUM("):
        assert kept in words
    assert not cut(path), "once is enough"


def test_what_lies_in_a_deck_and_is_no_package_stays(tmp_path: Path) -> None:
    data = with_member(deck_of_titles("hej"), "ppt/embeddings/blad.xlsx", b"PK no package")
    path = _file(tmp_path, data, media_types.PPTX)
    assert not cut(path)
    assert path.read_bytes() == data


@pytest.mark.parametrize("suffix", [".pptx", ".odt", ".docx", ".rtf", ".doc", ".xlsx", ".ods"])
@pytest.mark.parametrize("data", [b"", b"PK\3\4 no package", b"hej"])
def test_file_that_cannot_be_cut_stays_as_it_is(suffix: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"fil{suffix}"
    path.write_bytes(data)
    try_to_cut(path)
    assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


def test_file_that_refers_to_nothing_is_not_written_anew(tmp_path: Path) -> None:
    data = document(paragraph("INCLUDETEXT i en mening, och LINK"))
    path = _file(tmp_path, data, media_types.DOCX)
    assert not cut(path)
    assert path.read_bytes() == data


def test_cut_in_a_process_of_its_own(tmp_path: Path) -> None:
    data, media_type = _CUT["slide: picture"]
    path = _file(tmp_path, data, media_type)
    cut_confined(path, 60, 60, 2 * 1024**3)
    assert _ADDRESS.encode() not in _words(path)
    assert b"hej" in _words(path)
