"""Facet values as they are shown: the name for the identifier of a person, an event …, and the region that
another is part of.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, bindparam, literal, select, union_all
from sqlalchemy.orm import Session

from archive.catalogue.events import events
from archive.catalogue.tables.events import (
    EventRow,
    FocusAreaRow,
    OrganisationRow,
    PersonRow,
    RegionRow,
)
from archive.errors import NotFound

_COLUMNS: dict[str, tuple[ColumnElement[str], ColumnElement[str]]] = {
    "focus_area": (FocusAreaRow.__table__.c.id, FocusAreaRow.__table__.c.title),
    "event": (EventRow.__table__.c.id, EventRow.__table__.c.title),
    "region": (RegionRow.__table__.c.code, RegionRow.__table__.c.name),
    "organisation": (OrganisationRow.__table__.c.id, OrganisationRow.__table__.c.name),
    "speaker": (PersonRow.__table__.c.id, PersonRow.__table__.c.name),
}


_NAMED = union_all(
    *(
        select(literal(facet).label("facet"), key, name).where(key.in_(bindparam(facet, expanding=True)))
        for facet, (key, name) in _COLUMNS.items()
    )
)


def labels(session: Session, values: Mapping[str, Sequence[str]]) -> dict[str, dict[str, str]]:
    """Return, by facet, the names of values that the visitor may see (a search counted them for the visitor).

    `values` are given by a facet's name. Years, languages and kinds are their own names. One query reads all.
    """
    names: dict[str, dict[str, str]] = {
        facet: {} if facet in _COLUMNS else {value: value for value in of_facet}
        for facet, of_facet in values.items()
    }
    wanted = {facet: values.get(facet, ()) for facet in _COLUMNS}
    if any(wanted.values()):
        session.flush()  # plain queries see only what has been written
        for facet, value, name in session.connection().execute(_NAMED, wanted):
            names[facet][value] = name
    return names


def broader_codes(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """Return, by code, the next broader region's code of those that are part of another region."""
    rows = session.execute(select(RegionRow.code, RegionRow.broader).where(RegionRow.code.in_(codes)))
    return {code: broader for code, broader in rows if broader}


def visible_label(session: Session, facet: str, value: str, max_rank: int) -> str | None:
    """Return the name of a value that no search counted, or None where the visitor may not know of it."""
    look_up: dict[str, Callable[[], str]] = {
        "focus_area": lambda: events.focus_area(session, value, max_rank).title,
        "event": lambda: events.event(session, value, max_rank).title,
        "organisation": lambda: events.organisation(session, value, max_rank).name,
        "speaker": lambda: events.person(session, value, max_rank).name,
    }
    if facet not in look_up:
        return labels(session, {facet: [value]})[facet].get(value)
    try:
        return look_up[facet]()
    except NotFound:
        return None
