"""The page of a speaker's link: nobody signs in, no cookie is set, and looking uses nothing up.

What is sent waits in the review queue. The address is the secret: it is told to no other site, kept by no
cache or search engine, and written in no log.
"""

from dataclasses import dataclass, replace

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for

from archive.accounts.credentials import token_digest
from archive.accounts.throttle import SPEAKERS_UPLOADS, SUBMISSIONS, Throttle
from archive.catalogue.database.sessions import Session
from archive.catalogue.editing import talks
from archive.catalogue.events.events import event
from archive.catalogue.proposals import links, sending
from archive.catalogue.proposals.wordings import wording
from archive.catalogue.submissions import statuses, submissions
from archive.errors import ArchiveError, ChangedMeanwhile, InputError, NotFound, RecordRefused, TooMany
from archive.model.events import Event
from archive.model.proposals import Proposal, ProposalState, TalkLink, TalkWording
from archive.model.submissions import SubmittedFile, SubmittedState
from archive.model.visibility import Visibility
from archive.web.http.context import current_archive
from archive.web.http.language import gettext, message_text
from archive.web.presenters.submitting.submission_form import rights_text, status_text
from archive.web.presenters.submitting.wording_form import (
    WordingForm,
    form_of,
    read_wording_form,
    wording_label,
)
from archive.web.views.submitting import tus
from archive.web.views.submitting.form_files import new_upload, take_files
from archive.web.views.submitting.tus import by_tus

blueprint = Blueprint("speakers", __name__)

_CREATED = 201


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page shows beside the form."""

    now: TalkWording
    event: Event | None
    latest: Proposal | None
    files: list[tuple[str, str]]


@blueprint.after_request
def _keep_secret(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@blueprint.get("/speaker/<token>")
def form(token: str) -> Response:
    """Show what the talk says, to be corrected, and what became of what was sent before."""
    return _page(token, None, is_done=request.args.get("done") == "1")


@blueprint.post("/speaker/<token>")
def send(token: str) -> Response:
    """Take what the speaker proposes, with the file of a form; a script sends it afterwards, in pieces."""
    link, typed = _link(token), read_wording_form(request.form)
    files = [file for file in request.files.getlist("files") if file.filename]
    is_script = request.form.get("files_follow") == "1"
    has_file = bool(files) or is_script
    try:
        with current_archive().database.read() as session:
            errors = _mistakes(session, link, typed, has_file, len(files))
        if errors:
            return _refused(token, replace(typed, errors=errors), is_script, InputError.status)
        _throttle(link)
        with current_archive().database.write() as session:
            rights = rights_text() if has_file else ""
            mark = request.form.get("mark", "")
            proposal = sending.send(session, link, typed.wording, typed.note, mark, rights)
    except RecordRefused as error:
        told = {name: message_text(text) for name, text in error.mistakes.items()}
        return _refused(token, replace(typed, errors=told), is_script, error.status)
    except (ChangedMeanwhile, TooMany) as error:
        return _refused(token, typed, is_script, error.status, error)
    if is_script:
        answer = {"submission": proposal.submission_id, "next": url_for("speakers.form", token=token, done=1)}
        return make_response(jsonify(answer), _CREATED)
    refused = take_files(files, link.login, proposal.submission_id or "", SPEAKERS_UPLOADS)
    if refused:
        return _page(token, typed, InputError(refused[0]), status=InputError.status)
    return make_response(redirect(url_for("speakers.form", token=token, done=1), 303))


@blueprint.post("/speaker/<token>/uploads")
@by_tus
def begin(token: str) -> Response:
    """Begin to send the deck of what was proposed."""
    link = _link(token)
    given = tus.metadata(request.headers.get("Upload-Metadata", ""))
    with current_archive().database.read() as session:
        submission = submissions.find(session, given.get("submission", ""), link.login)
    new = new_upload(link.login, submission.id, given.get("filename", ""), tus.number("Upload-Length"))
    upload = current_archive().receiving.begin(new, SPEAKERS_UPLOADS)
    return tus.begun(upload, url_for("speakers.progress", token=token, upload_id=upload.id))


@blueprint.route("/speaker/<token>/uploads/<upload_id>", methods=["HEAD"], provide_automatic_options=False)
@by_tus
def progress(token: str, upload_id: str) -> Response:
    """Say how many bytes are safely here."""
    return tus.progress(upload_id, _link(token).login)


@blueprint.patch("/speaker/<token>/uploads/<upload_id>")
@by_tus
def take_piece(token: str, upload_id: str) -> Response:
    """Take a piece; what is acknowledged is on the disk."""
    return tus.take_piece(upload_id, _link(token).login)


@blueprint.delete("/speaker/<token>/uploads/<upload_id>")
@by_tus
def end(token: str, upload_id: str) -> Response:
    """Take a file back that has not come whole."""
    return tus.end(upload_id, _link(token).login)


def _link(token: str) -> TalkLink:
    with current_archive().database.read() as session:
        return links.look(session, token_digest(token))


def _throttle(link: TalkLink) -> None:
    throttle = Throttle(current_archive().database)
    throttle.check(SUBMISSIONS, "submission", link.login)
    throttle.count(SUBMISSIONS, "submission", link.login)


def _mistakes(
    session: Session, link: TalkLink, typed: WordingForm, has_file: bool, file_count: int
) -> dict[str, str]:
    errors: dict[str, str] = {}
    is_changed = bool(typed.wording.changed_from(wording(session, link.id)))
    if not (is_changed or has_file or typed.note):
        errors["note"] = gettext("Inget är ändrat. Rätta något, välj en fil eller skriv till personalen.")
    if file_count > 1:
        errors["files"] = gettext("Välj en fil.")
    if has_file and not typed.has_rights:
        errors["rights"] = gettext("Kryssa i rutan: arkivet tar bara emot filer som får visas.")
    return errors


def _refused(
    token: str, typed: WordingForm, is_script: bool, status: int, error: ArchiveError | None = None
) -> Response:
    if is_script:
        errors = dict(typed.errors) or {"note": message_text(error.message) if error else ""}
        return make_response(jsonify({"errors": errors}), status)
    return _page(token, typed, error, status=status)


def _page(
    token: str,
    typed: WordingForm | None,
    error: ArchiveError | None = None,
    status: int = 200,
    is_done: bool = False,
) -> Response:
    link, archive = _link(token), current_archive()
    with archive.database.read() as session:
        shown = _shown(session, link)
    waits = shown.latest is not None and shown.latest.state is ProposalState.WAITING
    if typed is None:
        sent = shown.latest if waits else None
        typed = form_of(sent.given, sent.note) if sent else form_of(shown.now)
    page = render_template(
        "submitting/speaker.html",
        token=token,
        link=link,
        form=typed,
        shown=shown,
        mark=sending.mark_of(shown.now),
        waits=waits,
        differing=typed.wording.changed_from(shown.now) if waits or error else (),
        label=wording_label,
        rights=rights_text(),
        is_done=is_done,
        refusal=message_text(error.message) if error else "",
        file_max_bytes=archive.settings.extract.file_max_bytes,
        piece_max_bytes=archive.settings.uploads.piece_max_bytes,
    )
    return make_response(page, status)


def _shown(session: Session, link: TalkLink) -> _Shown:
    talk = talks.shown(session, link.talk_id)
    try:  # its own speaker may know of a seminar that is no public one
        of_talk = event(session, talk.event_id or "", Visibility.STAFF.rank)
    except NotFound:
        of_talk = None
    latest = sending.latest(session, link.id)
    files: list[SubmittedFile] = []
    if latest is not None and latest.submission_id and latest.state is ProposalState.WAITING:
        files = list(statuses.files_of(session, latest.submission_id, Visibility.PUBLIC))
    return _Shown(
        wording(session, link.id),
        of_talk,
        latest,
        [(one.upload.given.filename, status_text(one, _received_bytes(one))) for one in files],
    )


def _received_bytes(file: SubmittedFile) -> int:
    is_coming = file.state is SubmittedState.RECEIVING
    return current_archive().receiving.store.size_bytes(file.upload.id) if is_coming else 0
