"""All people, or all organisations, with how many talks each has, and which may be the same."""

from collections.abc import Sequence
from math import ceil

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue.database.sessions import Session
from archive.catalogue.events.directory import revision
from archive.catalogue.events.names import name_key
from archive.catalogue.journal.history import last_edit_id
from archive.catalogue.names.distinct import tell_apart
from archive.catalogue.names.listing import name_entries
from archive.model.accounts import Role
from archive.model.names import NameEntry, NameKind
from archive.model.visibility import Visibility
from archive.review.alike.pairs import AlikePair
from archive.review.alike.suggestions import alike_in
from archive.web.http.authorship import current_author
from archive.web.http.cache import kept_since
from archive.web.http.context import current_archive
from archive.web.http.signed_in import for_role
from archive.web.presenters.addresses import page_number
from archive.web.presenters.result_controls import page_numbers

blueprint = Blueprint("names", __name__)

KINDS = "any(people, organisations)"
KIND_OF_PATH = {"people": NameKind.PERSON, "organisations": NameKind.ORGANISATION}
_NAMES_A_PAGE = 100
_PAIRS_SHOWN = 20


@blueprint.get("/staff/names")
@for_role(Role.STAFF)
def index() -> Response:
    """Lead to the list of people."""
    return make_response(redirect(url_for("names.listed", names="people"), 303))


@blueprint.get(f"/staff/<{KINDS}:names>")
@for_role(Role.STAFF)
def listed(names: str) -> str:
    """List the names that begin or go on with what is looked for, and the pairs that are alike."""
    wanted = " ".join(request.args.get("find", "")[:100].split())
    with current_archive().database.read() as session:
        entries = name_entries(session, KIND_OF_PATH[names])
        pairs = alike_pairs(session, KIND_OF_PATH[names], entries)
    found = [entry for entry in entries if _matches(entry, wanted)]
    page_count = max(1, ceil(len(found) / _NAMES_A_PAGE))
    page = min(page_number(), page_count)
    return render_template(
        "names/list.html",
        kind=names,
        entries=found[(page - 1) * _NAMES_A_PAGE : page * _NAMES_A_PAGE],
        count=len(found),
        wanted=wanted,
        pairs=pairs[:_PAIRS_SHOWN] if not wanted and page == 1 else (),
        pair_count=len(pairs),
        page=page,
        links=page_numbers(page, page_count) if page_count > 1 else [],
        done=request.args.get("done", ""),
    )


@blueprint.post(f"/staff/<{KINDS}:names>/apart")
@for_role(Role.STAFF)
def apart(names: str) -> Response:
    """Remember that two or more are not the same."""
    with current_archive().database.write() as session:
        tell_apart(session, KIND_OF_PATH[names], request.form.getlist("id"), current_author())
    return make_response(redirect(url_for("names.listed", names=names, done="apart"), 303))


def alike_pairs(session: Session, kind: NameKind, entries: Sequence[NameEntry]) -> Sequence[AlikePair]:
    """Return the pairs that are alike, looked for anew only where something has changed."""
    state = (revision(session), last_edit_id(session))
    return kept_since(state, f"alike {kind}", lambda: alike_in(session, kind, entries), Visibility.STAFF.rank)


def _matches(entry: NameEntry, wanted: str) -> bool:
    key = name_key(wanted)
    return any(key in name_key(name) for name in (entry.name, *entry.spellings))
