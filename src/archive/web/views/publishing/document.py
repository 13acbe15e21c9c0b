"""One document for staff: what is said of it, what to look at, and publishing it.

Every button sends the whole form, so that nothing typed is lost whatever it does.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue import documents, hidden_pages, pages, records
from archive.catalogue.database.sessions import Session
from archive.catalogue.events import events, regions
from archive.catalogue.journal.history import last_edit_id
from archive.catalogue.journal.recording import recording
from archive.catalogue.outcomes import retry
from archive.catalogue.publishing import drafts
from archive.catalogue.publishing.facts import KnownFacts, known_facts, save_facts
from archive.errors import ArchiveError, ChangedMeanwhile, Gone, InputError, NotFound
from archive.model.accounts import Role
from archive.model.uploads import UploadTarget
from archive.model.visibility import OriginalsPolicy, Visibility
from archive.review.fonts import lacks_font
from archive.review.near_duplicates import near_duplicates, same_bytes, sketch_missing
from archive.review.proposals import proposals_of
from archive.review.warnings import warnings_of
from archive.web.http.authorship import current_author
from archive.web.http.context import current_archive
from archive.web.http.language import message_text
from archive.web.http.signed_in import current_account, for_role
from archive.web.presenters.publishing.facts_form import FactsForm, form_of, proposed_form, read_form
from archive.web.presenters.publishing.facts_merging import values_of
from archive.web.presenters.publishing.warning_groups import warning_groups
from archive.web.presenters.records.record_form import written
from archive.web.presenters.slide_views import covers, slide_views
from archive.web.views.publishing import two_people
from archive.web.views.upload_areas import upload_area

blueprint = Blueprint("publishing", __name__)

_SKETCHES_AT_MOST = 100
_STAFF_RANK = Visibility.STAFF.rank


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the page says beside the form: what was done, what was refused."""

    done: str = ""
    refusal: str = ""
    status: int = 200


@blueprint.get("/staff/documents/<document_id>")
@for_role(Role.STAFF)
def document(document_id: str) -> Response:
    """Show what is said of a document, and what to look at before it is published.

    One that was withdrawn is shown among those, where it can be brought back.
    """
    try:
        return _page(document_id, None, _Answer(done=request.args.get("done", "")))
    except Gone:
        return make_response(redirect(url_for("withdrawing.index", document=document_id), 303))


@blueprint.post("/staff/documents/<document_id>")
@for_role(Role.STAFF)
def change(document_id: str) -> Response:
    """Save the form, publish, or do what one of its other buttons says."""
    try:
        return _changed(document_id)
    except Gone:
        return two_people.show_removed(document_id)


def _changed(document_id: str) -> Response:
    if "mine" in request.form:
        return two_people.decide(document_id, _save)
    form, (name, _, argument) = read_form(request.form), request.form.get("do", "save").partition(":")
    if name in ("save", "publish"):
        return _save(document_id, form, request.form.get("mark", ""), is_published=name == "publish")
    if name == "row":
        return _page(document_id, replace(form, errors={}).with_row(), _Answer())
    action = _ACTIONS.get(name)
    if action is None:
        raise InputError("The form has no such button. Load the page again.")
    try:
        with current_archive().database.write() as session, recording(session, current_author()):
            leads_to = action(session, document_id, argument)
    except (InputError, NotFound) as error:
        return _page(document_id, replace(form, errors={}), _refused(error))
    if leads_to:
        return make_response(redirect(leads_to, 303))
    if name == "keep_for_staff":
        form = replace(form, visibility=Visibility.STAFF.value)
    return _page(document_id, replace(form, errors={}), _Answer(done=name))


def _save(document_id: str, form: FactsForm, mark: str, is_published: bool) -> Response:
    if form.errors:
        return _page(document_id, form, _Answer(status=InputError.status))
    try:
        with current_archive().database.write() as session, recording(session, current_author()):
            was_draft = drafts.is_draft(session, document_id)
            save_facts(
                session,
                document_id,
                form.facts(),
                mark,
                is_published or not was_draft,
                _actor(),
            )
    except ChangedMeanwhile:
        return two_people.show(document_id, form, is_published)
    except InputError as error:
        return _page(document_id, form, _refused(error))
    done = "published" if is_published and was_draft else "saved"
    return make_response(redirect(url_for("publishing.document", document_id=document_id, done=done), 303))


def _hide(session: Session, document_id: str, argument: str) -> str:
    hidden_pages.set_hidden(session, document_id, _number(argument), True, _actor())
    return ""


def _show(session: Session, document_id: str, argument: str) -> str:
    hidden_pages.set_hidden(session, document_id, _number(argument), False, _actor())
    return ""


def _staff_only(session: Session, document_id: str, _: str) -> str:
    documents.set_visibility(session, document_id, Visibility.STAFF, _actor())
    return ""


def _read_again(session: Session, document_id: str, _: str) -> str:
    retry(session, [document_id], _actor())
    return ""


def _become_version(session: Session, document_id: str, other_id: str) -> str:
    drafts.become_version(session, document_id, other_id, _actor())
    return url_for("publishing.document", document_id=other_id, done="version")


def _use_existing(session: Session, document_id: str, other_id: str) -> str:
    drafts.use_existing(session, document_id, other_id, _actor())
    return url_for("publishing.document", document_id=other_id, done="used")


def _keep_apart(session: Session, document_id: str, other_id: str) -> str:
    drafts.keep_apart(session, document_id, other_id, _actor())
    return ""


def _discard(session: Session, document_id: str, _: str) -> str:
    drafts.discard(session, document_id, _actor())
    return url_for("drafts.index", done="discarded")


def _unpublish(session: Session, document_id: str, _: str) -> str:
    drafts.unpublish(session, document_id, _actor())
    return url_for("publishing.document", document_id=document_id, done="unpublished")


_ACTIONS: dict[str, Callable[[Session, str, str], str]] = {
    "hide_slide": _hide,
    "show_slide": _show,
    "keep_for_staff": _staff_only,
    "read_again": _read_again,
    "version_of": _become_version,
    "use": _use_existing,
    "keep": _keep_apart,
    "discard": _discard,
    "unpublish": _unpublish,
}


def _number(argument: str) -> int:
    if not argument.isdecimal() or len(argument) > 6:
        raise NotFound("There is no such slide.")
    return int(argument)


def _actor() -> str:
    return current_account().account.login


def _refused(error: ArchiveError) -> _Answer:
    return _Answer(refusal=message_text(error.message), status=error.status)


def _page(document_id: str, form: FactsForm | None, answer: _Answer) -> Response:
    """Show the page; `form` None: with what is known, or for a new draft what its file proposes."""
    archive = current_archive()
    sketch_missing(archive.database, _SKETCHES_AT_MOST)
    with archive.database.read() as session:
        record = records.record(session, document_id)
        known = known_facts(session, document_id)
        as_known = form_of(known.facts)
        version = record.document.version
        all_pages = pages.pages(session, version.id)
        found = warnings_of(version, all_pages, lacks_font) if version.category is not None else ()
        numbers = sorted({one.page_number for one in found if one.page_number})
        nothing = archive.search.nothing_to_mark()
        slides = {one.number: one for one in slide_views(session, record, numbers, nothing)}
        policy = OriginalsPolicy(archive.settings.originals)
        shown = form or _first_form(session, known, as_known, record)
        page = render_template(
            "publishing/document.html",
            record=record,
            form=shown,
            known=known,
            base=written(values_of(as_known)),
            edit=last_edit_id(session),
            groups=warning_groups(found, slides, record.document.kind, policy),
            near=_near(session, document_id) if known.is_draft else (),
            same=_same(session, record) if known.is_draft else (),
            cover=covers(session, [record]).get(document_id),
            events=events.events(session, _STAFF_RANK),
            regions=regions.all_regions(session),
            levels=list(Visibility),
            answer=answer,
            area=upload_area(session, UploadTarget(document_id=document_id)),
        )
    return make_response(page, answer.status)


def _first_form(
    session: Session, known: KnownFacts, as_known: FactsForm, record: records.CatalogueRecord
) -> FactsForm:
    if known.are_given or not known.is_draft or record.document.version.category is None:
        return as_known
    return proposed_form(as_known, proposals_of(session, record.document.id), record.document.kind)


def _near(session: Session, document_id: str) -> list[object]:
    apart = drafts.kept_apart(session, document_id)
    return [one for one in near_duplicates(session, document_id) if one.record.document.id not in apart]


def _same(session: Session, record: records.CatalogueRecord) -> list[object]:
    apart = drafts.kept_apart(session, record.document.id)
    found = same_bytes(session, record.document.version.original.sha256)
    return [
        one
        for one in found
        if one.document_id != record.document.id and one.document_id not in apart and not one.withdrawn_at
    ]
