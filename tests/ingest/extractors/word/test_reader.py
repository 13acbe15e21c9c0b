import pytest

from archive.ingest.extractors.base import ReadLimits
from archive.ingest.extractors.ooxml.word_text import STILL_THERE
from archive.ingest.extractors.word.reader import DocxExtractor
from archive.model.extraction import Outcome
from archive.model.pages import BlockField, Page
from tests.ingest.extractors.extraction import read, texts
from tests.ingest.extractors.packages import zipped
from tests.ingest.extractors.texts_of_word import PAGE_BREAK, STYLES, document, paragraph
from tests.ingest.libreoffice.samples_of_office import needs_office, sample

BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline>"
    "<wp:docPr id='1' name='Ruta' descr='En karta'/>"
    "<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wp:inline></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:shape alt='En karta'><v:textbox><w:txbxContent>{inside}</w:txbxContent>"
    "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
).format(inside=paragraph("i rutan"))


def pages_of(body: str, parts: dict[str, str] | None = None) -> list[Page]:
    pages, finish = read(DocxExtractor(), document(body, parts))
    assert finish.category is Outcome.OK
    return pages


def body_lines(page: Page) -> list[str]:
    return [line for text in texts(page, BlockField.BODY) for line in text.split("\n")]


def test_headings_are_known_by_their_style_or_what_it_is_based_on() -> None:
    (page,) = pages_of(
        paragraph("Rapport", "Egen") + paragraph("Text.") + paragraph("Mer", "Rubrik1"),
        {"styles.xml": STYLES},
    )
    assert page.title == "Rapport"
    assert body_lines(page) == ["Text.", "Mer"]


def test_pages_end_at_breaks_and_where_word_last_showed_them() -> None:
    shown = paragraph("Andra ", extra="<w:r><w:lastRenderedPageBreak/><w:t>Tredje</w:t></w:r>")
    pages = pages_of(paragraph("Första") + PAGE_BREAK + shown)
    assert [body_lines(page) for page in pages] == [["Första"], ["Andra"], ["Tredje"]]


def test_break_that_is_told_twice_ends_one_page() -> None:
    second = (
        "<w:p><w:r><w:br w:type='page'/></w:r><w:r><w:lastRenderedPageBreak/><w:t>Andra</w:t></w:r></w:p>"
    )
    assert [body_lines(page) for page in pages_of(paragraph("Första") + second)] == [["Första"], ["Andra"]]


def test_text_without_breaks_is_dealt_out_to_pages() -> None:
    pages = pages_of("".join(paragraph(f"stycke {number} med några ord") for number in range(400)))
    assert len(pages) > 1
    assert sum(len(body_lines(page)) for page in pages) == 400


def test_table_keeps_its_cells_in_rows() -> None:
    cell = "<w:tc>{}</w:tc>".format
    rows = [("Län", "Resor"), ("Gävleborg", "12")]
    table = "".join("<w:tr>" + "".join(cell(paragraph(text)) for text in row) + "</w:tr>" for row in rows)
    (page,) = pages_of(f"<w:tbl>{table}</w:tbl>")
    (block,) = page.blocks
    assert (block.field, block.rows) == (BlockField.TABLE, tuple(rows))


def test_text_box_and_its_description_are_read_once() -> None:
    (page,) = pages_of(paragraph("Före", extra=BOX))
    assert texts(page, BlockField.BOX) == ["i rutan"]
    assert texts(page, BlockField.ALT_TEXT) == ["En karta"]
    assert body_lines(page) == ["Före"]


def test_lists_have_levels() -> None:
    numbered = "<w:numPr><w:ilvl w:val='{}'/><w:numId w:val='1'/></w:numPr>".format
    (page,) = pages_of(paragraph("ett", properties=numbered(0)) + paragraph("två", properties=numbered(1)))
    (block,) = page.blocks
    assert [(line.text, line.level, line.bullet) for line in block.paragraphs] == [
        ("ett", 0, True),
        ("två", 1, True),
    ]


def test_deleted_text_and_field_codes_are_not_read_but_inserted_text_is() -> None:
    changes = (
        "<w:del><w:r><w:delText>struket</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t> tillagt</w:t></w:r></w:ins><w:r><w:instrText>PAGEREF</w:instrText></w:r>"
    )
    (page,) = pages_of(paragraph("Text", extra=changes))
    assert body_lines(page) == ["Text tillagt"]


def test_links_say_where_they_lead() -> None:
    link = "<w:hyperlink r:id='link'><w:r><w:t>rapporten</w:t></w:r></w:hyperlink>"
    (page,) = pages_of(paragraph("Läs ", extra=link))
    assert body_lines(page) == ["Läs rapporten"]
    assert texts(page, BlockField.LINK) == ["https://example.org/"]


def test_equation_is_read() -> None:
    formula = "<m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath>"
    (page,) = pages_of(paragraph("Formel ", extra=formula))
    assert body_lines(page) == ["Formel E=mc"]


def test_headers_footers_comments_and_notes_have_their_fields() -> None:
    parts = {
        "header1.xml": paragraph("Region Gävleborg"),
        "header2.xml": paragraph("Region Gävleborg"),
        "footer1.xml": paragraph("Sida"),
        "comments.xml": f"<w:comment w:author='Åsa Öberg'>{paragraph('Stämmer detta?')}</w:comment>",
        "footnotes.xml": f"<w:footnote w:type='separator'>{paragraph('-')}</w:footnote>"
        f"<w:footnote>{paragraph('Källa: SCB')}</w:footnote>",
    }
    (page,) = pages_of(paragraph("Text"), parts)
    assert texts(page, BlockField.HEADER) == ["Region Gävleborg"]
    assert texts(page, BlockField.FOOTER) == ["Sida"]
    assert texts(page, BlockField.COMMENT) == ["Åsa Öberg\nStämmer detta?"]
    assert body_lines(page) == ["Text", "Källa: SCB"]


def test_strict_document_is_read() -> None:
    pages, finish = read(DocxExtractor(), document(paragraph("Strikt"), strict=True))
    assert (body_lines(pages[0]), finish.category) == (["Strikt"], Outcome.OK)


@needs_office
def test_document_that_libreoffice_wrote_is_read() -> None:
    pages, finish = read(DocxExtractor(), sample("docx"))
    assert finish.category is Outcome.OK
    assert pages[0].title == "Regional utveckling"
    assert "Första stycket om Gävle." in body_lines(pages[0])
    (table,) = [block for block in pages[0].blocks if block.field is BlockField.TABLE]
    assert table.rows == (("Län", "Resor"), ("Gävleborg", "12"))
    assert round(pages[0].width_pt) in (595, 612)
    assert any("Söderhamn" in line for line in body_lines(pages[-1]))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 och sedan inget",
        document(paragraph("a"))[:200],
        zipped({"annat.xml": "<a/>"}),
        zipped({"word/document.xml": "ingen xml"}),
        zipped({"word/document.xml": "<a/>"}),
    ],
)
def test_document_that_is_not_whole_is_damaged(data: bytes) -> None:
    pages, finish = read(DocxExtractor(), data)
    assert (pages, finish.category) == ([], Outcome.DAMAGED)


def test_bomb_is_stopped() -> None:
    data = document(paragraph("a" * 3_000_000))
    assert len(data) < 50_000
    _, finish = read(DocxExtractor(), data, ReadLimits(10, 100_000, unpacked_max_bytes=1_000_000))
    assert finish.category is Outcome.RESOURCE_LIMIT


def test_entities_are_not_resolved() -> None:
    hostile = '<!DOCTYPE a [<!ENTITY h SYSTEM "file:///etc/hostname"><!ENTITY b "xxxx">]>'
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"<w:document {namespace}><w:body><w:p><w:r><w:t>a&h;&b;</w:t></w:r></w:p></w:body></w:document>"
    pages, _ = read(DocxExtractor(), zipped({"word/document.xml": hostile + body}))
    assert body_lines(pages[0]) == ["a"]


@pytest.mark.parametrize("depth", [50, 500])
def test_what_is_nested_too_deep_is_told(depth: int) -> None:
    deep = "<w:sdt><w:sdtContent>" * depth + paragraph("djupt") + "</w:sdtContent></w:sdt>" * depth
    pages, finish = read(DocxExtractor(), document(paragraph("ytligt") + deep))
    assert "ytligt" in body_lines(pages[0])
    assert finish.category is Outcome.OK_PARTIAL


_CHANGED = (
    "<w:p><w:r><w:t xml:space='preserve'>Budgeten är </w:t></w:r>"
    "<w:del><w:r><w:delText>hemliga fyra</w:delText></w:r></w:del>"
    "<w:ins><w:r><w:t>fem</w:t></w:r></w:ins>"
    "<w:r><w:t xml:space='preserve'> kronor.</w:t></w:r></w:p>"
)


def test_deleted_words_are_left_out_and_staff_are_told_that_the_file_holds_them() -> None:
    (page,) = pages_of(_CHANGED)
    assert body_lines(page) == ["Budgeten är fem kronor."]
    assert not any("hemliga" in block.text for block in page.blocks)
    assert texts(page, BlockField.COMMENT) == [STILL_THERE]
    (unchanged,) = pages_of(_CHANGED.replace("hemliga fyra", " "))
    assert texts(unchanged, BlockField.COMMENT) == []


@pytest.mark.parametrize(("mark", "is_hidden"), [("<w:vanish/>", True), ("<w:vanish w:val='0'/>", False)])
def test_text_that_is_formatted_as_hidden_is_for_staff(mark: str, is_hidden: bool) -> None:
    (page,) = pages_of(
        "<w:p><w:r><w:t xml:space='preserve'>Budgeten är fem</w:t></w:r>"
        f"<w:r><w:rPr>{mark}</w:rPr><w:t xml:space='preserve'> (hemligt)</w:t></w:r></w:p>"
    )
    assert body_lines(page) == ["Budgeten är fem" + ("" if is_hidden else " (hemligt)")]
    assert texts(page, BlockField.COMMENT) == (["(hemligt)"] if is_hidden else [])
