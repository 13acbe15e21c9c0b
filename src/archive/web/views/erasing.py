"""Erasing a person, for admins: who is meant, everything that was found as slides to tick, the report.

A look and an erasure may take minutes; the process that serves does them (`archive.erasing.ordering`), and
the pages say how far it has come. No address has a name in it.
"""

import unicodedata

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue.database.sessions import Session
from archive.catalogue.erasing import erasures, orders
from archive.catalogue.erasing.orders import ErasureRequest
from archive.catalogue.erasing.people import is_known, names_of
from archive.catalogue.events.people import find_person
from archive.catalogue.operation import backups
from archive.erasing.names import ErasedNames, given_names
from archive.errors import InputError, NotFound
from archive.model.accounts import Role
from archive.web.http.context import current_archive
from archive.web.http.language import gettext, message_text
from archive.web.http.signed_in import by_people_alone, current_account, for_role
from archive.web.presenters.erasures import SLIDES_MAX, counts_by_kind, found_slides, step_text

blueprint = Blueprint("erasing", __name__)
blueprint.before_request(by_people_alone)

_OPEN = (orders.LOOKING, orders.ORDERED)
_REASON_MAX_CHARS = 500


@blueprint.get("/staff/erase")
@for_role(Role.ADMIN)
def index() -> str:
    """Ask who is to be erased; list what was asked for and what was erased."""
    return _start()


@blueprint.post("/staff/erase")
@for_role(Role.ADMIN)
def begin() -> Response:
    """Have the archive look for somebody, and go to the page that says how far that has come."""
    try:
        with current_archive().database.write() as session:
            order_id = orders.ask(session, _actor(), _wanted(session))
    except (InputError, NotFound) as error:
        return make_response(_start(message_text(error.message)), error.status)
    return _to("erasing.progress", order_id)


@blueprint.get("/staff/erase/<order_id>/progress")
@for_role(Role.ADMIN)
def progress(order_id: str) -> Response:
    """Say how far a look or an erasure has come; what is done leads on."""
    with current_archive().database.read() as session:
        erasure = _erasure(session, order_id)
        asked = None if erasure else orders.find(session, order_id)
    if (erasure is not None and erasure.is_done) or (asked is not None and asked.state not in _OPEN):
        return _to("erasing.show", order_id)
    page = render_template("erasing/progress.html", asked=asked, order_id=order_id, text=step_text(asked))
    return make_response(page)


@blueprint.get("/staff/erase/<order_id>")
@for_role(Role.ADMIN)
def show(order_id: str) -> Response:
    """Show what was found as slides to tick, or the report of an erasure."""
    with current_archive().database.read() as session:
        erasure = _erasure(session, order_id)
        if erasure is None:
            asked = orders.find(session, order_id)
            if asked.state in _OPEN:
                return _to("erasing.progress", order_id)
            return make_response(_choice(session, asked))
        if not erasure.is_done:
            return _to("erasing.progress", order_id)
        last = backups.last(session, "backup_made")
    counts = counts_by_kind(erasure.went.get("tables", {}))
    page = render_template("erasing/report.html", erasure=erasure, counts=counts, last_backup=last)
    return make_response(page)


@blueprint.post("/staff/erase/<order_id>/order")
@for_role(Role.ADMIN)
def order(order_id: str) -> Response:
    """Order the erasure of what was ticked; the reason and the name, typed once more, must be there."""
    reason = request.form.get("reason", "").strip()[:_REASON_MAX_CHARS]
    with current_archive().database.write() as session:
        asked = None if _erasure(session, order_id) else orders.find(session, order_id)
        if asked is None or asked.state in _OPEN:  # another admin, or a second click, was first
            return _to("erasing.show", order_id)
        if asked.state != orders.LOOKED:
            raise NotFound("There is nothing to erase here any more. Look again.")
        refusal = _refusal(asked, reason)
        if refusal:
            return make_response(_choice(session, asked, refusal), InputError.status)
        orders.order(session, order_id, _actor(), reason, _only(asked))
    return _to("erasing.progress", order_id)


@blueprint.post("/staff/erase/<order_id>/drop")
@for_role(Role.ADMIN)
def drop(order_id: str) -> Response:
    """Forget what was looked for: nothing is erased."""
    with current_archive().database.write() as session:
        orders.drop(session, order_id)
    return make_response(redirect(url_for("erasing.index"), 303))


def _wanted(session: Session) -> dict[str, object]:
    """Return who is meant by the form. Raises InputError, NotFound."""
    name, text = request.form.get("name", "").strip(), request.form.get("text", "").strip()
    person = request.form.get("person", "").strip()
    if not person and name:
        person = find_person(session, name) or ""
    known = names_of(session, person) if person else ()
    confirm = known[0] if known else name or text
    if not (known or name or text):
        raise InputError(gettext("Skriv ett namn, eller andra ord."))
    given_names(filter(None, [name]), filter(None, [text]))
    is_whole = request.form.get("whole_only") == "yes"
    named = {"names": [name] if name else [], "texts": [text] if text else [], "person": person}
    return {**named, "whole_only": is_whole, "confirm": confirm, "known": list(known)}


def _refusal(asked: ErasureRequest, reason: str) -> str:
    typed = _compared(request.form.get("confirm", ""))
    if not reason:
        return gettext("Skriv varför: det står kvar i arkivet, utan namnet.")
    if typed != _compared(asked.wanted["confirm"]):
        return gettext("Skriv namnet precis som det står, för att bekräfta.")
    if _only(asked) == []:
        return gettext("Ingen bild är vald. Kryssa i dem som namnet ska tas bort från.")
    return ""


def _compared(name: str) -> str:
    """Return a name as it is compared with one: "å" may be typed as one character or as two."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def _only(asked: ErasureRequest) -> list[tuple[str, int]] | None:
    """Return the slides that were ticked; None for everything, where all of them are, or there are none."""
    ticked = set(request.form.getlist("slide"))
    found = [(document_id, number) for document_id, number, _, _ in asked.found["slides"]]
    chosen = [(document_id, number) for document_id, number in found if f"{document_id}/{number}" in ticked]
    is_all = len(chosen) == len(found[:SLIDES_MAX])
    return None if is_all else chosen


def _choice(session: Session, asked: ErasureRequest, refusal: str = "") -> str:
    if asked.state == orders.FAILED:
        return render_template("erasing/failed.html", asked=asked, text=message_text(asked.message))
    given = ErasedNames(asked.wanted["names"], asked.wanted["texts"], bool(asked.wanted["whole_only"]))
    names = given.and_of(asked.wanted["known"])
    ticked = set(request.form.getlist("slide")) if refusal else None
    return render_template(
        "erasing/choice.html",
        asked=asked,
        found=asked.found,
        counts=counts_by_kind(asked.found["tables"]),
        slides=found_slides(session, asked.found["slides"], names, ticked),
        slides_max=SLIDES_MAX,
        has_record=bool(asked.wanted["person"]) and is_known(session, asked.wanted["person"]),
        last_backup=backups.last(session, "backup_made"),
        reason=request.form.get("reason", ""),
        refusal=refusal,
    )


def _start(refusal: str = "") -> str:
    person = request.values.get("person", "")
    with current_archive().database.read() as session:
        known = names_of(session, person) if person and is_known(session, person) else ()
        asked, done = orders.all_of(session), erasures.all_of(session)
    return render_template(
        "erasing/erasing.html",
        person=person if known else "",
        known=known,
        asked=[one for one in asked if one.state != orders.FAILED],
        done=list(reversed(done)),
        given=request.form,
        refusal=refusal,
    )


def _erasure(session: Session, order_id: str) -> erasures.Erasure | None:
    try:
        return erasures.find(session, order_id)
    except NotFound:
        return None


def _to(endpoint: str, order_id: str) -> Response:
    return make_response(redirect(url_for(endpoint, order_id=order_id), 303))


def _actor() -> str:
    return current_account().account.login
