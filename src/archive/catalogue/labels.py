"""Names of facet values: what to show for the identifier of a person, an event, a region …"""

from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from archive.catalogue import events
from archive.catalogue.tables.events import (
    EventRow,
    FocusAreaRow,
    OrganisationRow,
    PersonRow,
    RegionRow,
)
from archive.errors import NotFound

_COLUMNS: dict[str, tuple[InstrumentedAttribute[str], InstrumentedAttribute[str]]] = {
    "focus_area": (FocusAreaRow.id, FocusAreaRow.title),
    "event": (EventRow.id, EventRow.title),
    "region": (RegionRow.code, RegionRow.name),
    "organisation": (OrganisationRow.id, OrganisationRow.name),
    "speaker": (PersonRow.id, PersonRow.name),
}


def labels(session: Session, facet: str, values: Sequence[str]) -> dict[str, str]:
    """Return the names of values that the visitor has been found to see (they were counted for them).

    `facet` is a facet's name. Values that speak for themselves (years, languages, kinds) are their own names.
    """
    if facet not in _COLUMNS:
        return {value: value for value in values}
    key, name = _COLUMNS[facet]
    return dict(session.execute(select(key, name).where(key.in_(values))).all())


def visible_label(session: Session, facet: str, value: str, max_rank: int) -> str | None:
    """Return the name of a value that was not counted, or None where the visitor may not know of it."""
    look_up: dict[str, Callable[[], str]] = {
        "focus_area": lambda: events.focus_area(session, value, max_rank).title,
        "event": lambda: events.event(session, value, max_rank).title,
        "organisation": lambda: events.organisation(session, value, max_rank).name,
        "speaker": lambda: events.person(session, value, max_rank).name,
    }
    if facet not in look_up:
        return labels(session, facet, [value]).get(value)
    try:
        return look_up[facet]()
    except NotFound:
        return None
