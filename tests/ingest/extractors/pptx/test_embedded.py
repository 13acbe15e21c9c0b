import io
import zipfile

import pytest
from pptx import Presentation

from archive.ingest.extractors.base import ReadLimits
from archive.ingest.extractors.pptx.embedded import UNREAD
from archive.ingest.extractors.pptx.reader import PptxExtractor
from archive.model.extraction import Outcome
from archive.model.pages import BlockField
from tests.ingest.extractors.decks import (
    BLANK,
    OFFICE,
    add_box,
    deck_of_titles,
    related,
    rich_deck,
    saved,
    with_member,
)
from tests.ingest.extractors.extraction import LIMITS, read, texts

SLIDE = "ppt/slides/slide1.xml"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _zipped(members: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in members.items():
            package.writestr(name, text)
    return buffer.getvalue()


def _workbook(cells: str, sheet: str = "Budget", strings: str = "") -> bytes:
    relation = f'<Relationship Id="rId1" Type="{OFFICE}worksheet" Target="worksheets/sheet1.xml"/>'
    members = {
        "xl/workbook.xml": (
            f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets><sheet name="{sheet}" r:id="rId1"/></sheets>'
            "</workbook>"
        ),
        "xl/_rels/workbook.xml.rels": f"<Relationships>{relation}</Relationships>",
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{_S}"><sheetData><row>{cells}</row></sheetData></worksheet>'
        ),
    }
    return _zipped(members | ({"xl/sharedStrings.xml": strings} if strings else {}))


def _document(text: str) -> bytes:
    def paragraph(inside: str) -> str:
        return f"<w:p><w:r>{inside}</w:r></w:p>"

    body = paragraph(f"<w:t>{text}</w:t><w:tab/><w:t>efter</w:t>") + paragraph("")
    return _zipped({"word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'})


def _holding(data: bytes, kind: str = "package", name: str = "file1.xlsx") -> bytes:
    deck = related(deck_of_titles("A", "B"), SLIDE, OFFICE + kind, f"../embeddings/{name}")
    return with_member(deck, f"ppt/embeddings/{name}", data)


def _embedded(deck: bytes, limits: ReadLimits = LIMITS) -> list[str]:
    pages, _ = read(PptxExtractor(), deck, limits)
    return texts(pages[0], BlockField.EMBEDDED)


def test_sheet_is_read_by_rows_with_its_name() -> None:
    strings = f'<sst xmlns="{_S}"><si><t>Lön</t></si><si><r><t>Res</t></r><r><t>or</t></r></si></sst>'
    cells = (
        '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c><v>4.2999999999999998</v></c>'
        '<c t="inlineStr"><is><t>Övrigt</t></is></c><c t="str"><v>ja</v></c><c t="s"><v>99</v></c>'
    )
    assert _embedded(_holding(_workbook(cells, strings=strings))) == ["Budget\nLön\tResor\t4.3\tÖvrigt\tja\t"]


def test_name_that_a_program_gave_a_sheet_is_left_out() -> None:
    workbook = _workbook('<c t="str"><v>ord</v></c>', sheet="Blad1")
    assert _embedded(_holding(workbook)) == ["ord"]


def test_text_document_is_read() -> None:
    assert _embedded(_holding(_document("Avtal"), name="file1.docx")) == ["Avtal\tefter"]


def test_deck_is_read_one_level_deep_without_notes_and_comments() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[BLANK])
    add_box(slide.shapes, "Inre ord", 10, 10)
    slide.notes_slide.notes_text_frame.text = "bara för talaren"
    inner = related(saved(presentation), SLIDE, OFFICE + "package", "../embeddings/deepest.docx")
    inner = with_member(inner, "ppt/embeddings/deepest.docx", _document("För djupt"))
    assert _embedded(_holding(inner, name="file1.pptx")) == ["Inre ord"]


def test_file_used_twice_is_read_once() -> None:
    deck = _holding(_document("Avtal"))
    deck = related(deck, "ppt/slides/slide2.xml", OFFICE + "package", "../embeddings/file1.xlsx")
    pages, _ = read(PptxExtractor(), deck)
    assert [len(texts(page, BlockField.EMBEDDED)) for page in pages] == [1, 0]


def test_workbook_behind_a_chart_does_not_repeat_the_chart() -> None:
    pages, _ = read(PptxExtractor(), rich_deck())
    assert texts(pages[3], BlockField.CHART)
    assert texts(pages[3], BlockField.EMBEDDED) == []


def test_words_of_a_chart_workbook_that_the_chart_does_not_show_are_read() -> None:
    workbook = _workbook('<c t="str"><v>Buss</v></c><c t="str"><v>Källa: SCB</v></c><c><v>5</v></c>')
    with zipfile.ZipFile(io.BytesIO(rich_deck())) as package:
        name = next(each for each in package.namelist() if each.startswith("ppt/embeddings/"))
    pages, _ = read(PptxExtractor(), with_member(rich_deck(), name, workbook))
    assert texts(pages[3], BlockField.EMBEDDED) == ["Källa: SCB"]


def test_package_in_an_ole_object_is_read() -> None:
    assert _embedded(_holding(_ole("Package", _document("Avtal")), "oleObject", "oleObject1.bin")) == [
        "Avtal\tefter"
    ]


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04 not a zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Package".ljust(600), b"%PDF-1.7"],
    ids=["empty", "zip", "ole", "other"],
)
def test_embedded_file_that_cannot_be_read_costs_nothing_else(data: bytes) -> None:
    pages, finish = read(PptxExtractor(), _holding(data))
    assert [page.title for page in pages] == ["A", "B"]
    assert finish.category in (Outcome.OK, Outcome.OK_PARTIAL)
    assert (UNREAD in pages[0].blocks) is (data != b"")


def test_staff_are_told_of_files_in_embedded_files_but_not_of_formulas() -> None:
    inner = with_member(deck_of_titles("Inre"), "ppt/embeddings/deepest.docx", _document("För djupt"))
    pages, _ = read(PptxExtractor(), _holding(inner, name="file1.pptx"))
    assert UNREAD in pages[0].blocks
    formula = _ole("Equation Native", b"x = y")
    pages, _ = read(PptxExtractor(), _holding(formula, "oleObject", "oleObject1.bin"))
    assert UNREAD not in pages[0].blocks


def test_embedded_bomb_costs_no_slide_and_is_said() -> None:
    bomb = _zipped({"word/document.xml": " " * 3_000_000})
    limits = ReadLimits(10, 10_000, unpacked_max_bytes=4_000_000)
    pages, finish = read(PptxExtractor(), _holding(bomb), limits)
    assert [page.title for page in pages] == ["A", "B"]
    assert finish.category is Outcome.OK_PARTIAL
    assert finish.message == "Slide 1 could not be read whole."


def _ole(stream: str, data: bytes) -> bytes:
    """Return the smallest OLE container ([MS-CFB]) with one stream: FAT, directory, then the stream."""
    data = data.ljust(4096, b"\0") if len(data) < 4096 else data
    sectors = -(-len(data) // 512)
    numbers = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    fat = b"".join(number.to_bytes(4, "little") for number in numbers).ljust(512, b"\xff")
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + bytes.fromhex("3e000300feff09000600") + bytes(6)
    ) + b"".join(n.to_bytes(4, "little") for n in (0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0))
    header = header.ljust(512, b"\xff")

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le") + b"\0\0"
        fixed = text.ljust(64, b"\0") + len(text).to_bytes(2, "little") + bytes([kind, 1])
        links = b"\xff" * 8 + child.to_bytes(4, "little") + bytes(36)
        return fixed + links + start.to_bytes(4, "little") + size.to_bytes(8, "little")

    root = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    directory = (root + entry(stream, 2, 0xFFFFFFFF, 2, len(data))).ljust(512, b"\0")
    return header + fat + directory + data.ljust(sectors * 512, b"\0")


def test_hidden_slides_and_notes_of_an_embedded_deck_are_for_staff() -> None:
    presentation = Presentation()
    for text in ("Synlig", "Dold"):
        slide = presentation.slides.add_slide(presentation.slide_layouts[BLANK])
        add_box(slide.shapes, text, 10, 10)
    slide._element.set("show", "0")
    slide.notes_slide.notes_text_frame.text = "Att säga"
    (page, _), _ = read(PptxExtractor(), _holding(saved(presentation), name="file1.pptx"))
    assert texts(page, BlockField.EMBEDDED) == ["Synlig"]
    assert texts(page, BlockField.NOTES) == ["Dold\nAtt säga"]


def _sheet_of(inside: str, state: str = "") -> bytes:
    """Return a workbook with one sheet."""
    relation = f'<Relationship Id="rId1" Type="{OFFICE}worksheet" Target="worksheets/sheet1.xml"/>'
    return _zipped(
        {
            "xl/workbook.xml": f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets>'
            f'<sheet name="Budget" r:id="rId1" {state}/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{relation}</Relationships>",
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_S}">{inside}</worksheet>',
        }
    )


def _cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_hidden_rows_and_columns_of_an_embedded_workbook_are_for_staff() -> None:
    rows = "".join(
        f"<row{hidden}>"
        + "".join(
            _cell(f"{at}{n}", f"{text} {n}") for at, text in (("A", "post"), ("B", "lön"), ("AC", "summa"))
        )
        + "</row>"
        for n, hidden in ((1, ""), (2, ' hidden="1"'))
    )
    columns = '<cols><col min="1" max="1"/><col min="2" max="28" hidden="1"/></cols>'
    (page, _), _ = read(PptxExtractor(), _holding(_sheet_of(f"{columns}<sheetData>{rows}</sheetData>")))
    assert texts(page, BlockField.EMBEDDED) == ["Budget\npost 1\tsumma 1"]
    assert texts(page, BlockField.NOTES) == ["lön 1\npost 2\tlön 2\tsumma 2"]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheet_of_an_embedded_workbook_is_for_staff(state: str) -> None:
    sheet = _sheet_of(f"<sheetData><row>{_cell('A1', 'lön')}</row></sheetData>", f'state="{state}"')
    (page, _), _ = read(PptxExtractor(), _holding(sheet))
    assert texts(page, BlockField.EMBEDDED) == []
    assert texts(page, BlockField.NOTES) == ["Budget\nlön"]


def test_hidden_text_of_an_embedded_document_is_for_staff() -> None:
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>lön</w:t></w:r><w:r><w:t>post</w:t></w:r></w:p>"
    data = _zipped(
        {"word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{hidden}</w:body></w:document>'}
    )
    (page, _), _ = read(PptxExtractor(), _holding(data, name="file1.docx"))
    assert texts(page, BlockField.EMBEDDED) == ["post"]
    assert texts(page, BlockField.NOTES) == ["lön"]
