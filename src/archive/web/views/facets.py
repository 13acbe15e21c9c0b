"""The page with all values of a facet that would narrow a question, and a search among them."""

from flask import Blueprint, render_template, request

from archive.errors import NotFound
from archive.index.schema import Facet
from archive.search.question import SHOWN_FACETS
from archive.search.results import FacetChoice
from archive.web.http.context import current_archive, current_visitor
from archive.web.presenters import addresses
from archive.web.presenters.facet_links import facet_links
from archive.web.presenters.names import choice_name, facet_name

blueprint = Blueprint("facets", __name__)

_FIND_MAX_CHARS = 100
# So many values are counted and searched; so many of those are shown.
_VALUES_MAX = 2000
_SHOWN_MAX = 200


@blueprint.get("/filter/<name>")
def values(name: str) -> str:
    """Show the values of a facet, those found by `find` where it is given."""
    facet = _facet(name)
    question = addresses.with_page(addresses.request_question(), 1)
    wanted = " ".join(request.args.get("find", "")[:_FIND_MAX_CHARS].split())
    archive = current_archive()
    with archive.database.read() as session:
        understood = archive.search.understand(session, question, current_visitor())
        counted = understood.facet_values(facet, _VALUES_MAX)
    named = _with_name(facet, counted, wanted)
    return render_template(
        "facets/values.html",
        name=facet_name(facet),
        facet=facet,
        question=question,
        parameters=addresses.parameters(question),
        wanted=wanted,
        choices=facet_links(question, facet, named[:_SHOWN_MAX]),
        total=len(named),
        back=addresses.address_of(question),
    )


def _facet(name: str) -> Facet:
    for facet in SHOWN_FACETS:
        if facet.value == name:
            return facet
    raise NotFound("There is no such filter.")


def _with_name(facet: Facet, counted: tuple[FacetChoice, ...], wanted: str) -> tuple[FacetChoice, ...]:
    """Return the values whose names contain every word of `wanted`."""
    words = wanted.casefold().split()
    return tuple(
        choice
        for choice in counted
        if all(word in choice_name(facet, choice.value, choice.label).casefold() for word in words)
    )
