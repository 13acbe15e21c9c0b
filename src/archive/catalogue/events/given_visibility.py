"""Who sees an event or a talk that is given: at once, or as a draft once something of it is published."""

from archive.catalogue.tables.events import EventRow, TalkRow
from archive.model.visibility import Visibility


def visibilities(given: Visibility, row: EventRow | TalkRow | None, draft: bool) -> dict[str, object]:
    """Return who sees a record: as a draft staff alone; one that is published opens to nobody by a draft."""
    if not draft:
        return {"visibility": given.value, "visibility_given": ""}
    if row is None or row.visibility_given:
        return {"visibility": Visibility.STAFF.value, "visibility_given": given.value}
    return {"visibility": row.visibility, "visibility_given": ""}
