"""Which class takes the files out of which kind of container, or makes a new one of some of its pages.

It is the registry of the child that unpacks (see `sandbox.child.Registry`).
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from archive.ingest.extractors.archives.frames import encode
from archive.ingest.filetypes.media_types import (
    BASKET_DECK,
    BASKET_PDF,
    BASKET_PICTURES,
    DOCX,
    MAIL,
    ODP,
    ODT,
    PDF,
    PPTX,
    REDACTION,
    SEARCHED,
    ZIP,
)

__all__ = ["SELECTORS", "UNPACKERS", "encode", "load", "preload"]

_HERE = "archive.ingest.extractors.archives."
_BASKETS = "archive.ingest.extractors.baskets."
UNPACKERS: Mapping[str, str] = {
    ZIP: _HERE + "unpack:Unpacker",
    MAIL: _HERE + "mail:MailUnpacker",
    PDF: _HERE + "attached:AttachedUnpacker",
}
"""Media type to "module:Class" of what takes its files out."""
SELECTORS: Mapping[str, str] = {
    PDF: _HERE + "selection:PageSelector",
    PPTX: _HERE + "clean_deck:DeckCleaner",
    DOCX: _HERE + "clean_word:WordCleaner",
    ODP: _HERE + "clean_open_document:OpenDocumentCleaner",
    ODT: _HERE + "clean_open_document:OpenDocumentCleaner",
    REDACTION: _HERE + "redacted:Redactor",
    SEARCHED: _HERE + "searched:Searcher",
    BASKET_PDF: _BASKETS + "one_pdf:BasketPdf",
    BASKET_PICTURES: _BASKETS + "picture_deck:PictureDeck",
    BASKET_DECK: _BASKETS + "deck_sources:DeckSources",
}
"""Media type to "module:Class" of what makes a file of some of its pages."""


def load(task: str, media_type: str) -> Any:
    """Return what makes files of a file of a type; None where there is nothing."""
    name = {"extract": UNPACKERS, "cut": SELECTORS}.get(task, {}).get(media_type)
    if name is None:
        return None
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)()


def preload() -> None:
    """Do nothing: a fresh process unpacks, and imports only what it needs."""
