"""Addresses of result pages: from parameters to a question, and from a question to its address.

Any parameters give a question: a value that cannot be used is left out or brought within bounds.
"""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from flask import Flask, g, has_request_context, request, url_for
from werkzeug.datastructures import MultiDict

from archive.index.schema import Facet
from archive.index.search import Sort
from archive.search.question import SHOWN_FACETS, Question, View
from archive.web.http.parameters import FACET_VALUE

TEXT_MAX_CHARS = 200
"""The query parser reads no more, so no more is sent back and forth."""

# About a hundred links of a page repeat all chosen values: their number and length bound its size.
_VALUES_MAX = 24
_VALUES_MAX_CHARS = 600
_NUMBER_MAX_DIGITS = 6
_RESULTS_PATH = "results_path"
_RESULTS_ENDPOINT = "search.index"
_BACK = "way_back"
_BACK_MAX_CHARS = 2000
_ENDPOINTS_WITH_QUERY = ("documents.document", "documents.slide")


def install(app: Flask) -> None:
    """Give the templates the query of the request, and let links to documents and slides keep what it has."""
    app.context_processor(
        lambda: {
            "query_text": query_text(),
            "is_typed_only": not is_widened(),
            "is_text_cut": is_text_cut(),
            "text_max_chars": TEXT_MAX_CHARS,
            "results_address": results_address,
        }
    )
    app.url_defaults(_keep_question)


def _keep_question(endpoint: str, values: dict[str, object]) -> None:
    """Let links to documents and slides for a query (`q`, also an empty one) keep the rest of the question.

    That is `only=typed`, and in `back` the filters, order, view and page of the results to return to.
    """
    if endpoint not in _ENDPOINTS_WITH_QUERY or "q" not in values or not has_request_context():
        return
    if values["q"] and not is_widened():
        values.setdefault("only", "typed")
    values.setdefault("back", _way_back())


def _way_back() -> str | None:
    """Return what `back` is in links of this page: all parameters of its results but the words."""
    if _BACK not in g:
        is_results = request.endpoint == _RESULTS_ENDPOINT
        question = request_question() if is_results else _question_to_return_to()
        kept = [pair for pair in parameters(question) if pair[0] not in ("q", "only")]
        setattr(g, _BACK, urlencode(kept) or None)
    back: str | None = g.get(_BACK)
    return back


def results_address(document_id: str = "") -> str:
    """Return the address of the results that led to a document's or slide's page; "" where none did.

    Args:
        document_id: the document whose card is to be in sight there.
    """
    question = _question_to_return_to()
    if not is_search(question):
        return ""
    return f"{address_of(question)}#d-{document_id}" if document_id else address_of(question)


def _question_to_return_to() -> Question:
    back = request.args.get("back", "")
    if request.endpoint not in _ENDPOINTS_WITH_QUERY or len(back) > _BACK_MAX_CHARS:
        back = ""
    return _question(MultiDict(parse_qsl(back)))


def query_text() -> str:
    """Return the words in `q`."""
    return request.args.get("q", "")[:TEXT_MAX_CHARS].strip()


def is_text_cut() -> bool:
    """Return whether `q` has more words than are read."""
    return len(request.args.get("q", "").strip()) > TEXT_MAX_CHARS


def is_widened() -> bool:
    """Return whether other words than the typed ones are searched, too: not with `only=typed`."""
    return request.args.get("only") != "typed"


def page_number() -> int:
    """Return the number in `page`, at least 1."""
    return _page_number(request.args)


def number_in(digits: str) -> int:
    """Return the number in a part of an address, 0 where it is none."""
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= _NUMBER_MAX_DIGITS
    return int(digits) if is_number else 0


def request_question() -> Question:
    """Return the whole question of the request."""
    return _question(request.args)


def _question(arguments: MultiDict[str, str]) -> Question:
    """Return the question with the request's words and everything else from `arguments`."""
    return Question(
        text=query_text(),
        filters=_filters(arguments),
        sort=_sort(arguments),
        page=_page_number(arguments),
        view=_view(arguments),
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
    return _with_parameters(
        url_for("directories.values", name=facet.value), parameters(with_page(question, 1))
    )


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


def _page_number(arguments: MultiDict[str, str]) -> int:
    return max(1, number_in(arguments.get("page", "")))


def _filters(arguments: MultiDict[str, str]) -> dict[Facet, tuple[str, ...]]:
    filters: dict[Facet, tuple[str, ...]] = {}
    left, left_chars = _VALUES_MAX, _VALUES_MAX_CHARS
    for facet in SHOWN_FACETS:
        values = []
        for value in dict.fromkeys(arguments.getlist(facet.value)):
            if left and len(value) <= left_chars and FACET_VALUE.fullmatch(value):
                values.append(value)
                left, left_chars = left - 1, left_chars - len(value)
        if values:
            filters[facet] = tuple(values)
    return filters


def _with_parameters(path: str, pairs: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path


def _view(arguments: MultiDict[str, str]) -> View:
    try:
        return View(arguments.get("view", View.CARDS))
    except ValueError:
        return View.CARDS


def _sort(arguments: MultiDict[str, str]) -> Sort:
    try:
        return Sort(arguments.get("sort", Sort.RELEVANCE))
    except ValueError:
        return Sort.RELEVANCE
