"""Addresses of result pages: from parameters to a question, and from a question to its address.

Any parameters give a question: a value that cannot be used is left out or brought within bounds.
"""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode

from flask import Flask, g, has_request_context, request, url_for

from archive.index.schema import Facet
from archive.index.search import Sort
from archive.search.question import SHOWN_FACETS, Question, View

TEXT_MAX_CHARS = 200
"""The query parser reads no more, so no more is sent back and forth."""

_VALUE_MAX_CHARS = 100
_VALUES_MAX = 20
_NUMBER_MAX_DIGITS = 6
_RESULTS_PATH = "results_path"
_ENDPOINTS_WITH_QUERY = ("documents.document", "documents.slide")


def install(app: Flask) -> None:
    """Give the templates the query of the request, and let links to documents and slides keep its `only`."""
    app.context_processor(lambda: {"query_text": query_text(), "is_typed_only": not is_widened()})
    app.url_defaults(_keep_typed_words_only)


def _keep_typed_words_only(endpoint: str, values: dict[str, object]) -> None:
    """Add `only=typed` to links to documents and slides that have a query, where this page has it."""
    if endpoint in _ENDPOINTS_WITH_QUERY and values.get("q") and has_request_context() and not is_widened():
        values.setdefault("only", "typed")


def query_text() -> str:
    """Return the words in `q`."""
    return request.args.get("q", "")[:TEXT_MAX_CHARS].strip()


def is_widened() -> bool:
    """Return whether other words than the typed ones are searched, too: not with `only=typed`."""
    return request.args.get("only") != "typed"


def page_number() -> int:
    """Return the number in `page`, at least 1."""
    return max(1, number_in(request.args.get("page", "")))


def number_in(digits: str) -> int:
    """Return the number in a part of an address, 0 where it is none."""
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= _NUMBER_MAX_DIGITS
    return int(digits) if is_number else 0


def request_question() -> Question:
    """Return the whole question of the request."""
    return Question(
        text=query_text(),
        filters=_filters(),
        sort=_sort(),
        page=page_number(),
        view=_view(),
        widen=is_widened(),
    )


def is_search(question: Question) -> bool:
    """Return whether there is anything to search for: words or chosen values."""
    return bool(question.text or question.filters)


def address_of(question: Question) -> str:
    """Return the address of a question's result page, without parameters that have their default value."""
    path: str | None = g.get(_RESULTS_PATH)
    if path is None:  # looked up once: a page of results has about a hundred such links
        path = url_for("search.index")
        setattr(g, _RESULTS_PATH, path)
    return _with_parameters(path, parameters(question))


def values_address(question: Question, facet: Facet) -> str:
    """Return the address of the page with all values of a facet that would narrow the question."""
    return _with_parameters(url_for("facets.values", name=facet.value), parameters(with_page(question, 1)))


def parameters(question: Question) -> list[tuple[str, str]]:
    """Return the parameters of a question, without those that have their default value."""
    pairs = [("q", question.text)] if question.text else []
    pairs += [(facet.value, value) for facet, values in question.filters.items() for value in values]
    if question.sort is not Sort.RELEVANCE:
        pairs.append(("sort", question.sort.value))
    if question.view is not View.CARDS:
        pairs.append(("view", question.view.value))
    if not question.widen:
        pairs.append(("only", "typed"))
    if question.page > 1:
        pairs.append(("page", str(question.page)))
    return pairs


def with_page(question: Question, page: int) -> Question:
    """Return the same question on another page."""
    return replace(question, page=page)


def with_sort(question: Question, sort: Sort) -> Question:
    """Return the same question in another order, from the first page."""
    return replace(question, sort=sort, page=1)


def with_view(question: Question, view: View) -> Question:
    """Return the same question in another view, from the first page."""
    return replace(question, view=view, page=1)


def with_text(question: Question, text: str) -> Question:
    """Return another question with the same filters, from the first page."""
    return replace(question, text=text, page=1)


def with_typed_words_only(question: Question, only: bool) -> Question:
    """Return the question with the typed words only, or with related words, from the first page."""
    return replace(question, widen=not only, page=1)


def with_value(question: Question, facet: Facet, value: str) -> Question:
    """Return the question with one more value chosen, from the first page."""
    return _with_values(question, facet, (*question.filters.get(facet, ()), value))


def without_value(question: Question, facet: Facet, value: str) -> Question:
    """Return the question without a chosen value, from the first page."""
    chosen = question.filters.get(facet, ())
    return _with_values(question, facet, (kept for kept in chosen if kept != value))


def without_filters(question: Question) -> Question:
    """Return the question without any chosen value, from the first page."""
    return replace(question, filters={}, page=1)


def _with_values(question: Question, facet: Facet, values: Iterable[str]) -> Question:
    filters = {**question.filters, facet: tuple(values)}
    return replace(question, filters={key: chosen for key, chosen in filters.items() if chosen}, page=1)


def _filters() -> dict[Facet, tuple[str, ...]]:
    filters: dict[Facet, tuple[str, ...]] = {}
    for facet in SHOWN_FACETS:
        given = dict.fromkeys(request.args.getlist(facet.value))
        values = [value for value in given if value and len(value) <= _VALUE_MAX_CHARS]
        if values:
            filters[facet] = tuple(values[:_VALUES_MAX])
    return filters


def _with_parameters(path: str, pairs: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path


def _view() -> View:
    try:
        return View(request.args.get("view", View.CARDS))
    except ValueError:
        return View.CARDS


def _sort() -> Sort:
    try:
        return Sort(request.args.get("sort", Sort.RELEVANCE))
    except ValueError:
        return Sort.RELEVANCE
