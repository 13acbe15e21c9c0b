"""Which class reads or draws which media type.

A line here brings a reader into the child process; the types themselves are in `filetypes/media_types.py`,
and CONTRIBUTING.md says what else a new one needs. Names instead of classes, so that a parser is imported
only by the process that parses.
"""

import io
import zipfile
from collections.abc import Mapping
from importlib import import_module
from typing import Literal, cast, overload

from archive.ingest.extractors.base import Cutter, Drawer, Extractor, ReadLimits
from archive.ingest.filetypes import media_types
from archive.ingest.filetypes.media_types import PDF, PPTX

_READERS = "archive.ingest.extractors."
_PPTX = _READERS + "pptx.reader:PptxExtractor"
_WORD = _READERS + "word.reader:DocxExtractor"
_IMAGE = _READERS + "images.reader:ImageExtractor"

EXTRACTORS: Mapping[str, str] = {
    media_types.PDF: _READERS + "pdf.reader:PdfExtractor",
    **dict.fromkeys(media_types.POWERPOINT, _PPTX),
    media_types.PPT: _READERS + "ppt.reader:PptExtractor",
    media_types.KEY: _READERS + "keynote:KeynoteExtractor",
    **dict.fromkeys(media_types.WORD, _WORD),
    **dict.fromkeys(media_types.ODF, _READERS + "odf:OdfExtractor"),
    **dict.fromkeys(media_types.IMAGES, _IMAGE),
    media_types.HTML: _READERS + "flowing.html:HtmlExtractor",
    media_types.TEXT: _READERS + "flowing.text:TextExtractor",
    media_types.MAIL: _READERS + "flowing.mail:MailExtractor",
}
"""Media type to "module:Class" of its Extractor. Other types are converted first (see `reading.convert`)."""

DRAWERS: Mapping[str, str] = {
    media_types.PDF: _READERS + "pdf.draw:PdfDrawer",
    media_types.KEY: _READERS + "keynote:KeynoteDrawer",
    **dict.fromkeys(media_types.IMAGES, _READERS + "images.reader:ImageDrawer"),
}
"""Media type to "module:Class" of its Drawer."""

CUTTERS: Mapping[str, str] = {
    media_types.PDF: _READERS + "pdf.cut:PdfCutter",
    media_types.WEBP: _READERS + "images.cut:PictureCutter",
}
"""Media type to "module:Class" of its Cutter: PDF files, and the pictures that Drawers make."""

Reader = Extractor | Drawer | Cutter


@overload
def load(task: Literal["extract"], media_type: str) -> Extractor | None: ...
@overload
def load(task: Literal["draw"], media_type: str) -> Drawer | None: ...
@overload
def load(task: Literal["cut"], media_type: str) -> Cutter | None: ...
@overload
def load(task: str, media_type: str) -> Reader | None: ...
def load(task: str, media_type: str) -> Reader | None:
    """Return a new reader for `task` and `media_type`; None when there is none."""
    names = {"extract": EXTRACTORS, "draw": DRAWERS, "cut": CUTTERS}.get(task, {})
    name = names.get(media_type)
    return None if name is None else cast("Reader", _class_of(name)())


def preload() -> None:
    """Import every parser and have it set itself up, so that processes forked from this one need not.

    Cutters are left out: a fresh process cuts a page when a visitor asks for it (see `reading.draw_pages`).
    """
    for name in sorted({*EXTRACTORS.values(), *DRAWERS.values()}):
        _class_of(name)
    for media_type, sample in samples().items():
        extractor = load("extract", media_type)
        if extractor is not None:
            warm(extractor, sample)


def _class_of(name: str) -> type:
    module, _, attribute = name.partition(":")
    reader_class = getattr(import_module(module), attribute)
    return cast("type", reader_class)


_LIMITS = ReadLimits(pages_max=1, page_text_max_chars=1_000)
_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R
/Resources<</Font<</A<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>
/B<</Type/Font/Subtype/TrueType/BaseFont/Arial/Encoding/WinAnsiEncoding>>>>>>>>endobj
4 0 obj<</Length 86>>stream
BT /A 20 Tf 70 700 Td (Heading) Tj /B 11 Tf 0 -40 Td (Some words of \\344n example) Tj ET
endstream endobj
trailer<</Root 1 0 R>>
"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{_OFFICE}"'
)
_RELATION = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/%s" Target="%s"/></Relationships>'
)
_SHAPE = (
    '<p:sp><p:nvSpPr><p:cNvPr id="2" name="a" descr="b"/><p:cNvSpPr/><p:nvPr>%s</p:nvPr></p:nvSpPr><p:spPr/>'
    '<p:txBody><a:bodyPr/><a:p><a:r><a:rPr lang="sv-SE"/><a:t>Some words</a:t></a:r></a:p></p:txBody></p:sp>'
)
_TITLE = '<p:ph type="title"/>'
_TYPE = "application/vnd.openxmlformats-officedocument.presentationml"
_DECK: Mapping[str, str] = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/ppt/presentation.xml" ContentType="{_TYPE}.presentation.main+xml"/>'
    f'<Override PartName="/ppt/slides/slide1.xml" ContentType="{_TYPE}.slide+xml"/></Types>',
    "_rels/.rels": _RELATION % ("officeDocument", "ppt/presentation.xml"),
    "ppt/presentation.xml": f"<p:presentation {_NAMES}><p:sldIdLst>"
    '<p:sldId id="256" r:id="rId1"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>',
    "ppt/_rels/presentation.xml.rels": _RELATION % ("slide", "slides/slide1.xml"),
    "ppt/slides/slide1.xml": f"<p:sld {_NAMES}><p:cSld><p:spTree><p:nvGrpSpPr/><p:grpSpPr/>"
    f"{_SHAPE % _TITLE}{_SHAPE % ''}</p:spTree></p:cSld></p:sld>",
}


def samples() -> Mapping[str, bytes]:
    """Return a tiny document by its media type."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _DECK.items():
            package.writestr(name, text)
    return {PDF: _PDF, PPTX: buffer.getvalue()}


def warm(extractor: Extractor, sample: bytes) -> None:
    """Have `extractor` read the sample of its type to the end."""
    for _ in extractor.extract(io.BytesIO(sample), _LIMITS):
        pass
