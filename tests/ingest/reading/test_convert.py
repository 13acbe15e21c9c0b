from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from archive.errors import FileRejected, PartMissing, PictureError
from archive.ingest.filetypes.media_types import (
    DOC,
    DOCX,
    HTML,
    JPEG,
    KEY,
    ODP,
    ODT,
    PDF,
    PNG,
    POWERPOINT,
    PPT,
    PPTX,
    RTF,
    TEXT,
)
from archive.ingest.libreoffice.office import Office
from archive.ingest.reading.convert import drawable, read_original, readable
from archive.ingest.reading.draw_pages import draw_pages
from archive.ingest.reading.limits import draw_limits, extract_limits
from archive.ingest.sandbox.base import Sandbox
from archive.ingest.sandbox.open_sandbox import open_sandbox
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import BlockField
from archive.settings.sections import PictureSettings
from archive.settings.settings import Settings
from tests.ingest.extractors.decks import deck_of_titles, rich_deck
from tests.ingest.extractors.pdfs import pdf
from tests.ingest.extractors.texts_of_word import document, paragraph
from tests.ingest.libreoffice.samples_of_office import needs_office, sample

pytestmark = pytest.mark.long

SETTINGS = Settings()
LIMITS = extract_limits(SETTINGS)
_JUNK = b"PK\x03\x04" + b"\x9b\x01" * 500
_ZIP_END = b"PK\x05\x06" + bytes(18)
DOCUMENT_KINDS = [("doc", DOC), ("odt", ODT), ("rtf", RTF), ("docx", DOCX)]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with Office(SETTINGS.pictures, tmp_path_factory.mktemp("office")) as opened:
        yield opened


@pytest.fixture(scope="module")
def no_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(PictureSettings(office_command="none"), tmp_path_factory.mktemp("none"))


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    opened = open_sandbox("auto")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def read_once(
    tmp_path_factory: pytest.TempPathFactory, office: Office, sandbox: Sandbox
) -> Callable[[str, str], Extraction]:
    """Read a sample with LibreOffice, each but once."""

    @cache
    def read(kind: str, media_type: str) -> Extraction:
        folder = tmp_path_factory.mktemp(f"read {kind}")
        original = write(folder / "original", sample(kind))
        return read_original(sandbox, original, media_type, folder, office, LIMITS)

    return read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "private"
    made.mkdir()
    return made


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def page_count(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def words(extraction: Extraction) -> set[str]:
    return {word for page in extraction.pages for block in page.blocks for word in block.text.split()}


@pytest.mark.parametrize("media_type", [PDF, KEY, PNG, JPEG, HTML, TEXT, *sorted(POWERPOINT)])
def test_what_has_a_reader_is_read_as_it_is(tmp_path: Path, no_office: Office, media_type: str) -> None:
    original = write(tmp_path / "original", b"x")
    found = readable(original, media_type, tmp_path, no_office)
    assert (found.path, found.media_type, found.engine) == (original, media_type, "")


@needs_office
@pytest.mark.parametrize(("kind", "media_type"), [("ppt", PPT), ("odp", ODP)])
def test_old_deck_is_read_with_titles_notes_hidden_slides_and_tables(
    read_once: Callable[[str, str], Extraction], kind: str, media_type: str
) -> None:
    extraction = read_once(kind, media_type)
    assert extraction.category is Outcome.OK
    assert [page.title for page in extraction.pages] == ["Hållbart resande", "", "", ""]
    assert [page.hidden for page in extraction.pages] == [False, True, False, False]
    notes = [block.text for block in extraction.pages[0].blocks if block.field is BlockField.NOTES]
    assert notes == ["Säg något om kostnaden."]
    (table,) = [block for block in extraction.pages[2].blocks if block.field is BlockField.TABLE]
    assert table.rows[1] == ("Gävleborg", "12")
    assert {"djupt", "vänster", "Resor", "2023", "Buss"} <= words(extraction)
    assert extraction.engine.startswith("libreoffice, ")


@needs_office
@pytest.mark.parametrize(("kind", "media_type"), [("ppt", PPT), ("odp", ODP), *DOCUMENT_KINDS])
def test_as_many_pages_are_drawn_as_are_read(
    tmp_path: Path,
    folder: Path,
    office: Office,
    read_once: Callable[[str, str], Extraction],
    kind: str,
    media_type: str,
) -> None:
    original = write(tmp_path / "original", sample(kind))
    extraction = read_once(kind, media_type)
    found = drawable(original, media_type, folder, office)
    assert found.media_type == PDF
    assert page_count(found.path) == len(extraction.pages)


@needs_office
def test_hidden_slides_of_a_deck_are_drawn(tmp_path: Path, folder: Path, office: Office) -> None:
    original = write(tmp_path / "original", rich_deck())
    assert page_count(drawable(original, PPTX, folder, office).path) == 4


@needs_office
@pytest.mark.parametrize(("kind", "media_type"), DOCUMENT_KINDS)
def test_document_is_read_in_its_pages(
    read_once: Callable[[str, str], Extraction], kind: str, media_type: str
) -> None:
    extraction = read_once(kind, media_type)
    assert extraction.category is Outcome.OK
    assert len(extraction.pages) == 2
    assert extraction.pages[0].title == "Regional utveckling"
    assert {"Gävle.", "punkt", "Resor", "12"} <= words(Extraction(Outcome.OK, extraction.pages[:1]))
    assert {"Söderhamn."} <= words(Extraction(Outcome.OK, extraction.pages[1:]))


@needs_office
def test_comments_of_a_word_document_are_kept_beside_its_pages(
    tmp_path: Path, folder: Path, office: Office, sandbox: Sandbox
) -> None:
    comment = f"<w:comment w:id='0' w:author='Åsa'>{paragraph('Stämmer detta?')}</w:comment>"
    original = write(tmp_path / "original", document(paragraph("Brödtext"), {"comments.xml": comment}))
    extraction = read_original(sandbox, original, DOCX, folder, office, LIMITS)
    found = [
        block.text for page in extraction.pages for block in page.blocks if block.field is BlockField.COMMENT
    ]
    assert found == ["Åsa\nStämmer detta?"]
    assert "Brödtext" in words(extraction)


@needs_office
@pytest.mark.parametrize(
    ("kind", "media_type", "word"),
    [
        ("docx", DOCX, "Söderhamn."),
        ("ppt", PPT, "Hållbart"),
        ("odp", ODP, "Hållbart"),
        ("odt", ODT, "Söderhamn."),
    ],
)
def test_without_libreoffice_most_formats_are_read_all_the_same(
    tmp_path: Path,
    folder: Path,
    no_office: Office,
    sandbox: Sandbox,
    kind: str,
    media_type: str,
    word: str,
) -> None:
    original = write(tmp_path / "original", sample(kind))
    extraction = read_original(sandbox, original, media_type, folder, no_office, LIMITS)
    assert extraction.category is Outcome.OK
    assert word in words(extraction)
    assert not extraction.engine.startswith("libreoffice")


@pytest.mark.parametrize("media_type", [DOC, RTF])
def test_without_libreoffice_other_formats_say_what_is_missing(
    tmp_path: Path, folder: Path, no_office: Office, sandbox: Sandbox, media_type: str
) -> None:
    original = write(tmp_path / "original", b"x")
    with pytest.raises(PartMissing):
        readable(original, media_type, folder, no_office)
    extraction = read_original(sandbox, original, media_type, folder, no_office, LIMITS)
    assert extraction.category is Outcome.UNSUPPORTED_TYPE
    assert "LibreOffice is not installed" in extraction.message


@needs_office
@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (_JUNK, ODP),
        (_JUNK, PPT),
        (_JUNK, DOCX),
        (_JUNK, ODT),
        (_JUNK + _ZIP_END, ODP),
        (_JUNK + _ZIP_END, ODT),
    ],
    ids=["cut odp", "cut ppt", "cut docx", "cut odt", "whole odp", "whole odt"],
)
def test_file_that_nothing_can_read_is_damaged(
    tmp_path: Path, folder: Path, office: Office, sandbox: Sandbox, data: bytes, media_type: str
) -> None:
    original = write(tmp_path / "original", data)
    extraction = read_original(sandbox, original, media_type, folder, office, LIMITS)
    assert extraction.category is Outcome.DAMAGED
    assert extraction.message
    with pytest.raises(PictureError):
        drawable(original, media_type, folder, office)


@needs_office
@pytest.mark.parametrize(("kind", "media_type"), [("odp", ODP), ("odt", ODT), ("ppt", PPT), ("docx", DOCX)])
def test_file_cut_in_half_is_damaged_and_not_empty(
    tmp_path: Path, folder: Path, office: Office, sandbox: Sandbox, kind: str, media_type: str
) -> None:
    whole = sample(kind)
    original = write(tmp_path / "original", whole[: len(whole) // 2])
    extraction = read_original(sandbox, original, media_type, folder, office, LIMITS)
    assert extraction.category is Outcome.DAMAGED


@needs_office
def test_locked_document_asks_for_its_password(tmp_path: Path, folder: Path, office: Office) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain, locked = write(tmp_path / "öppen", deck_of_titles("Ett")), tmp_path / "låst"
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("hemligt", target)
    with pytest.raises(PictureError, match="password"):
        drawable(locked, PPTX, folder, office)
    with pytest.raises(FileRejected) as told:
        readable(locked, ODP, folder, office)
    assert told.value.category is Outcome.PASSWORD
    assert page_count(drawable(locked, PPTX, folder, office, "hemligt").path) == 1


@pytest.mark.parametrize("media_type", [HTML, TEXT])
def test_text_has_nothing_to_draw(tmp_path: Path, folder: Path, no_office: Office, media_type: str) -> None:
    with pytest.raises(PictureError, match="no pages"):
        drawable(write(tmp_path / "original", b"x"), media_type, folder, no_office)


@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_what_can_be_drawn_is_drawn_as_it_is(
    tmp_path: Path, folder: Path, no_office: Office, sandbox: Sandbox, kind: str
) -> None:
    data, media_type = (pdf([[("Ord", 70, 700, 20)]]), PDF) if kind == "pdf" else (_png(), PNG)
    original = write(tmp_path / "original", data)
    found = drawable(original, media_type, folder, no_office)
    limits, settings = draw_limits(SETTINGS), SETTINGS.pictures
    with draw_pages(sandbox, found, limits, settings) as pages:
        drawn = list(pages)
    assert [each.number for each in drawn] == [1]


def _png() -> bytes:
    from io import BytesIO

    from PIL import Image

    buffer = BytesIO()
    Image.new("RGB", (300, 200), "white").save(buffer, "PNG")
    return buffer.getvalue()
