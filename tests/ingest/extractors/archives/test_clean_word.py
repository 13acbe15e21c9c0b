"""A clean copy of a Word document: nothing of staff's in any byte of it, and all that everybody may see."""

import io
import zipfile
from collections.abc import Sequence

import pytest

from archive.ingest.extractors.archives.clean_word import WordCleaner
from archive.ingest.extractors.archives.frames import Chunk
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.word.reader import DocxExtractor
from archive.ingest.reading.clean_copy import shows_the_same
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import BlockField, Page
from tests.ingest.extractors.packages import zipped
from tests.ingest.extractors.texts_of_word import STYLES, document, paragraph

SECRET = "hemlighet"
LIMITS = ReadLimits(pages_max=20_000, page_text_max_chars=1_000_000)
_BY = f'w:author="{SECRET}1" w:date="2024-01-01T00:00:00Z" w:id="1"'


def _field(code: str, shown: str) -> str:
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    instruction = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return f"<w:p>{begin}{instruction}{separate}<w:r><w:t>{shown}</w:t></w:r>{end}</w:p>"


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


BODY = "".join(
    (
        f'<!-- {SECRET}2 --><w:p w:rsidR="{SECRET}3"><w:pPr><w:pStyle w:val="Rubrik1"/>'
        f"<w:rPr><w:ins {_BY}/></w:rPr><w:pPrChange {_BY}><w:pPr/></w:pPrChange></w:pPr>"
        f"{_run('Malmen')}</w:p>",
        f"<w:p><w:del {_BY}><w:r><w:delText>{SECRET}4</w:delText></w:r></w:del>"
        f"<w:ins {_BY}>{_run('tillagd')}</w:ins>{_run(SECRET + '5', '<w:vanish/>')}{_run(' text')}</w:p>",
        f"<w:p><w:moveFrom {_BY}>{_run(SECRET + '6')}</w:moveFrom>"
        f"<w:moveTo {_BY}>{_run('flyttad')}</w:moveTo>"
        f'<w:commentRangeStart w:id="0"/>{_run("utpekad")}<w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>',
        _field(rf'INCLUDETEXT "C:\\Users\\{SECRET}7\\fil.docx"', "hämtad text"),
        _field("PAGE", "3"),
        _field('HYPERLINK "https://example.org/"', "en länk"),
        f'<w:p><w:hyperlink r:id="r5">{_run("till filen")}</w:hyperlink></w:p>',
        f'<w:p><w:r><w:object><v:shape alt="bild"/><OLEObject r:id="r6" ProgID="{SECRET}8"/>'
        "</w:object></w:r></w:p>",
        f'<w:sdt><w:sdtPr><w:alias w:val="{SECRET}9"/><w:tag w:val="{SECRET}10"/>'
        f'<w:dataBinding w:xpath="{SECRET}11"/></w:sdtPr>'
        f"<w:sdtContent>{paragraph('i rutan')}</w:sdtContent></w:sdt>",
        "<w:tbl><w:tr><w:tc>" + paragraph("cell") + "</w:tc></w:tr>"
        f"<w:tr><w:trPr><w:del {_BY}/></w:trPr><w:tc>{paragraph('')}</w:tc></w:tr></w:tbl>",
    )
)
PARTS = {
    "styles.xml": STYLES,
    "comments.xml": f'<w:comment w:id="0" w:author="{SECRET}12">{paragraph(SECRET + "13")}</w:comment>',
    "header1.xml": paragraph("Sidhuvud"),
    "footnotes.xml": f'<w:footnote w:id="2">{paragraph("En fotnot")}</w:footnote>',
    "settings.xml": f'<w:attachedTemplate r:id="{SECRET}14"/><w:docVars>{SECRET}15</w:docVars>'
    "<w:evenAndOddHeaders/>",
    "hyperlink.xml": SECRET + "16",
    "oleObject1.xml": SECRET + "17",
}
_MORE = {
    "docProps/core.xml": f"<a>{SECRET}18</a>",
    "docProps/thumbnail.jpeg": SECRET + "19",
    "customXml/item1.xml": f"<a>{SECRET}20</a>",
    "word/vbaProject.bin": SECRET + "21",
}


def full_document() -> bytes:
    """Return a document that has everything that is for staff."""
    given = document(BODY, PARTS)
    with zipfile.ZipFile(io.BytesIO(given)) as package:
        kept = {name: package.read(name) for name in package.namelist()}
    settings = kept["word/settings.xml"].replace(b"w:part", b"w:settings")
    types = kept["[Content_Types].xml"].replace(
        b"</Types>", b'<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    return zipped({**kept, "word/settings.xml": settings, "[Content_Types].xml": types, **_MORE})


def cleaned(given: bytes) -> bytes:
    """Return a copy of a document, b"" where none was made."""
    records = list(WordCleaner().cut(io.BytesIO(given), LIMITS, {"0": 1}, ()))
    (finish,) = (one for one in records if isinstance(one, Finish))
    data = b"".join(one.data for one in records if isinstance(one, Chunk))
    assert (finish.category is Outcome.OK) is bool(data)
    return data


def read(given: bytes) -> Extraction:
    records: Sequence[Page | Finish] = list(DocxExtractor().extract(io.BytesIO(given), LIMITS))
    (finish,) = (one for one in records if isinstance(one, Finish))
    found = tuple(one for one in records if isinstance(one, Page))
    return Extraction(finish.category, found, "docx", properties=dict(finish.properties))


@pytest.fixture(scope="module")
def copy() -> bytes:
    return cleaned(full_document())


def members(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_document_of_the_test_has_the_words_that_are_looked_for() -> None:
    everything = b"".join(members(full_document()).values()).decode()
    assert [number for number in range(1, 22) if f"{SECRET}{number}" not in everything] == []


def test_no_part_of_the_copy_has_a_word_of_staffs(copy: bytes) -> None:
    found = members(copy)
    assert [name for name, data in found.items() if SECRET.encode() in data] == []
    kinds = ("comment", "embed", "ole", "docProps", "customXml", "thumbnail", "vba")
    assert [name for name in found if any(kind in name for kind in kinds)] == []


def test_copy_shows_what_the_document_shows(copy: bytes) -> None:
    original, again = read(full_document()), read(copy)
    assert shows_the_same(again, original.pages)
    words = " ".join(block.text for page in again.pages for block in page.blocks)
    shown = (
        "tillagd",
        "flyttad",
        "utpekad",
        "hämtad",
        "länk",
        "filen",
        "rutan",
        "cell",
        "Sidhuvud",
        "fotnot",
    )
    assert [word for word in shown if word not in words] == []
    fields = {block.field for page in again.pages for block in page.blocks}
    assert BlockField.COMMENT in {block.field for page in original.pages for block in page.blocks}
    assert BlockField.COMMENT not in fields


def test_links_to_the_web_and_fields_of_pages_stay(copy: bytes) -> None:
    text = members(copy)["word/document.xml"].decode()
    assert "PAGE" in text
    assert "https://example.org/" in text
    assert "INCLUDETEXT" not in text
    assert "evenAndOddHeaders" in members(copy)["word/settings.xml"].decode()


def test_document_whose_styles_hide_text_has_no_copy() -> None:
    styles = STYLES.replace('<w:name w:val="Egen"/>', '<w:name w:val="Egen"/><w:rPr><w:vanish/></w:rPr>')
    given = document(paragraph("Malm"), {"styles.xml": styles})
    assert cleaned(given) == b""


@pytest.mark.parametrize("given", [b"", b"PK\x03\x04" * 9, zipped({"a": b"b"})])
def test_what_is_no_document_has_no_copy(given: bytes) -> None:
    assert cleaned(given) == b""
