"""Focus areas, events, talks, contributions, regions, people and organisations as plain values."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from archive.catalogue.export.scope import ExportScope, day, rows
from archive.catalogue.tables.events import (
    ContributionRow,
    EventFocusAreaRow,
    EventRow,
    FilmRow,
    FocusAreaRow,
    OrganisationRow,
    PersonRow,
    RegionRow,
    TalkRegionRow,
    TalkRow,
)
from archive.catalogue.tables.names import (
    FormerOrganisationRow,
    FormerPersonRow,
    OrganisationSpellingRow,
    PersonSpellingRow,
)


def focus_areas(session: Session, _scope: ExportScope) -> Iterator[dict[str, Any]]:
    """Yield focus areas."""
    for (row,) in rows(session, select(FocusAreaRow).order_by(FocusAreaRow.id)):
        yield {
            "id": row.id,
            "title": row.title,
            "year_from": row.year_from,
            "year_to": row.year_to,
            "text": row.text,
        }


def events(session: Session, _scope: ExportScope) -> Iterator[dict[str, Any]]:
    """Yield events, each with its focus areas and films in order."""
    for (row,) in rows(session, select(EventRow).order_by(EventRow.id)):
        linked = select(EventFocusAreaRow.focus_area_id).where(EventFocusAreaRow.event_id == row.id)
        yield {
            "id": row.id,
            "title": row.title,
            "kind": row.kind,
            "starts_on": day(row.starts_on),
            "starts_precision": row.starts_precision,
            "ends_on": day(row.ends_on),
            "ends_precision": row.ends_precision,
            "place": row.place,
            "occasion": row.occasion,
            "organiser": row.organiser,
            "text": row.text,
            "source_url": row.source_url,
            "visibility": row.visibility,
            "focus_area_ids": list(session.scalars(linked.order_by(EventFocusAreaRow.position))),
            "films": _films(session, FilmRow.event_id == row.id),
        }


def talks(session: Session, _scope: ExportScope) -> Iterator[dict[str, Any]]:
    """Yield talks, each with its regions and films in order."""
    for (row,) in rows(session, select(TalkRow).order_by(TalkRow.id)):
        linked = select(TalkRegionRow.region_code).where(TalkRegionRow.talk_id == row.id)
        yield {
            "id": row.id,
            "event_id": row.event_id,
            "position": row.position,
            "topic": row.topic,
            "abstract": row.abstract,
            "language": row.language,
            "visibility": row.visibility,
            "region_codes": list(session.scalars(linked.order_by(TalkRegionRow.position))),
            "films": _films(session, FilmRow.talk_id == row.id),
        }


def contributions(session: Session, _scope: ExportScope) -> Iterator[dict[str, Any]]:
    """Yield who spoke when, with the names as they were on the day."""
    query = (
        select(
            ContributionRow,
            func.coalesce(func.nullif(ContributionRow.person_name, ""), PersonRow.name, ""),
            func.coalesce(func.nullif(ContributionRow.organisation_name, ""), OrganisationRow.name, ""),
        )
        .outerjoin(PersonRow, PersonRow.id == ContributionRow.person_id)
        .outerjoin(OrganisationRow, OrganisationRow.id == ContributionRow.organisation_id)
        .order_by(ContributionRow.talk_id, ContributionRow.position)
    )
    for row, person, organisation in rows(session, query):
        yield {
            "talk_id": row.talk_id,
            "position": row.position,
            "person_id": row.person_id,
            "person_name": person,
            "role": row.role,
            "organisation_id": row.organisation_id,
            "organisation_name": organisation,
            "is_moderator": row.is_moderator,
        }


def regions(session: Session, _scope: ExportScope) -> Iterator[dict[str, Any]]:
    """Yield regions."""
    for (row,) in rows(session, select(RegionRow).order_by(RegionRow.code)):
        yield {
            "code": row.code,
            "name": row.name,
            "alternative_names": row.alternative_names,
            "broader": row.broader,
        }


def _films(session: Session, belongs: ColumnElement[bool]) -> list[str]:
    return list(session.scalars(select(FilmRow.address).where(belongs).order_by(FilmRow.position)))


def people(session: Session, _scope: ExportScope) -> Iterator[dict[str, Any]]:
    """Yield people with their other names."""
    return _named(session, PersonRow, PersonSpellingRow, FormerPersonRow)


def organisations(session: Session, _scope: ExportScope) -> Iterator[dict[str, Any]]:
    """Yield organisations with their other names."""
    return _named(session, OrganisationRow, OrganisationSpellingRow, FormerOrganisationRow)


def _named(
    session: Session,
    record: type[PersonRow | OrganisationRow],
    spelling: type[PersonSpellingRow | OrganisationSpellingRow],
    former: type[FormerPersonRow | FormerOrganisationRow],
) -> Iterator[dict[str, Any]]:
    for (row,) in rows(session, select(record).order_by(record.id)):
        others = select(spelling).where(spelling.record_id == row.id).order_by(spelling.name_key)
        ids = select(former.id).where(former.record_id == row.id).order_by(former.id)
        yield {
            "id": row.id,
            "name": row.name,
            "other_names": [
                {"name": one.name, "begins": one.begins, "ends": one.ends, "is_shown": one.is_shown}
                for one in session.scalars(others)
            ],
            "former_ids": list(session.scalars(ids)),
        }
