"""What became of the files, for staff: work, failures and the log of each; and asking for another try."""

from datetime import UTC, datetime
from math import ceil

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.catalogue.operation import failed, history, incoming
from archive.catalogue.outcomes import NOT_WHOLE
from archive.errors import InputError, NotFound
from archive.model.accounts import Role
from archive.model.extraction import Outcome
from archive.web.http.context import current_archive, current_overviews
from archive.web.http.signed_in import current_account, for_role

blueprint = Blueprint("jobs", __name__)

_FIRST = 5  # so many documents of each outcome are on the page itself
_LOG = "log"


@blueprint.get("/staff/jobs")
@for_role(Role.STAFF)
def index() -> str:
    """Show what is done, what waits and what failed."""
    overview = current_overviews().look(_FIRST)
    return render_template("jobs/jobs.html", overview=overview, first=_FIRST, asked=_asked())


@blueprint.get("/staff/jobs/failed/<category>")
@for_role(Role.STAFF)
def category(category: str) -> str:
    """List the documents with an outcome, fifty a page."""
    outcome = _outcome(category)
    with current_archive().database.read() as session:
        count = failed.count(session, outcome)
        last_page = max(1, ceil(count / failed.PAGE_SIZE))
        page = min(_page_number(), last_page)
        documents = failed.listed(session, outcome, page)
    return render_template(
        "jobs/category.html",
        category=outcome,
        count=count,
        documents=documents,
        page=page,
        last_page=last_page,
        asked=_asked(),
    )


@blueprint.get("/staff/jobs/refused/<code>")
@for_role(Role.STAFF)
def refused(code: str) -> str:
    """List the files that were not taken in for a reason, fifty a page."""
    with current_archive().database.read() as session:
        files = current_overviews().refused(session).get(code, [])
    last_page = max(1, ceil(len(files) / incoming.PAGE_SIZE))
    page = min(_page_number(), last_page)
    shown = files[(page - 1) * incoming.PAGE_SIZE : page * incoming.PAGE_SIZE]
    return render_template(
        "jobs/refused.html", code=code, count=len(files), files=shown, page=page, last_page=last_page
    )


@blueprint.get("/staff/jobs/<document_id>")
@for_role(Role.STAFF)
def log(document_id: str) -> str:
    """Show the log of a document."""
    now = datetime.now(UTC)
    with current_archive().database.read() as session:
        found = history.log(session, document_id, now)
    return render_template("jobs/log.html", log=found, now=now, asked=_asked())


@blueprint.post("/staff/jobs/retry")
@for_role(Role.STAFF)
def retry() -> Response:
    """Have one document, all with an outcome, or all that were not read at all read once more."""
    database, actor = current_archive().database, current_account().account.login
    document_id, wanted = request.form.get("document", ""), request.form.get("category", "")
    if document_id:
        with database.write() as session:
            count = int(failed.retry_one(session, document_id, actor))
    elif wanted:
        categories = failed.UNREAD if wanted == "all" else (_outcome(wanted),)
        count = failed.retry_all(database, categories, actor)
    else:
        raise InputError("Name the document to read again, or an outcome.")
    return make_response(redirect(_way_back(document_id, count), 303))


def _way_back(document_id: str, count: int) -> str:
    """Return the address of the page that the form was on."""
    back = request.form.get("back", "")
    if back == _LOG and document_id:
        return url_for("jobs.log", document_id=document_id, asked=count)
    if back in set(Outcome):
        return url_for("jobs.category", category=back, page=request.form.get("page", "1"), asked=count)
    return url_for("jobs.index", asked=count)


def _outcome(name: str) -> Outcome:
    if name not in {one.value for one in NOT_WHOLE}:
        raise NotFound("There is no such outcome.")
    return Outcome(name)


def _page_number() -> int:
    number = request.args.get("page", "1")
    return max(1, int(number)) if number.isdecimal() and len(number) < 7 else 1


def _asked() -> int | None:
    """Return how many documents were just asked for once more, None where none was asked for."""
    asked = request.args.get("asked", "")
    return int(asked) if asked.isdecimal() and len(asked) < 9 else None
