"""The page "Skicka in": members send files into the review queue, where a setting says that they may."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import (
    Blueprint,
    Flask,
    Response,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)

from archive.accounts.throttle import SUBMISSIONS, Throttle
from archive.catalogue.events.events import events
from archive.catalogue.submissions import statuses, submissions
from archive.errors import ArchiveError, InputError, NotFound, TooMany
from archive.model.accounts import Role
from archive.model.submissions import NewSubmission, SubmissionStatus, SubmittedState
from archive.web.http.context import current_archive, current_visitor
from archive.web.http.language import message_text
from archive.web.http.signed_in import current_account, for_role, may
from archive.web.presenters.submitting import submission_form as forms
from archive.web.presenters.submitting.submission_form import SubmissionForm
from archive.web.views.submitting import tus
from archive.web.views.submitting.form_files import new_upload, take_files
from archive.web.views.submitting.tus import by_tus

blueprint = Blueprint("send_in", __name__)

_SHOWN_MAX = 100
_CREATED = 201
Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


def install(app: Flask) -> None:
    """Tell the templates whether the visitor has the page."""
    app.jinja_env.globals["may_send_in"] = lambda: may(Role.MEMBER) and _is_on()


def _where_it_is_on(view: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Answer as for a page that is not there, where the setting does not say that members may send."""

    @wraps(view)
    def checked(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        if not _is_on():
            raise NotFound("There is no such page.")
        return view(*args, **kwargs)

    return checked


@blueprint.get("/send-in")
@for_role(Role.MEMBER)
@_where_it_is_on
def index() -> Response:
    """Show the form, and what became of what this member has sent in."""
    return _page(SubmissionForm(), done=request.args.get("done") == "1")


@blueprint.post("/send-in")
@for_role(Role.MEMBER)
@_where_it_is_on
def send() -> Response:
    """Take what the member says, with the files of a form; a script sends them afterwards, in pieces."""
    form = forms.read_submission_form(request.form)
    files = [file for file in request.files.getlist("files") if file.filename]
    is_script = request.form.get("files_follow") == "1"
    errors = forms.mistakes(form, bool(files) or is_script)
    if errors:
        return _refused(form, errors, is_script)
    try:
        throttle = Throttle(current_archive().database)
        throttle.check(SUBMISSIONS, "submission", _login())
        throttle.count(SUBMISSIONS, "submission", _login())
    except TooMany as error:
        return _refused(form, {"files": message_text(error.message)}, is_script, error)
    with current_archive().database.write() as session:
        picked = forms.event_of(form.event, events(session, current_visitor().rank))
        given = _given(form, picked.id if picked else None)
        submission = submissions.add(session, given)
    if is_script:
        answer = jsonify({"submission": submission.id, "next": url_for("send_in.index", done=1)})
        return make_response(answer, _CREATED)
    refused = take_files(files, _login(), submission.id)
    if refused:
        return _page(form, refusals=refused, status=InputError.status)
    return make_response(redirect(url_for("send_in.index", done=1), 303))


@blueprint.post("/send-in/uploads")
@for_role(Role.MEMBER)
@_where_it_is_on
@by_tus
def begin() -> Response:
    """Begin to send a file of a submission."""
    given = tus.metadata(request.headers.get("Upload-Metadata", ""))
    with current_archive().database.read() as session:
        submission = submissions.find(session, given.get("submission", ""), _login())
    size_bytes = tus.number("Upload-Length")
    new = new_upload(_login(), submission.id, given.get("filename", ""), size_bytes)
    upload = current_archive().receiving.begin(new)
    return tus.begun(upload, url_for("send_in.progress", upload_id=upload.id))


@blueprint.route("/send-in/uploads/<upload_id>", methods=["HEAD"], provide_automatic_options=False)
@for_role(Role.MEMBER)
@_where_it_is_on
@by_tus
def progress(upload_id: str) -> Response:
    """Say how many bytes are safely here."""
    return tus.progress(upload_id, _login())


@blueprint.patch("/send-in/uploads/<upload_id>")
@for_role(Role.MEMBER)
@_where_it_is_on
@by_tus
def take_piece(upload_id: str) -> Response:
    """Take a piece; what is acknowledged is on the disk."""
    return tus.take_piece(upload_id, _login())


@blueprint.delete("/send-in/uploads/<upload_id>")
@for_role(Role.MEMBER)
@_where_it_is_on
@by_tus
def end(upload_id: str) -> Response:
    """Take a file back that has not come whole."""
    return tus.end(upload_id, _login())


def _refused(
    form: SubmissionForm, errors: dict[str, str], is_script: bool, error: ArchiveError | None = None
) -> Response:
    status = error.status if error else InputError.status
    if is_script:
        return make_response(jsonify({"errors": errors}), status)
    typed = SubmissionForm(form.title, form.event, form.talk, form.note, form.has_rights, errors)
    return _page(typed, status=status)


def _given(form: SubmissionForm, event_id: str | None) -> NewSubmission:
    account = current_account().account
    return NewSubmission(
        login=account.login,
        sender=account.login if account.name == account.login else f"{account.name} ({account.login})",
        title=form.title,
        event=form.event,
        event_id=event_id,
        talk=form.talk,
        note=form.note,
        rights=forms.rights_text(),
    )


def _page(
    form: SubmissionForm, refusals: list[str] | None = None, status: int = 200, done: bool = False
) -> Response:
    archive, visitor = current_archive(), current_visitor()
    with archive.database.read() as session:
        known = events(session, visitor.rank)
        sent = statuses.sent_by(session, _login(), visitor, _SHOWN_MAX)
    page = render_template(
        "submitting/send_in.html",
        form=form,
        events=[forms.event_label(event) for event in known],
        sent=[(one, _rows(one)) for one in sent],
        rights=forms.rights_text(),
        refusals=refusals or [],
        is_done=done,
        file_max_bytes=archive.settings.extract.file_max_bytes,
        piece_max_bytes=archive.settings.uploads.piece_max_bytes,
        note_max_chars=forms.NOTE_MAX_CHARS,
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _rows(one: SubmissionStatus) -> list[dict[str, object]]:
    store = current_archive().receiving.store
    return [
        {
            "name": file.upload.given.filename,
            "size_bytes": file.upload.given.size_bytes,
            "state": file.state.value,
            "text": forms.status_text(
                file,
                store.size_bytes(file.upload.id) if file.state is SubmittedState.RECEIVING else 0,
            ),
            "address": forms.published_address(file),
            "upload_id": file.upload.id if file.state is SubmittedState.RECEIVING else "",
        }
        for file in one.files
    ]


def _is_on() -> bool:
    return current_archive().settings.uploads.members_may_send


def _login() -> str:
    return current_account().account.login
