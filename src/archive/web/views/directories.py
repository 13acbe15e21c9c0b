"""Lists to browse: speakers and organisations from A to Ö, regions, focus areas; all values of a facet."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from archive.analysis.collation import OTHER_LETTER
from archive.catalogue.events import directory, events
from archive.catalogue.events.directory import Listed
from archive.errors import NotFound
from archive.index.schema import Facet
from archive.search.question import SHOWN_FACETS
from archive.search.results import FacetChoice
from archive.web.http.cache import kept
from archive.web.http.context import current_archive, current_visitor
from archive.web.http.language import gettext
from archive.web.presenters import addresses
from archive.web.presenters.facet_links import facet_links
from archive.web.presenters.names import choice_name, facet_name

blueprint = Blueprint("directories", __name__)

# Up to so many names are on one page, under all their letters; more are shown letter by letter.
NAMES_ON_ONE_PAGE = 300

_FIND_MAX_CHARS = 100
# So many values are counted and searched; so many of those are shown.
_VALUES_MAX = 2000
_SHOWN_MAX = 200


@dataclass(frozen=True, slots=True)
class NameList:
    """What a page of names shows: all letters that names begin with, and the names on this page by letter."""

    letters: Sequence[str]
    chosen: str
    groups: Sequence[tuple[str, Sequence[Listed]]]
    total: int


@blueprint.get("/p")
def people() -> str:
    """List all speakers by surname."""
    with current_archive().database.read() as session:
        names = _name_list(kept(session, directory.people, current_visitor().rank))
    return render_template(
        "directories/names.html", title=gettext("Talare"), names=names, endpoint="events.person"
    )


@blueprint.get("/o")
def organisations() -> str:
    """List all organisations of speakers."""
    with current_archive().database.read() as session:
        names = _name_list(kept(session, directory.organisations, current_visitor().rank))
    return render_template(
        "directories/names.html", title=gettext("Organisationer"), names=names, endpoint="events.organisation"
    )


@blueprint.get("/r")
def regions() -> str:
    """List the regions that talks are about, each followed by the narrower ones in it."""
    with current_archive().database.read() as session:
        regions = kept(session, directory.listed_regions, current_visitor().rank)
    return render_template("directories/regions.html", regions=regions)


@blueprint.get("/f")
def focus_areas() -> str:
    """List the focus areas, newest first."""
    with current_archive().database.read() as session:
        areas = events.focus_areas(session, current_visitor().rank)
    return render_template("directories/focus_areas.html", areas=areas)


def _name_list(listed: Sequence[Listed]) -> NameList:
    by_letter: dict[str, list[Listed]] = {}
    for name in listed:
        by_letter.setdefault(name.letter, []).append(name)
    letters = sorted(by_letter, key=lambda letter: letter == OTHER_LETTER)
    chosen = request.args.get("letter", "").upper()
    if chosen and chosen not in by_letter:
        raise NotFound("No name begins with that letter.")
    if not chosen and len(listed) > NAMES_ON_ONE_PAGE:
        chosen = letters[0]
    shown = [chosen] if chosen else letters
    return NameList(letters, chosen, [(letter, by_letter[letter]) for letter in shown], len(listed))


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
        "directories/values.html",
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
