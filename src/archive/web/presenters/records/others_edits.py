"""What others have changed in a record since a form was made: who, what and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from archive.catalogue.accounts import accounts
from archive.catalogue.database.sessions import Session
from archive.catalogue.journal.history import history
from archive.model.edits import Edit
from archive.web.http.language import current_language, gettext
from archive.web.presenters.records.field_texts import field_in_sentence

_FIELD_OF_COLUMN = {
    "starts_on": "starts",
    "starts_precision": "starts",
    "ends_on": "ends",
    "ends_precision": "ends",
    "event_id": "event",
    "title_key": "title",
    "publisher": "organisation",
    "file_date": "date",
}
_FIELD_OF_TABLE = {
    "event_focus_area": "focus_areas",
    "contribution": "speakers",
    "presentation_region": "regions",
    "film": "films",
}


@dataclass(frozen=True, slots=True)
class OthersEdit:
    """One edit by somebody: their name, when, and the changed fields as a sentence names them."""

    who: str
    when: str
    fields: Sequence[str]
    names: frozenset[str]

    @property
    def what(self) -> str:
        """Return the changed fields in words: "titeln, platsen och talarna"."""
        *first, last = self.fields or ("",)
        return gettext(" och ").join(filter(None, (", ".join(first), last)))


def others_edits(session: Session, kind: str, identifier: str, after: int) -> tuple[OthersEdit, ...]:
    """Return the edits of a record since the edit `after`, oldest first."""
    found = history(session, kind, identifier, after)
    return tuple(_told(session, kind, edit) for edit in reversed(found))


def changed_fields(edit: Edit) -> tuple[str, ...]:
    """Return the names of the fields that an edit of a record changed, in no order."""
    found: dict[str, None] = {}
    for change in edit.changes:
        of_table = _FIELD_OF_TABLE.get(change.table)
        for column in change.columns:
            found[of_table or _FIELD_OF_COLUMN.get(column, column)] = None
    return tuple(found)


def clock(at: datetime) -> str:
    """Return when something was, in the time zone of the archive's machine: 14.02, or with its day."""
    there = at.astimezone()
    time = there.strftime("%H:%M" if current_language() == "en" else "%H.%M")
    return time if there.date() == datetime.now().astimezone().date() else f"{there.date()} {time}"


def person_name(session: Session, actor: str) -> str:
    """Return what the author of an edit is called."""
    if actor == "command line":
        return gettext("Kommandoraden")
    account = accounts.find(session, actor)
    return account.name if account else actor


def _told(session: Session, kind: str, edit: Edit) -> OthersEdit:
    names = changed_fields(edit)
    labels = tuple(field_in_sentence(kind, name) for name in names)
    return OthersEdit(person_name(session, edit.author.actor), clock(edit.at), labels, frozenset(names))
