"""Two talks side by side, and the page on which the other one is chosen."""

import re
from typing import Final

from flask import Blueprint, render_template, request

from archive.catalogue import pages
from archive.errors import InputError
from archive.web.http.context import current_archive, current_visitor, visible_record
from archive.web.presenters.addresses import page_number
from archive.web.presenters.reuse.comparison import comparison
from archive.web.presenters.reuse.copies import deck_reuse

blueprint = Blueprint("comparing", __name__)

_IN_ADDRESS: Final = re.compile(r"/d/([^/?#\s]+)")
_GIVEN_MAX_CHARS: Final = 500


@blueprint.get("/compare")
def compare() -> str:
    """Show two documents side by side: `a` and `b`, each an identifier or an address of the archive.

    With `a` alone, let the visitor choose the other: documents that have slides in common are proposed.
    Without any, let them give both.
    """
    here, there = _given("a"), _given("b")
    if not here:
        return render_template("reuse/choose.html", record=None, reuse=None)
    with current_archive().database.read() as session:
        record = visible_record(session, here)
        if not there:
            numbers = pages.numbers(session, record.document.version.id, current_visitor())
            reuse = deck_reuse(session, record, numbers)
            return render_template("reuse/choose.html", record=record, reuse=reuse)
        if there == here:
            raise InputError("Choose two different documents.")
        only_changes = request.args.get("show") == "changes"
        other = visible_record(session, there)
        view = comparison(session, record, other, only_changes, page_number())
        return render_template("reuse/compare.html", view=view, only_changes=only_changes)


def _given(name: str) -> str:
    """Return the identifier in an argument, which may be the address of a document's page or slide."""
    text = request.args.get(name, "").strip()[:_GIVEN_MAX_CHARS]
    found = _IN_ADDRESS.search(text)
    return found[1] if found else text
