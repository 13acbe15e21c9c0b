"""Suggestions while typing, for the search box."""

from flask import Blueprint, Response, request, url_for

from archive.index.schema import Facet
from archive.search.question import Question
from archive.search.suggestions import Suggestion, SuggestionKind
from archive.web.http.context import current_archive, current_visitor
from archive.web.presenters import addresses
from archive.web.views.api import SuggestedItem, SuggestionAnswer, json_response

blueprint = Blueprint("suggest", __name__)


@blueprint.get("/suggest")
def suggest() -> Response:
    """Answer with at most five suggestions that begin as `q`."""
    suggestions = current_archive().suggestions.suggest(request.args.get("q", ""), current_visitor())
    items = tuple(
        SuggestedItem(kind=suggestion.kind.value, text=suggestion.text, url=_address(suggestion))
        for suggestion in suggestions
    )
    return json_response(SuggestionAnswer(suggestions=items))


def _address(suggestion: Suggestion) -> str:
    """Return where a suggestion leads: a document, what a name narrows to, or a search for the word."""
    if suggestion.kind is SuggestionKind.TITLE:
        return url_for("documents.document", document_id=suggestion.id)
    if suggestion.kind is SuggestionKind.TERM:
        return addresses.address_of(Question(text=suggestion.text))
    return addresses.address_of(Question(filters={Facet(suggestion.kind.value): (suggestion.id,)}))
