"""Lists to browse: speakers and organisations from A to Ö, regions, focus areas."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from archive.analysis.collation import OTHER_LETTER
from archive.catalogue.events import directory, events
from archive.catalogue.events.directory import Listed
from archive.errors import NotFound
from archive.web.http.cache import kept
from archive.web.http.context import current_archive, current_visitor
from archive.web.http.language import gettext

blueprint = Blueprint("directories", __name__)

# Up to so many names are on one page, under all their letters; more are shown letter by letter.
_NAMES_ON_ONE_PAGE = 300


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
    if not chosen and len(listed) > _NAMES_ON_ONE_PAGE:
        chosen = letters[0]
    shown = [chosen] if chosen else letters
    return NameList(letters, chosen, [(letter, by_letter[letter]) for letter in shown], len(listed))
