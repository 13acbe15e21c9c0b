"""A document that two people have changed: what both made of it, and the one's decision on what clashes.

Where the other has removed it, what was typed stays in a form of its own.
"""

from collections.abc import Callable
from dataclasses import replace

from flask import Response, make_response, render_template, request, url_for

from archive.catalogue.database.sessions import Session
from archive.catalogue.editing.given import Values
from archive.catalogue.editing.merging import merge
from archive.catalogue.events import events, regions
from archive.catalogue.publishing.facts import KnownFacts, known_facts
from archive.errors import ChangedMeanwhile
from archive.model.visibility import Visibility
from archive.web.http.context import current_archive
from archive.web.presenters.publishing.facts_form import FactsForm, form_of, read_form
from archive.web.presenters.publishing.facts_merging import FORM_KIND, carried_values, form_with, values_of
from archive.web.presenters.records.others_edits import others_edits
from archive.web.presenters.records.record_form import decided, three_way, written

Save = Callable[[str, FactsForm, str, bool], Response]
"""Saves a document's form: its identifier, the form, the mark of what it was made from, published or not."""

_PUBLISH = "publish"
_STAFF_RANK = Visibility.STAFF.rank
_REMOVED = "withdrawn_at"


def show(document_id: str, form: FactsForm, is_published: bool) -> Response:
    """Show what both have made of a document; nothing is saved yet."""
    base = carried_values(request.form.get("base", ""))
    return _page(document_id, base, values_of(form), is_published)


def decide(document_id: str, save: Save) -> Response:
    """Save what was decided, unless it is not decided yet or the document has changed once more."""
    base, seen, mine = (carried_values(request.form.get(name, "")) for name in ("base", "seen", "mine"))
    is_published = request.form.get("do") == _PUBLISH
    with current_archive().database.read() as session:
        known = known_facts(session, document_id)
    values = decided(merge(base, seen, mine), seen, mine, request.form)
    if values is None or _saved(known) != seen:
        return _page(document_id, base, mine, is_published, is_asked_again=True)
    return save(document_id, form_with(values), known.mark, is_published)


def show_kept(document_id: str, template: str, **parts: object) -> Response:
    """Show what was typed of a document that is removed, by whom, and the way back: then it can be saved.

    Args:
        document_id: The document, which was withdrawn.
        template: The page with the form.
        parts: The form, and what the template shows beside it.
    """
    with current_archive().database.read() as session:
        edits = others_edits(session, "document", document_id, after=0)
    removals = [edit for edit in edits if _REMOVED in edit.names]
    page = render_template(
        template,
        document_id=document_id,
        carried={name: request.form.get(name, "") for name in ("mark", "base", "edit", "do")},
        removal=removals[-1] if removals else None,
        **parts,
    )
    return make_response(page, ChangedMeanwhile.status)


def show_removed(document_id: str) -> Response:
    """Show what was typed of a document that is removed; where both were shown, one's own."""
    is_decided = "mine" in request.form
    typed = form_with(carried_values(request.form["mine"])) if is_decided else read_form(request.form)
    with current_archive().database.read() as session:
        lists = {"events": events.events(session, _STAFF_RANK), "regions": regions.all_regions(session)}
    return show_kept(document_id, "publishing/removed.html", form=replace(typed, errors={}), **lists)


def _page(
    document_id: str, base: Values, mine: Values, is_published: bool, is_asked_again: bool = False
) -> Response:
    edit = request.form.get("edit", 0, type=int)
    with current_archive().database.read() as session:
        theirs = _theirs(session, document_id)
        shown, _ = three_way(session, FORM_KIND, document_id, (base, theirs, mine), edit)
    if is_asked_again:
        undecided = {one.name for one in shown.clashes if not request.form.get(f"choice-{one.name}")}
        shown = replace(shown, undecided=frozenset(undecided))
    page = render_template(
        "records/three_way.html",
        action=url_for("publishing.document", document_id=document_id),
        name=theirs["title"],
        shown=shown,
        hidden={
            "base": written(base),
            "seen": written(theirs),
            "mine": written(mine),
            "edit": edit,
            "do": _PUBLISH if is_published else "save",
        },
        chosen=request.form,
    )
    return make_response(page, ChangedMeanwhile.status)


def _theirs(session: Session, document_id: str) -> Values:
    return _saved(known_facts(session, document_id))


def _saved(known: KnownFacts) -> Values:
    return values_of(form_of(known.facts))
