"""Which class reads or draws which media type.

A line here is all that the rest of the program knows of a format. Names instead of classes, so that a parser
is imported only by the process that parses.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Literal, cast, overload

from archive.ingest.extractors.base import Cutter, Drawer, Extractor
from archive.ingest.extractors.warming import samples, warm
from archive.ingest.filetypes import media_types

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

    Cutters are left out: a fresh process cuts a page when a visitor asks for it (see `reading.page_pdf`).
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
