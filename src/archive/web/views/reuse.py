"""Slides that several talks have: the most reused ones, and two talks side by side."""

import re
from typing import Final

from flask import Blueprint, render_template, request

from archive.catalogue import pages
from archive.catalogue.database.sessions import Session
from archive.catalogue.records import CatalogueRecord
from archive.errors import InputError, NotFound
from archive.web.http.context import current_archive, current_visitor, visible_record
from archive.web.http.language import gettext
from archive.web.presenters.addresses import page_number
from archive.web.presenters.reuse.comparison import comparison
from archive.web.presenters.reuse.copies import DeckReuseView, deck_reuse, reused_views

blueprint = Blueprint("comparing", __name__)

_IN_ADDRESS: Final = re.compile(r"/d/([^/?#\s]+)")
_GIVEN_MAX_CHARS: Final = 500
_OK: Final = 200

_SLIDES_MAX = 60


@blueprint.get("/compare")
def compare() -> str | tuple[str, int]:
    """Show two documents side by side: `a` and `b`, each an identifier or an address of the archive.

    With `a` alone, let the visitor choose the other: documents that have slides in common are proposed.
    Without any, let them give both. What leads nowhere is said beside what was given.
    """
    here, there = _given("a"), _given("b")
    if not here:
        return _choice(None)
    with current_archive().database.read() as session:
        try:
            record = visible_record(session, here)
        except NotFound:
            return _choice(None, _unknown()), NotFound.status
        if not there or there == here:
            refusal = gettext("Välj två olika dokument.") if there else ""
            return _choice(record, refusal, _reuse(session, record)), InputError.status if there else _OK
        try:
            other = visible_record(session, there)
        except NotFound:
            return _choice(record, _unknown(), _reuse(session, record)), NotFound.status
        only_changes = request.args.get("show") == "changes"
        view = comparison(session, record, other, only_changes, page_number())
        return render_template("reuse/compare.html", view=view, only_changes=only_changes)


def _choice(record: CatalogueRecord | None, refusal: str = "", reuse: DeckReuseView | None = None) -> str:
    """Return the page on which documents are chosen, with what was given and why that does not do."""
    given = {name: request.args.get(name, "").strip()[:_GIVEN_MAX_CHARS] for name in ("a", "b")}
    return render_template("reuse/choose.html", record=record, reuse=reuse, refusal=refusal, given=given)


def _reuse(session: Session, record: CatalogueRecord) -> DeckReuseView | None:
    numbers = pages.numbers(session, record.document.version.id, current_visitor())
    return deck_reuse(session, record, numbers)


def _unknown() -> str:
    return gettext("Det finns inget sådant dokument i arkivet.")


def _given(name: str) -> str:
    """Return the identifier in an argument, which may be the address of a document's page or slide."""
    text = request.args.get(name, "").strip()[:_GIVEN_MAX_CHARS]
    found = _IN_ADDRESS.search(text)
    return found[1] if found else text


@blueprint.get("/reuse")
def most_reused() -> str:
    """List the slides that most talks have; those of very many talks are folded away."""
    with current_archive().database.read() as session:
        found = reused_views(session, current_visitor(), _SLIDES_MAX)
        slides = [view for is_folded, view in found if not is_folded]
        folded = [view for is_folded, view in found if is_folded]
        return render_template("reuse/most_reused.html", slides=slides, folded=folded)
