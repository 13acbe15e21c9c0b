"""What became of one record: its edits, and any two of its states compared."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request

from archive.catalogue.database.sessions import Session
from archive.catalogue.journal import history
from archive.catalogue.journal.telling import FieldChange, fields_of, name_of, told
from archive.errors import NotFound
from archive.model.accounts import Role
from archive.web.http.context import current_archive
from archive.web.http.signed_in import for_role

blueprint = Blueprint("record_history", __name__)


@blueprint.get("/staff/history/<kind>/<identifier>")
@for_role(Role.STAFF)
def index(kind: str, identifier: str) -> str:
    """Show the edits of a record, newest first; with `from` and `to` in what two states differ."""
    if kind not in history.PARTS:
        raise NotFound("The journal has no such kind of record.")
    earlier, later = (request.args.get(name, type=int) for name in ("from", "to"))
    with current_archive().database.read() as session:
        edits = history.history(session, kind, identifier)
        title = name_of(session, kind, identifier, edits)
        if title is None:
            raise NotFound("There is no such record.")
        shown = [(edit, told(session, edit)) for edit in edits]
        compared = None
        if earlier is not None and later is not None:
            compared = _compared(session, kind, identifier, earlier, later)
    return render_template(
        "journal/record.html",
        kind=kind,
        identifier=identifier,
        title=title,
        edits=shown,
        compared=compared,
        earlier=earlier,
        later=later,
    )


def _compared(
    session: Session, kind: str, identifier: str, earlier: int, later: int
) -> Sequence[FieldChange]:
    first, last = sorted((earlier, later))
    return fields_of(session, history.compare(session, kind, identifier, first, last))
