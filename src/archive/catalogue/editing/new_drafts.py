"""Events and talks that staff make as drafts: who is to see them once something of them is published."""

from archive.catalogue.tables.events import EventRow, TalkRow
from archive.model.visibility import Visibility
from archive.visibility import is_for_staff_alone


def given_on_creation(level: Visibility) -> str:
    """Return whom a new record waits to be shown to: everybody where it is a draft, "" where it is none."""
    return Visibility.PUBLIC.value if is_for_staff_alone(level) else ""


def given_after(row: EventRow | TalkRow, level: Visibility) -> str:
    """Return whom a record waits to be shown to once its level is changed: a draft may stay one."""
    return (
        row.visibility_given
        if is_for_staff_alone(level) and is_for_staff_alone(Visibility(row.visibility))
        else ""
    )
