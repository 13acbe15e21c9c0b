"""See that documents can be indexed before any of them is written, the same for every engine.

Words are left out: an engine checks each different one once while it writes it.
"""

import re
from collections.abc import Sequence

from archive.errors import IndexUnusable
from archive.index.documents import IndexDocument, IndexPage
from archive.index.schema import HIDDEN_RANK, WATERMARK_ID

MAX_TERM_BYTES = 1_000
MAX_POSITION = 2**31 - 1
_MAX_NUMBER = 2**31 - 1
_DATE = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?")


def usable(documents: Sequence[IndexDocument]) -> list[IndexDocument]:
    """Return each document once (the last of each identifier), all of them checked but for their words.

    Raises:
        IndexUnusable: A document cannot be indexed as it is.
    """
    last = {document.id: document for document in documents}
    for document in last.values():
        _refuse(document, _fault(document))
    return list(last.values())


def _refuse(document: IndexDocument, fault: str) -> None:
    if fault:
        raise unusable(document, fault)


def unusable(document: IndexDocument, fault: str) -> IndexUnusable:
    """Return the error for a document that cannot be indexed."""
    return IndexUnusable(
        f"Document {document.id!r} cannot be indexed: {fault}. "
        "This is a mistake in the program; please report it."
    )


def _fault(document: IndexDocument) -> str:
    if not document.id or document.id[0] == WATERMARK_ID[0] or not _is_text(document.id):
        return "its identifier is not usable"
    if not document.group or not _is_text(document.group) or not _is_text(document.sort_title):
        return "its group or title is not usable"
    if "\0" in document.group_order or not _is_text(document.group_order + document.order):
        return "its place in an order is not usable"
    if not _DATE.fullmatch(document.date):
        return "its date is not YYYY-MM-DD"
    if not all(value and _is_text(value) for values in document.facets.values() for value in values):
        return "a facet value is not usable"
    if len({page.number for page in document.pages}) != len(document.pages):
        return "two of its pages have the same number"
    return next((fault for fault in map(_page_fault, document.pages) if fault), "")


def _page_fault(page: IndexPage) -> str:
    if not (0 <= page.number <= _MAX_NUMBER and 0 <= page.rank < HIDDEN_RANK and _is_text(page.language)):
        return f"number, rank or language of page {page.number} is not usable"
    return ""


def _is_text(value: str) -> bool:
    """Tell whether a string can be written as UTF-8 (a lone surrogate cannot)."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def is_term(term: str) -> bool:
    """Tell whether a term can be indexed."""
    # Nothing but lone surrogates is refused by the encoder, and ASCII words, the most, need no try.
    return bool(term) and len(term) <= MAX_TERM_BYTES and (term.isascii() or _is_text(term))


def are_terms(terms: Sequence[str]) -> bool:
    """Tell whether all of some terms, at least one, can be indexed (quicker than one by one)."""
    lengths = list(map(len, terms))
    return min(lengths) > 0 and max(lengths) <= MAX_TERM_BYTES and _is_text("".join(terms))
