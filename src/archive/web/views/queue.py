"""The review queue: what waits, and the document that one works on, edited and published on its row."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue import records
from archive.catalogue.database.sessions import Session
from archive.catalogue.events import regions
from archive.catalogue.journal.recording import recording
from archive.catalogue.proposals.waiting import waiting as waiting_proposals
from archive.catalogue.publishing import drafts
from archive.catalogue.publishing.facts import known_facts, save_facts
from archive.catalogue.queue import claims, waiting
from archive.catalogue.queue.taking import take_next as take_next_free
from archive.catalogue.submissions import submissions
from archive.catalogue.submissions.declining import decline
from archive.errors import ArchiveError, ChangedMeanwhile, Gone, InputError, NotFound
from archive.model.accounts import Role
from archive.model.review_queue import Missing, QueueEntry
from archive.review.looking_through import SCHEME, look_through
from archive.review.proposals import proposals_of
from archive.web.http.authorship import current_author
from archive.web.http.context import current_archive
from archive.web.http.language import message_text
from archive.web.http.signed_in import current_account, for_role
from archive.web.presenters.publishing.facts_form import form_of, proposed_form
from archive.web.presenters.publishing.queue_form import (
    QueueForm,
    facts_of,
    missing_text,
    queue_form,
    read_queue_form,
)
from archive.web.presenters.slide_views import covers
from archive.web.views.publishing import two_people

blueprint = Blueprint("queue", __name__)

_ROWS = 20
_LOOKED_THROUGH_A_VIEW = 5


@dataclass(frozen=True, slots=True)
class _Work:
    """The document that one has taken: its form, and why it waits (None: it lacks nothing any more)."""

    record: records.CatalogueRecord
    form: QueueForm
    mark: str
    is_draft: bool
    entry: QueueEntry | None


class _Mistaken(Exception):
    """The form cannot be saved as it is."""

    def __init__(self, form: QueueForm) -> None:
        """Take the form with what is wrong of it."""
        super().__init__()
        self.form = form


@blueprint.get("/staff/queue")
@for_role(Role.STAFF)
def index() -> Response:
    """Show the document that one works on, and what waits after it."""
    look_through(current_archive().database, _LOOKED_THROUGH_A_VIEW)
    return _page(request.args.get("place", ""), done=request.args.get("done", ""))


@blueprint.post("/staff/queue/next")
@for_role(Role.STAFF)
def take_next() -> Response:
    """Take the next free document."""
    with current_archive().database.write() as session:
        return _to_next(session, request.form.get("place", ""))


@blueprint.post("/staff/queue/<document_id>/take")
@for_role(Role.STAFF)
def take(document_id: str) -> Response:
    """Take a document."""
    try:
        with current_archive().database.write() as session:
            claims.take(session, document_id, _login(), _now())
    except (ChangedMeanwhile, Gone) as error:
        return _page("", refusal=error)
    return _to(document_id)


@blueprint.post("/staff/queue/<document_id>")
@for_role(Role.STAFF)
def change(document_id: str) -> Response:
    """Save, publish, give back or go on, as the button says; going on saves what was typed."""
    name, _, argument = request.form.get("do", "save").partition(":")
    form = read_queue_form(request.form)
    try:
        with current_archive().database.write() as session, recording(session, current_author()):
            if name == "give_back":
                claims.give_back(session, document_id, _login())
                return _to(document_id, "given_back")
            claims.take(session, document_id, _login(), _now())
            if name == "apart":
                drafts.keep_apart(session, document_id, argument, _login())
                return _to(document_id, "apart")
            if name == "decline":
                decline(session, document_id, request.form.get("reason", ""), _login())
                claims.give_back(session, document_id, _login())
                return _to(document_id, "declined")
            if name not in ("save", "publish", "next"):
                raise InputError("The form has no such button. Load the page again.")
            done = _save(session, document_id, form, name)
            if name == "next":
                claims.give_back(session, document_id, _login())
                return _to_next(session, document_id)
            if waiting.entry(session, document_id, _now()) is None:
                claims.give_back(session, document_id, _login())
    except Gone:  # the form keeps what was typed: it can be saved once that is undone
        return two_people.show_kept(document_id, "queue/removed.html", form=form, missing=_missing())
    except _Mistaken as error:
        return _page(document_id, error.form, status=InputError.status)
    except (ChangedMeanwhile, InputError) as error:
        return _page(document_id, form, refusal=error)
    return _to(document_id, done)


def _save(session: Session, document_id: str, form: QueueForm, name: str) -> str:
    """Save the form and return what was done. Raises _Mistaken."""
    known = known_facts(session, document_id)
    shown = _shown_form(session, document_id)
    if name == "next" and replace(form, errors={}) == shown:
        return "next"
    facts, errors = facts_of(session, form, known.facts)
    if errors:
        raise _Mistaken(replace(form, errors=errors))
    is_published = name == "publish" or not known.is_draft
    save_facts(session, document_id, facts, request.form.get("mark", ""), is_published, _login())
    return "published" if name == "publish" and known.is_draft else "saved"


def _shown_form(session: Session, document_id: str) -> QueueForm:
    """Return the form of what is known; of a new draft, of what its file proposes."""
    known = known_facts(session, document_id)
    record = records.record(session, document_id)
    form = form_of(known.facts)
    if known.is_draft and not known.are_given and record.document.version.category is not None:
        form = proposed_form(form, proposals_of(session, document_id), record.document.kind)
    sent = submissions.of_documents(session, [document_id]).get(document_id)
    if sent is not None and sent.given.title and not known.are_given:
        form = replace(form, title=sent.given.title)
    return queue_form(form, {one.code: one.name for one in regions.all_regions(session)})


def _page(
    place: str,
    typed: QueueForm | None = None,
    refusal: ArchiveError | None = None,
    done: str = "",
    status: int = 200,
) -> Response:
    """Show the queue from a place on, with what was typed where it was refused."""
    missing, now, login = _missing(), _now(), _login()
    with current_archive().database.read() as session:
        own = list(claims.taken_by(session, login, now))
        work = _work(session, place, typed) if place in own or typed is not None else None
        after = waiting.place_of(session, place) if place else None
        found = waiting.entries(session, now, missing, after, _ROWS + 1)
        rows = [one for one in found[:_ROWS] if work is None or one.document_id != place]
        of_rows = records.records(session, [one.document_id for one in rows])
        of_own = records.records(session, [one for one in own if one != place])
        shown = [*of_rows.values(), *([work.record] if work else [])]
        page = render_template(
            "queue/queue.html",
            work=work,
            rows=[one for one in rows if one.document_id in of_rows],
            records=of_rows,
            own=list(of_own.values()),
            covers=covers(session, shown),
            counts=waiting.counts(session, SCHEME),
            sent_in=submissions.of_documents(session, [one.document.id for one in shown]),
            duplicates=waiting.duplicates_of(session, [one.document.id for one in shown]),
            has_more=len(found) > _ROWS,
            missing=missing,
            kinds=list(Missing),
            missing_text=missing_text,
            place=place,
            login=login,
            proposals=[] if place else waiting_proposals(session),
            done_text=done,
            declining=request.form.get("reason", "") if request.form.get("do") == "decline" else None,
            refusal=message_text(refusal.message) if refusal else "",
        )
    return make_response(page, refusal.status if refusal else status)


def _work(session: Session, document_id: str, typed: QueueForm | None) -> _Work | None:
    try:
        known = known_facts(session, document_id)
    except (Gone, NotFound):
        return None
    form = typed or _shown_form(session, document_id)
    entry = waiting.entry(session, document_id, _now())
    return _Work(records.record(session, document_id), form, known.mark, known.is_draft, entry)


def _to_next(session: Session, place: str) -> Response:
    entry = take_next_free(session, _login(), _now(), _missing(), place)
    return _to(place, "empty") if entry is None else _to(entry.document_id)


def _to(place: str, done: str = "") -> Response:
    chosen = _missing()
    address = url_for(
        "queue.index", missing=chosen.value if chosen else None, place=place or None, done=done or None
    )
    return make_response(redirect(address, 303))


def _missing() -> Missing | None:
    given = request.values.get("missing", "")
    return Missing(given) if given in list(Missing) else None


def _login() -> str:
    return current_account().account.login


def _now() -> datetime:
    return datetime.now(UTC)
