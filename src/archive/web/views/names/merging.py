"""Two or more names merged into the one that is kept: what moves is shown before."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue.names.merging import merge, merge_preview
from archive.errors import ArchiveError, InputError, NotFound
from archive.model.accounts import Role
from archive.model.edits import Reason
from archive.web.http.authorship import current_author
from archive.web.http.context import current_archive
from archive.web.http.language import message_text
from archive.web.http.signed_in import for_role
from archive.web.views.names.listing import KIND_OF_PATH, KINDS

blueprint = Blueprint("name_merges", __name__)

_AT_MOST = 20


@blueprint.get(f"/staff/<{KINDS}:names>/merge")
@for_role(Role.STAFF)
def preview(names: str) -> Response:
    """Show what a merge of the chosen names moves, and to which."""
    try:
        return _page(names, request.args.getlist("id"), request.args.get("keeper", ""))
    except InputError as error:
        page = render_template("names/none_chosen.html", kind=names, refusal=message_text(error.message))
        return make_response(page, error.status)


@blueprint.post(f"/staff/<{KINDS}:names>/merge")
@for_role(Role.STAFF)
def save(names: str) -> Response:
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
        return _page(names, identifiers, keeper, error)
    return make_response(redirect(url_for("name.edit", names=names, identifier=keeper, done="merged"), 303))


def _page(names: str, identifiers: list[str], keeper: str, error: ArchiveError | None = None) -> Response:
    """Show the merge; the one with most talks stays where none is chosen."""
    chosen = list(dict.fromkeys([*identifiers, *filter(None, [keeper])]))
    if len(chosen) > _AT_MOST:
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
