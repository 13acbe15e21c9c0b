"""What is sent of a document: a page each, under a name that says which one it is."""

from collections.abc import Iterator
from math import isfinite
from typing import Any, Final

from archive.errors import IndexUnusable
from archive.index.documents import IndexDocument, IndexPage
from archive.index.opensearch.mapping import order_of, values_of, weights_of, words_of
from archive.index.opensearch.terms import STACK_MAX_CHARS, stacked, weighted, words
from archive.index.schema import POSITIONAL, Facet, TextField
from archive.index.search import PageRef
from archive.index.validation import MAX_POSITION, is_term, unusable, usable

_NAME_MAX_BYTES: Final = 512
_VALUE_MAX_BYTES: Final = 32_766


def page_name(ref: PageRef) -> str:
    """Return the name of a page in the index."""
    return f"{ref.number}#{ref.document}"


def group_place(document: IndexDocument) -> str:
    """Return where a group stands among others that are equal in all else: by its order, then its name.

    U+0000, which is in no order, stands between them.
    """
    return f"{document.group_order}\0{document.group}"


def group_of_place(place: str) -> str:
    """Return the group that a place was made of."""
    return place.partition("\0")[2]


def page_bodies(documents: list[IndexDocument]) -> Iterator[tuple[PageRef, dict[str, Any]]]:
    """Yield each page of documents with what the index holds of it."""
    for document in documents:
        facets = {
            values_of(facet): list(dict.fromkeys(held)) for facet, held in document.facets.items() if held
        }
        shared: dict[str, Any] = {
            "document": document.id,
            "group": document.group,
            "group_order": document.group_order,
            "order": document.order,
            "group_place": group_place(document),
            "is_dated": int(bool(document.date)),
            **facets,
        }
        if document.date:
            shared["date"] = int(document.date.replace("-", ""))
        if document.sort_title:
            shared["title"] = document.sort_title
        for page in document.pages:
            language = {values_of(Facet.LANGUAGE): [page.language]} if page.language else {}
            yield PageRef(document.id, page.number), {**shared, **language, **_page(page)}


def _page(page: IndexPage) -> dict[str, Any]:
    body: dict[str, Any] = {"number": page.number, "rank": page.rank}
    for field in TextField:
        tokens = page.terms.get(field, ())
        body[weights_of(field)] = weighted(tokens)
        body[words_of(field)] = words(tokens)
        if field in POSITIONAL:
            body[order_of(field)] = stacked(tokens)
    return body


def checked(documents: list[IndexDocument]) -> list[IndexDocument]:
    """Return each document once, the last of each identifier, all of them seen to be usable.

    Raises:
        IndexUnusable: One cannot be indexed as it is.
    """
    whole = usable(documents)
    for document in whole:
        _check_values(document)
        for page in document.pages:
            for field, tokens in page.terms.items():
                if not all(
                    0 <= token.position <= MAX_POSITION
                    and isfinite(token.boost)
                    and token.boost > 0
                    and is_term(token.term)
                    for token in tokens
                ):
                    raise unusable(document, f"a word of page {page.number} is not usable")
                if field in POSITIONAL and max(map(len, stacked(tokens).split(" "))) > STACK_MAX_CHARS:
                    raise unusable(document, f"too many words of page {page.number} are at one place")
    return whole


def _check_values(document: IndexDocument) -> None:
    highest = max((page.number for page in document.pages), default=0)
    if len(page_name(PageRef(document.id, highest)).encode()) > _NAME_MAX_BYTES:
        raise unusable(document, "its identifier is too long")
    values = [
        group_place(document),
        document.order,
        document.sort_title,
        *(v for held in document.facets.values() for v in held),
    ]
    if max(len(value.encode()) for value in values) > _VALUE_MAX_BYTES:
        raise unusable(document, "its group, its title or a facet value is too long")


def refuse(document: str, reason: str) -> IndexUnusable:
    """Return the error for a page that the server does not take; `reason` is the name of its own error."""
    return IndexUnusable(
        f"Document {document!r} cannot be indexed: OpenSearch refuses it ({reason}). "
        "Run `archive rebuild`; if that does not help, please report it."
    )
