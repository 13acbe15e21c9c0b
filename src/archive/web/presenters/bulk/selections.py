"""What is selected, in an address: a question with its filters, a list, or named documents."""

from urllib.parse import urlencode

from flask import Flask, request, url_for

from archive.search.question import Question
from archive.search.selection import SelectableList, Selection
from archive.web.presenters.addresses import is_search, parameters, request_question, with_page
from archive.web.presenters.result_controls import ResultView

_QUESTION_PARTS_LEFT_OUT = ("sort", "view", "page")
_IDS_MAX = 10_000
_ID_MAX_CHARS = 40


def request_selection() -> Selection:
    """Return what the address or the form of this request selects."""
    question = request_question()
    listed = request.values.get("list", "")
    return Selection(
        question=question if is_search(question) else None,
        listed=SelectableList(listed) if listed in list(SelectableList) else None,
        documents=_ids("document"),
        without=frozenset(_ids("without")),
    )


def question_pairs(question: Question) -> list[tuple[str, str]]:
    """Return the parameters of a question that say what is found, not how it is shown."""
    pairs = parameters(with_page(question, 1))
    return [(name, value) for name, value in pairs if name not in _QUESTION_PARTS_LEFT_OUT]


def selection_pairs(selection: Selection) -> list[tuple[str, str]]:
    """Return the parameters that select the same again, without those that were taken out."""
    pairs = question_pairs(selection.question) if selection.question else []
    if selection.listed:
        pairs.append(("list", selection.listed.value))
    return pairs + [("document", one) for one in selection.documents]


def install(app: Flask) -> None:
    """Let pages of results and lists lead to the page that changes all of what they show."""
    app.jinja_env.globals.update(bulk_address=bulk_address)


def bulk_address(view: ResultView) -> str:
    """Return where staff change all that a page of results has found."""
    return f"{url_for('bulk.index')}?{urlencode(question_pairs(view.question))}"


def _ids(name: str) -> tuple[str, ...]:
    given = request.values.getlist(name)[:_IDS_MAX]
    return tuple(one for one in dict.fromkeys(given) if one and len(one) <= _ID_MAX_CHARS)
