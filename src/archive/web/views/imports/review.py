"""One import for staff: what was read beside the page it was read from, publishing it, and taking it back.

Every button sends the whole form, so that nothing typed is lost whatever it does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue.database.sessions import Session
from archive.catalogue.events import regions
from archive.catalogue.imports import imports, links
from archive.catalogue.imports.current import NameCounts, known_names
from archive.catalogue.imports.publishing import publish
from archive.catalogue.imports.undoing import TakenBack, preview_undo, undo_import
from archive.errors import ArchiveError, ChangedMeanwhile, InputError
from archive.imports.both_drafts import both_drafts, marked_by_place
from archive.model.accounts import Role
from archive.model.seminar_pages.imports import LinkKind, LinkState, SeminarImport
from archive.model.seminar_pages.seminar_draft import KeptField, SeminarDraft
from archive.model.visibility import Visibility
from archive.web.http.context import current_archive
from archive.web.http.language import message_text
from archive.web.http.signed_in import current_account, for_role
from archive.web.presenters.imports import texts
from archive.web.presenters.imports.draft_form import (
    ACTIONS,
    KINDS,
    carried_draft,
    changed_by,
    errors_of,
    read_draft,
    written_draft,
)
from archive.web.presenters.imports.hints import hints_of, unfetchable_links, unsure_count

blueprint = Blueprint("import_review", __name__)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the page says beside the form: what was done, what was refused, what somebody else has changed.

    `base` is the draft that what is typed is compared with, where it is not the one that is kept.
    """

    done: str = ""
    refusal: str = ""
    status: int = 200
    changes: Sequence[KeptField] = ()
    base: SeminarDraft | None = None


@blueprint.get("/staff/imports/<import_id>")
@for_role(Role.STAFF)
def review(import_id: str) -> Response:
    """Show what was read, and how far what was published has come."""
    with current_archive().database.read() as session:
        found = imports.find_import(session, import_id)
        return _page(session, found, found.draft, _Answer(done=request.args.get("done", "")))


@blueprint.post("/staff/imports/<import_id>")
@for_role(Role.STAFF)
def change(import_id: str) -> Response:
    """Keep the form, publish it, or change it as another of its buttons says."""
    button = request.form.get("do", "save")
    action = button.partition(":")[0]
    with current_archive().database.read() as session:
        found = imports.find_import(session, import_id)
        base = carried_draft(request.form, found)
        if request.form.get("mark", "") != _mark(found):
            both = both_drafts(base, read_draft(request.form, marked_by_place(base)), found.draft)
            answer = _Answer(status=ChangedMeanwhile.status, changes=both.changes, base=both.ground)
            return _page(session, found, both.draft, answer)
        draft = read_draft(request.form, base)
        if action == "publish" and errors_of(draft):
            return _page(session, found, draft, _Answer(status=InputError.status, base=base))
    if action in ACTIONS:
        draft = changed_by(draft, button)
    with current_archive().database.write() as session:
        imports.save_draft(session, import_id, draft)
    if action == "publish":
        return _published(import_id)
    place = button.partition(":")[2].rstrip("ts") if action in ACTIONS else ""
    done = "saved" if action == "save" else None
    address = url_for(
        "import_review.review", import_id=import_id, done=done, _anchor=place.rstrip(".") or None
    )
    return make_response(redirect(address, 303))


@blueprint.post("/staff/imports/<import_id>/again")
@for_role(Role.STAFF)
def read_again(import_id: str) -> Response:
    """Have the address fetched and read once more."""
    with current_archive().database.read() as session:
        found = imports.find_import(session, import_id)
    try:
        reading_id = current_archive().importing.queue_address(found.source.address, _login())
    except ArchiveError as error:
        return _refused(import_id, error)
    return make_response(redirect(url_for("imports.reading", reading_id=reading_id, again="1"), 303))


@blueprint.post("/staff/imports/<import_id>/list")
@for_role(Role.STAFF)
def take_list(import_id: str) -> Response:
    """Have all seminars fetched that the page leads to, each as an import of its own."""
    try:
        current_archive().importing.take_list(import_id, request.form.getlist("seminar"))
    except InputError as error:
        return _refused(import_id, error)
    address = url_for("import_review.review", import_id=import_id, done="list", _anchor="seminars")
    return make_response(redirect(address, 303))


@blueprint.post("/staff/imports/<import_id>/links/<int:link_id>")
@for_role(Role.STAFF)
def retry(import_id: str, link_id: int) -> Response:
    """Have a file fetched again that could not be."""
    with current_archive().database.write() as session:
        links.retry_link(session, import_id, link_id)
    return make_response(redirect(url_for("import_review.review", import_id=import_id, _anchor="files"), 303))


@blueprint.get("/staff/imports/<import_id>/undo")
@for_role(Role.STAFF)
def before_undo(import_id: str) -> str:
    """Show what would be taken back, and what others have changed since."""
    with current_archive().database.write() as session:
        found = imports.find_import(session, import_id)
        outcome = preview_undo(session, import_id, _login())
    return _undo_page(found, outcome, is_done=False)


@blueprint.post("/staff/imports/<import_id>/undo")
@for_role(Role.STAFF)
def undo(import_id: str) -> str:
    """Take the import back, and show what became of it."""
    with current_archive().database.write() as session:
        found = imports.find_import(session, import_id)
        outcome = undo_import(session, import_id, _login(), overwrite=request.form.get("overwrite") == "yes")
    return _undo_page(found, outcome, is_done=True)


def _published(import_id: str) -> Response:
    try:
        with current_archive().database.write() as session:
            publish(session, import_id, _login())
    except InputError as error:
        return _refused(import_id, error)
    return make_response(
        redirect(url_for("import_review.review", import_id=import_id, done="published"), 303)
    )


def _refused(import_id: str, error: ArchiveError) -> Response:
    with current_archive().database.read() as session:
        found = imports.find_import(session, import_id)
        status = error.status if error.status < 500 else 422
        return _page(session, found, found.draft, _Answer(refusal=message_text(error.message), status=status))


def _undo_page(found: SeminarImport, outcome: TakenBack, is_done: bool) -> str:
    with current_archive().database.read() as session:
        names = {one.code: one.name for one in regions.all_regions(session)}
    conflicts = [texts.conflict_text(one, names) for one in outcome.conflicts]
    return render_template(
        "imports/undo.html", found=found, outcome=outcome, is_done=is_done, conflicts=conflicts
    )


def _page(session: Session, found: SeminarImport, draft: SeminarDraft, answer: _Answer) -> Response:
    hints = hints_of(found.page, draft)
    all_links = links.links_of(session, found.id)
    page = render_template(
        "imports/review.html",
        found=found,
        draft=draft,
        hints=hints,
        unsure=unsure_count(hints),
        errors=errors_of(draft) if answer.status == InputError.status else {},
        unfetchable=unfetchable_links(draft),
        known=_known(session, draft),
        kept=[texts.kept_text(one, draft) for one in found.kept],
        files=[one for one in all_links if one.link.kind is not LinkKind.PAGE],
        seminars={one.link.address: one for one in all_links if one.link.kind is LinkKind.PAGE},
        is_waiting=any(one.state is LinkState.WAITING for one in all_links),
        regions=[region.name for region in regions.all_regions(session)],
        kinds=KINDS,
        levels=list(Visibility),
        mark=_mark(found),
        base=written_draft(answer.base or found.draft),
        changes=[(texts.field_anchor(one.field), *texts.kept_text(one, draft)) for one in answer.changes],
        answer=answer,
    )
    return make_response(page, answer.status)


def _known(session: Session, draft: SeminarDraft) -> NameCounts:
    speakers = [one for event in draft.events for talk in event.talks for one in talk.speakers]
    return known_names(session, (one.name for one in speakers), (one.organisation for one in speakers))


def _mark(found: SeminarImport) -> str:
    return found.updated_at.isoformat()


def _login() -> str:
    return current_account().account.login
