"""Lists that lead to talks: people and organisations from A to Ö, regions, years; with counts.

Every count is of the talks that the visitor may see; what has none of them is not listed. A list reads every
talk once, so keep it until `revision` shows that something has changed.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import extract, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from archive.analysis.collation import first_letter, surname_sort_key, swedish_sort_key
from archive.catalogue.events import regions
from archive.catalogue.tables.events import (
    ContributionRow,
    EventRow,
    OrganisationRow,
    PersonRow,
    TalkRegionRow,
    TalkRow,
)
from archive.catalogue.tables.journal import AuditEventRow, ChangeRow
from archive.catalogue.visibility import event_visible, talk_visible
from archive.model.events import Region


@dataclass(frozen=True, slots=True)
class Listed:
    """A person or an organisation in a list, under its letter ("A" to "Ö", "#" for other signs)."""

    id: str
    name: str
    letter: str
    talk_count: int


@dataclass(frozen=True, slots=True)
class ListedRegion:
    """A region with how many talks are about it or a narrower one; `depth` is 0 for the country."""

    region: Region
    depth: int
    talk_count: int


def revision(session: Session) -> tuple[int, int]:
    """Return numbers that change whenever an event, a talk or a document is saved, changed or withdrawn."""
    return (
        session.scalar(select(func.max(ChangeRow.seq))) or 0,
        session.scalar(select(func.max(AuditEventRow.id))) or 0,
    )


def people(session: Session, max_rank: int) -> tuple[Listed, ...]:
    """Return all who have spoken, by surname."""
    return _listed(
        session, PersonRow.id, PersonRow.name, ContributionRow.person_id, max_rank, surname_sort_key
    )


def organisations(session: Session, max_rank: int) -> tuple[Listed, ...]:
    """Return all organisations that speakers have come from, by name."""
    return _listed(
        session,
        OrganisationRow.id,
        OrganisationRow.name,
        ContributionRow.organisation_id,
        max_rank,
        swedish_sort_key,
    )


def listed_regions(session: Session, max_rank: int) -> tuple[ListedRegion, ...]:
    """Return the regions with talks, each followed by the narrower ones in it."""
    known = {region.code: region for region in regions.all_regions(session)}
    talks: dict[str, set[str]] = {}
    rows = session.execute(
        select(TalkRegionRow.region_code, TalkRow.id)
        .join(TalkRow, TalkRow.id == TalkRegionRow.talk_id)
        .outerjoin(EventRow, EventRow.id == TalkRow.event_id)
        .where(talk_visible(max_rank))
    )
    for region_code, talk_id in rows:
        code: str | None = region_code
        while code is not None:
            talks.setdefault(code, set()).add(talk_id)
            code = known[code].broader
    return tuple(
        ListedRegion(region, _depth(region, known), len(talks[code]))
        for code, region in known.items()
        if code in talks
    )


def years(session: Session, max_rank: int) -> tuple[tuple[int | None, int], ...]:
    """Return the years with events and how many there are, newest first; None for those without a date."""
    year = extract("year", EventRow.starts_on)
    rows = session.execute(select(year, func.count()).where(event_visible(max_rank)).group_by(year)).all()
    return tuple(sorted(((year, count) for year, count in rows), key=lambda row: row[0] or 0, reverse=True))


def _depth(region: Region, known: dict[str, Region]) -> int:
    return 0 if region.broader is None else 1 + _depth(known[region.broader], known)


def _listed(
    session: Session,
    identifier: InstrumentedAttribute[str],
    name: InstrumentedAttribute[str],
    link: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
    max_rank: int,
    sort_key: Callable[[str], str],
) -> tuple[Listed, ...]:
    rows = session.execute(
        select(identifier, name, func.count(TalkRow.id.distinct()))
        .join(ContributionRow, link == identifier)
        .join(TalkRow, TalkRow.id == ContributionRow.talk_id)
        .outerjoin(EventRow, EventRow.id == TalkRow.event_id)
        .where(talk_visible(max_rank))
        .group_by(identifier, name)
    ).all()
    in_order = sorted((sort_key(name), key, name, count) for key, name, count in rows)
    return tuple(Listed(key, name, first_letter(order), count) for order, key, name, count in in_order)
