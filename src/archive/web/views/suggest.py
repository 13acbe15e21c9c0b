"""Suggestions while typing, for the search box."""

from flask import Blueprint, Flask, Response, request, url_for
from markupsafe import Markup

from archive.index.schema import Facet
from archive.search.question import Question
from archive.search.suggestions import Suggestion, SuggestionKind
from archive.web.http.context import current_archive, current_visitor
from archive.web.http.language import gettext
from archive.web.presenters import addresses
from archive.web.views.api import SuggestedItem, SuggestionAnswer, json_response

blueprint = Blueprint("suggest", __name__)


def install(app: Flask) -> None:
    """Give the templates what makes a search box suggest."""
    app.jinja_env.globals["suggestion_attributes"] = attributes


def attributes() -> Markup:
    """Return a search box's attributes: where suggestions are asked for, and what their kinds are called."""
    names = {
        "speaker": gettext("talare"),
        "organisation": gettext("organisation"),
        "region": gettext("region"),
        "focus-area": gettext("fokusområde"),
        "title": gettext("titel"),
        "term": gettext("ord"),
    }
    return Markup(" ").join(
        [
            Markup('data-suggestions="{}"').format(url_for("suggest.suggest")),
            Markup('data-suggestions-label="{}"').format(gettext("Förslag")),
            *(Markup('data-kind-{}="{}"').format(kind, name) for kind, name in names.items()),
        ]
    )


@blueprint.get("/suggest")
def suggest() -> Response:
    """Answer with at most five suggestions that begin as `q`."""
    found = current_archive().suggestions.suggest(request.args.get("q", ""), current_visitor())
    items = tuple(SuggestedItem(kind=one.kind.value, text=one.text, url=_address(one)) for one in found)
    return json_response(SuggestionAnswer(suggestions=items))


def _address(one: Suggestion) -> str:
    """Return where a suggestion leads: a document, what a name narrows to, or a search for the word."""
    if one.kind is SuggestionKind.TITLE:
        return url_for("documents.document", document_id=one.id)
    if one.kind is SuggestionKind.TERM:
        return addresses.address_of(Question(text=one.text))
    return addresses.address_of(Question(filters={Facet(one.kind.value): (one.id,)}))
