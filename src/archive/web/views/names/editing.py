"""One person or organisation: what it is called, was called, and is written as; several merged into one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue.database.sessions import Session
from archive.catalogue.journal import history
from archive.catalogue.journal.telling import fields_of
from archive.catalogue.names.editing import name_record, save_names
from archive.catalogue.names.listing import name_entries, present_id
from archive.catalogue.names.merging import merge, merge_preview, past_merges
from archive.errors import ArchiveError, ChangedMeanwhile, InputError, NotFound
from archive.model.accounts import Role
from archive.model.edits import Edit, Reason
from archive.model.events import Spelling
from archive.model.names import NameFacts, NameKind, NameRecord
from archive.review.alike.suggestions import by_record
from archive.web.http.authorship import current_author
from archive.web.http.context import current_archive
from archive.web.http.language import message_text
from archive.web.http.signed_in import for_role
from archive.web.views.names.listing import KIND_OF_PATH, KINDS, alike_pairs

blueprint = Blueprint("name", __name__)

_EMPTY_ROWS = 2
_ROWS_MAX = 100
_MERGED_MAX = 20


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the page says beside the form: what was refused, and what others changed since."""

    refusal: str = ""
    since: tuple[Edit, ...] = ()
    status: int = 200


@blueprint.get(f"/staff/<{KINDS}:names>/<identifier>")
@for_role(Role.STAFF)
def edit(names: str, identifier: str) -> Response:
    """Show the names of a record; one that was merged leads on to the keeper."""
    with current_archive().database.read() as session:
        keeper = present_id(session, KIND_OF_PATH[names], identifier)
    if keeper is not None:
        return make_response(redirect(url_for("name.edit", names=names, identifier=keeper), 303))
    return _page(names, identifier, None, _Answer())


@blueprint.post(f"/staff/<{KINDS}:names>/<identifier>")
@for_role(Role.STAFF)
def save(names: str, identifier: str) -> Response:
    """Save the names; where somebody else has changed them since, show both."""
    of_kind, form = KIND_OF_PATH[names], request.form
    seen = form.get("edit", 0, type=int)
    with current_archive().database.read() as session:
        keeper = present_id(session, of_kind, identifier)
        if keeper is not None:
            return _merged_meanwhile(session, names, identifier, keeper)
        known = name_record(session, of_kind, identifier)
    new = _given(form, known.facts.name)
    try:
        with current_archive().database.write() as session:
            save_names(session, of_kind, identifier, new, current_author(), seen)
    except ChangedMeanwhile as error:
        with current_archive().database.read() as session:
            since = history.history(session, of_kind.value, identifier, after=seen)
        return _page(names, identifier, new, replace(_refused(error), since=tuple(since)))
    except InputError as error:
        return _page(names, identifier, new, _refused(error))
    return make_response(
        redirect(url_for("name.edit", names=names, identifier=identifier, done="saved"), 303)
    )


def _merged_meanwhile(session: Session, names: str, identifier: str, keeper: str) -> Response:
    """Show what was typed of a record that is merged meanwhile: it can be saved once that is undone."""
    of_kind, typed = KIND_OF_PATH[names], _given(request.form, "")
    (merge_edit, *_) = history.history(session, of_kind.value, identifier)
    page = render_template(
        "names/merged_meanwhile.html",
        kind=names,
        known=NameRecord(identifier, of_kind, typed, 0, merge_edit.id),
        keeper=name_record(session, of_kind, keeper),
        merge_edit=merge_edit,
        facts=typed,
        rows=[*typed.spellings, *[Spelling("")] * _EMPTY_ROWS],
    )
    return make_response(page, ChangedMeanwhile.status)


def _given(form: Mapping[str, str], before: str) -> NameFacts:
    """Return the names of the form; with the one of before, where that was wrong."""
    spellings = [
        Spelling(
            form[f"name-{number}"],
            form.get(f"begins-{number}", ""),
            form.get(f"ends-{number}", ""),
            is_shown=f"wrong-{number}" not in form,
        )
        for number in range(_ROWS_MAX)
        if form.get(f"name-{number}", "").strip()
    ]
    if before and "was_wrong" in form:
        spellings.append(Spelling(before, is_shown=False))
    return NameFacts(form.get("name", ""), tuple(spellings))


def _refused(error: ArchiveError) -> _Answer:
    return _Answer(message_text(error.message), status=error.status)


def _page(names: str, identifier: str, given: NameFacts | None, answer: _Answer) -> Response:
    of_kind = KIND_OF_PATH[names]
    with current_archive().database.read() as session:
        known = name_record(session, of_kind, identifier)
        facts = given or known.facts
        page = render_template(
            "names/edit.html",
            kind=names,
            known=known,
            facts=facts,
            rows=[*facts.spellings, *[Spelling("")] * _EMPTY_ROWS],
            alike=_alike(session, of_kind, identifier),
            merges=past_merges(session, of_kind, identifier),
            answer=answer,
            since=[(one, fields_of(session, one.changes)) for one in answer.since],
            done=request.args.get("done", ""),
        )
    return make_response(page, answer.status)


def _alike(session: Session, kind: NameKind, identifier: str) -> list[tuple[str, str]]:
    pairs = alike_pairs(session, kind, name_entries(session, kind))
    return [(entry.id, entry.name) for entry in by_record(pairs).get(identifier, ())]


@blueprint.get(f"/staff/<{KINDS}:names>/merge")
@for_role(Role.STAFF)
def show_merge(names: str) -> Response:
    """Show what a merge of the chosen names moves, and to which."""
    try:
        return _merge_page(names, request.args.getlist("id"), request.args.get("keeper", ""))
    except InputError as error:
        page = render_template("names/none_chosen.html", kind=names, refusal=message_text(error.message))
        return make_response(page, error.status)


@blueprint.post(f"/staff/<{KINDS}:names>/merge")
@for_role(Role.STAFF)
def save_merge(names: str) -> Response:
    """Merge the names into the keeper."""
    identifiers, keeper = request.form.getlist("id"), request.form.get("keeper", "")
    try:
        if keeper not in identifiers:
            raise InputError("Choose two names at least, and which of them stays.")
        with current_archive().database.write() as session:
            author = current_author(reason=Reason.MERGE)
            merge(session, KIND_OF_PATH[names], keeper, identifiers, author, request.form.getlist("wrong"))
    except NotFound as error:
        page = render_template("names/none_chosen.html", kind=names, refusal=message_text(error.message))
        return make_response(page, error.status)
    except InputError as error:
        return _merge_page(names, identifiers, keeper, error)
    return make_response(redirect(url_for("name.edit", names=names, identifier=keeper, done="merged"), 303))


def _merge_page(
    names: str, identifiers: list[str], keeper: str, error: ArchiveError | None = None
) -> Response:
    """Show the merge; the one with most talks stays where none is chosen."""
    chosen = list(dict.fromkeys([*identifiers, *filter(None, [keeper])]))
    if len(chosen) > _MERGED_MAX:
        raise InputError("At most 20 names can be merged at once.")
    with current_archive().database.read() as session:
        if not keeper and len(chosen) > 1:
            parts = merge_preview(session, KIND_OF_PATH[names], chosen[0], chosen[1:])
            counts = {parts.keeper.id: parts.keeper.talk_count} | {
                one.id: one.talk_count for one in parts.moved
            }
            keeper = max(chosen, key=lambda identifier: counts[identifier])
        found = merge_preview(session, KIND_OF_PATH[names], keeper, chosen)
    page = render_template(
        "names/merge.html",
        kind=names,
        found=found,
        refusal=message_text(error.message) if error else "",
    )
    return make_response(page, error.status if error else 200)
