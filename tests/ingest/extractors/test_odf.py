import pytest

from archive.ingest.extractors.base import ReadLimits
from archive.ingest.extractors.odf import OdfExtractor
from archive.model.extraction import Outcome
from archive.model.pages import BlockField, Page
from tests.ingest.extractors.extraction import read, texts
from tests.ingest.extractors.packages import zipped
from tests.ingest.libreoffice.samples_of_office import needs_office, sample

_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "draw", "table", "presentation", "style", "manifest")
)


def document(body: str, manifest: str = "") -> bytes:
    content = (
        f"<office:document-content {_NAMESPACES}><office:body>{body}</office:body></office:document-content>"
    )
    members = {"content.xml": content}
    if manifest:
        members["META-INF/manifest.xml"] = f"<manifest:manifest {_NAMESPACES}>{manifest}</manifest:manifest>"
    return zipped(members)


def one_page(body: str) -> Page:
    (page,), finish = read(OdfExtractor(), document(body))
    assert finish.category is Outcome.OK
    return page


@needs_office
def test_slides_are_read_with_titles_notes_hidden_ones_and_tables() -> None:
    pages, finish = read(OdfExtractor(), sample("odp"))
    assert (finish.category, len(pages)) == (Outcome.OK, 4)
    assert pages[0].title == "Hållbart resande"
    assert texts(pages[0], BlockField.BODY) == ["Buss och tåg\nGävle–Söderhamn"]
    assert texts(pages[0], BlockField.NOTES) == ["Säg något om kostnaden."]
    assert [page.hidden for page in pages] == [False, True, False, False]
    assert "djupt i grupp" in "\n".join(texts(pages[1], BlockField.BOX))
    (table,) = [block for block in pages[2].blocks if block.field is BlockField.TABLE]
    assert table.rows[:2] == (("Län", "Resor"), ("Gävleborg", "12"))
    assert finish.properties["title"] == "Kollektivtrafik i Gävleborg"


@needs_office
def test_text_is_read_with_headings_lists_and_tables() -> None:
    pages, finish = read(OdfExtractor(), sample("odt"))
    assert finish.category is Outcome.OK
    assert pages[0].title == "Regional utveckling"
    lines = [line for block in pages[0].blocks if block.field is BlockField.BODY for line in block.paragraphs]
    assert [(line.text, line.bullet) for line in lines] == [
        ("Första stycket om Gävle.", False),
        ("en punkt", True),
        ("Andra sidan om Söderhamn.", False),
    ]
    (table,) = [block for block in pages[0].blocks if block.field is BlockField.TABLE]
    assert table.rows == (("Län", "Resor"), ("Gävleborg", "12"))


def test_spaces_tabs_and_spans_are_kept_and_comments_left_out() -> None:
    page = one_page(
        "<office:text><text:p>Ett<text:s/>två<text:tab/><text:span>tre<office:annotation><text:p>nej</text:p>"
        "</office:annotation></text:span> fyra</text:p></office:text>"
    )
    assert texts(page, BlockField.BODY) == ["Ett två\ttre fyra"]


def test_frame_in_a_paragraph_is_a_box() -> None:
    frame = "<draw:frame><draw:text-box><text:p>i rutan</text:p></draw:text-box></draw:frame>"
    page = one_page(f"<office:text><text:p>före {frame}efter</text:p></office:text>")
    assert texts(page, BlockField.BODY) == ["före efter"]
    assert texts(page, BlockField.BOX) == ["i rutan"]


def test_hidden_section_is_for_staff() -> None:
    page = one_page(
        "<office:text><text:section text:display='none'><text:p>hemligt</text:p></text:section>"
        "<text:section text:display='true'><text:p>synligt<text:hidden-text>dolt</text:hidden-text></text:p>"
        "</text:section></office:text>"
    )
    assert texts(page, BlockField.BODY) == ["synligt"]
    assert texts(page, BlockField.COMMENT) == ["hemligt"]


def test_deleted_text_is_not_read() -> None:
    page = one_page(
        "<office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>struket</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes><text:p>kvar</text:p></office:text>"
    )
    assert texts(page, BlockField.BODY) == ["kvar"]


def test_locked_file_asks_for_its_password() -> None:
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    _, finish = read(OdfExtractor(), document("", manifest))
    assert finish.category is Outcome.PASSWORD


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", document("<a/>")[:100], zipped({"annat.xml": ""}), zipped({"content.xml": "nej"})],
)
def test_file_that_is_not_whole_is_damaged(data: bytes) -> None:
    pages, finish = read(OdfExtractor(), data)
    assert (pages, finish.category) == ([], Outcome.DAMAGED)
    assert "LibreOffice" in finish.message


def test_bomb_is_stopped() -> None:
    data = document(f"<office:text><text:p>{'a' * 3_000_000}</text:p></office:text>")
    _, finish = read(OdfExtractor(), data, ReadLimits(10, 100_000, unpacked_max_bytes=1_000_000))
    assert finish.category is Outcome.RESOURCE_LIMIT
