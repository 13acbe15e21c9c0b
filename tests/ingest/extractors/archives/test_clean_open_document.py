"""A clean copy of an OpenDocument file: nothing of staff's in any byte of it, all that everybody may see."""

import io
import zipfile

import pytest

from archive.ingest.extractors.archives.clean_open_document import OpenDocumentCleaner
from archive.ingest.extractors.archives.frames import Chunk
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.odf import OdfExtractor
from archive.ingest.filetypes.media_types import ODP, ODT
from archive.ingest.reading.clean_copy import shows_the_same
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import BlockField, Page
from tests.ingest.extractors.extraction import read, texts
from tests.ingest.extractors.packages import zipped
from tests.ingest.libreoffice.samples_of_office import needs_office, sample

SECRET = "hemlighet"
LIMITS = ReadLimits(pages_max=20_000, page_text_max_chars=1_000_000)
_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "draw", "table", "presentation", "style", "form", "script", "meta")
)
_MORE = (
    f'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" {_NAMESPACES}'
)
_COMMENT = (
    f"<office:annotation><dc:creator>{SECRET}</dc:creator><text:p>{SECRET}</text:p></office:annotation>"
)
_PICTURE = '<draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame>'
_SLIDES = f"""<office:scripts>{SECRET}</office:scripts>
<office:automatic-styles><style:style style:name="gone"><style:drawing-page-properties
 presentation:visibility="hidden"/></style:style></office:automatic-styles>
<office:body><office:presentation>
<presentation:footer-decl presentation:name="f1">{SECRET}</presentation:footer-decl>
<presentation:footer-decl presentation:name="f2">Sidfot</presentation:footer-decl>
<draw:page draw:name="ett" draw:master-page-name="shown" presentation:use-footer-name="f2">
 <!-- {SECRET} --><office:forms><form:form form:name="{SECRET}"/></office:forms>{_COMMENT}
 <draw:frame presentation:class="title"><draw:text-box>
 <text:p>Malmen</text:p></draw:text-box></draw:frame>
 <draw:frame><draw:text-box><text:p>Se
 <text:a xlink:href="https://{SECRET}.example/">våra
 <text:span>sidor</text:span></text:a> av <text:author-name>Siv Ek</text:author-name>, tack</text:p>
 </draw:text-box></draw:frame>
 {_PICTURE}<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>
 <draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/>
 </draw:frame>
 <draw:frame><draw:image xlink:href="file:///home/{SECRET}.png"/></draw:frame>
 <presentation:notes><draw:frame presentation:class="notes"><draw:text-box><text:p>{SECRET}</text:p>
 </draw:text-box></draw:frame></presentation:notes>
</draw:page>
<draw:page draw:name="två" draw:style-name="gone" draw:master-page-name="hidden"
 presentation:use-footer-name="f1">
 <draw:frame><draw:text-box><text:p>{SECRET}</text:p></draw:text-box></draw:frame>
 <draw:frame><draw:image xlink:href="Pictures/b.png"/></draw:frame></draw:page>
<draw:page draw:name="tre" draw:master-page-name="shown">
 <draw:frame><draw:text-box><text:p>Sist</text:p>
 </draw:text-box></draw:frame></draw:page>
<presentation:settings><presentation:show presentation:name="{SECRET}"/></presentation:settings>
</office:presentation></office:body>"""
_MASTERS = f"""<office:master-styles><style:handout-master>{SECRET}</style:handout-master>
<style:master-page style:name="shown"><text:p>Föreningen</text:p>
<presentation:notes>{SECRET}</presentation:notes>
</style:master-page><style:master-page style:name="hidden"><text:p>{SECRET}</text:p></style:master-page>
</office:master-styles>"""
_TEXT = f"""<office:body><office:text><text:tracked-changes>
<text:changed-region>{SECRET}</text:changed-region></text:tracked-changes><text:user-field-decls>{SECRET}</text:user-field-decls>
<text:h>Malmen</text:h><text:p>Första<text:change/> {_COMMENT}stycket
<text:hidden-text>{SECRET}</text:hidden-text>
om <text:file-name>gruvan</text:file-name> är slut.</text:p>
<text:section text:display="none"><text:p>{SECRET}</text:p></text:section>
<text:section><text:p>Sist {_PICTURE}</text:p></text:section></office:text></office:body>"""


def _package(media_type: str, content: str, styles: str = "") -> bytes:
    return zipped(
        {
            "mimetype": media_type,
            "content.xml": f"<office:document-content {_MORE}>{content}</office:document-content>",
            "styles.xml": f"<office:document-styles {_MORE}>{styles}</office:document-styles>",
            "meta.xml": f"<office:document-meta {_MORE}><meta:initial-creator>{SECRET}</meta:initial-creator>"
            "</office:document-meta>",
            "settings.xml": SECRET,
            "Thumbnails/thumbnail.png": SECRET,
            "Pictures/a.png": "en bild",
            "Pictures/b.png": SECRET,
            "Object 1/content.xml": SECRET,
            "ObjectReplacements/Object 1": "ett diagram",
            "Basic/Standard/Module1.xml": SECRET,
        }
    )


def _copy(data: bytes, *numbers: int) -> bytes:
    options = {str(place): number for place, number in enumerate(numbers)}
    records = list(OpenDocumentCleaner().cut(io.BytesIO(data), LIMITS, options, ()))
    assert records[-1] == Finish(Outcome.OK)
    return b"".join(record.data for record in records if isinstance(record, Chunk))


def _parts(copy: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def _pages(data: bytes) -> list[Page]:
    pages, finish = read(OdfExtractor(), data)
    assert finish.category is Outcome.OK
    return list(pages)


def test_slides_that_everybody_may_see_are_there_and_nothing_else() -> None:
    copy = _copy(_package(ODP, _SLIDES, _MASTERS), 1, 3)
    parts = _parts(copy)
    assert [name for name, data in parts.items() if SECRET.encode() in data] == []
    assert sorted(parts) == [
        "META-INF/manifest.xml",
        "ObjectReplacements/Object 1",
        "Pictures/a.png",
        "content.xml",
        "mimetype",
        "styles.xml",
    ]
    assert next(iter(parts)) == "mimetype"
    assert b"Sidfot" in parts["content.xml"]
    assert "Föreningen".encode() in parts["styles.xml"]
    first, last = _pages(copy)
    assert first.title == "Malmen"
    assert " ".join(" ".join(texts(first, BlockField.BOX)).split()) == "Se våra sidor av Siv Ek, tack"
    assert texts(last, BlockField.BOX) == ["Sist"]


def test_text_keeps_its_words_and_loses_comments_changes_and_what_is_hidden() -> None:
    copy = _copy(_package(ODT, _TEXT))
    assert [name for name, data in _parts(copy).items() if SECRET.encode() in data] == []
    (page,) = _pages(copy)
    words = " ".join(block.text for block in page.blocks).split()
    assert " ".join(words) == "Malmen Första stycket om gruvan är slut. Sist"


@pytest.mark.parametrize(
    "style",
    [
        '<style:text-properties text:display="none"/>',
        '<draw:layer draw:name="x" draw:display="none"/>',
        '<text:section text:display="condition"/>',
    ],
)
def test_where_a_style_hides_something_there_is_no_copy(style: str) -> None:
    data = _package(ODT, _TEXT, style)
    records = list(OpenDocumentCleaner().cut(io.BytesIO(data), LIMITS, {}, ()))
    assert records == [Finish(Outcome.DAMAGED)]


@pytest.mark.parametrize("data", [b"", zipped({"mimetype": "text/plain"}), zipped({"content.xml": "<a/>"})])
def test_file_that_is_something_else_is_damaged(data: bytes) -> None:
    assert list(OpenDocumentCleaner().cut(io.BytesIO(data), LIMITS, {"0": 1}, ())) == [
        Finish(Outcome.DAMAGED)
    ]


@needs_office
def test_copies_of_what_libreoffice_saves_show_the_same() -> None:
    slides = [page for page in _pages(sample("odp")) if not page.hidden]
    cleaned = _copy(sample("odp"), *(page.number for page in slides))
    pages, finish = read(OdfExtractor(), cleaned)
    assert shows_the_same(
        Extraction(finish.category, tuple(pages), properties=dict(finish.properties)), slides
    )
    text = _copy(sample("odt"))
    pages, finish = read(OdfExtractor(), text)
    assert shows_the_same(
        Extraction(finish.category, tuple(pages), properties=dict(finish.properties)), _pages(sample("odt"))
    )
