"""Which class reads or draws which media type.

A line here is all that the rest of the program knows of a format. Names instead of classes, so that a parser
is imported only by the process that parses.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Literal, cast, overload

from archive.ingest.extractors.base import Drawer, Extractor

_OPENXML = "application/vnd.openxmlformats-officedocument.presentationml."
_MACRO = "application/vnd.ms-powerpoint."
_PPTX_READER = "archive.ingest.extractors.pptx.reader:PptxExtractor"

EXTRACTORS: Mapping[str, str] = {
    "application/pdf": "archive.ingest.extractors.pdf.reader:PdfExtractor",
    _OPENXML + "presentation": _PPTX_READER,
    _OPENXML + "template": _PPTX_READER,
    _OPENXML + "slideshow": _PPTX_READER,
    _MACRO + "presentation.macroEnabled.12": _PPTX_READER,
    _MACRO + "template.macroEnabled.12": _PPTX_READER,
    _MACRO + "slideshow.macroEnabled.12": _PPTX_READER,
}
"""Media type to "module:Class" of its Extractor."""

DRAWERS: Mapping[str, str] = {"application/pdf": "archive.ingest.extractors.pdf.draw:PdfDrawer"}
"""Media type to "module:Class" of its Drawer."""

Task = Literal["extract", "draw"]


@overload
def load(task: Literal["extract"], media_type: str) -> Extractor | None: ...
@overload
def load(task: Literal["draw"], media_type: str) -> Drawer | None: ...
@overload
def load(task: str, media_type: str) -> Extractor | Drawer | None: ...
def load(task: str, media_type: str) -> Extractor | Drawer | None:
    """Return a new reader for `task` ("extract" or "draw") and `media_type`; None when there is none."""
    names = {"extract": EXTRACTORS, "draw": DRAWERS}.get(task, {})
    name = names.get(media_type)
    return None if name is None else cast("Extractor | Drawer", _class_of(name)())


def preload() -> None:
    """Import every parser, so that processes forked from this one need not."""
    for name in sorted({*EXTRACTORS.values(), *DRAWERS.values()}):
        _class_of(name)


def _class_of(name: str) -> type:
    module, _, attribute = name.partition(":")
    found = getattr(import_module(module), attribute)
    return cast("type", found)
