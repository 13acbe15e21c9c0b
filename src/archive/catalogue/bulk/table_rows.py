"""Documents as rows of a table."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.bulk.chunks import chunks
from archive.catalogue.bulk.subjects import Subject, focus_areas_of, regions_of, subjects
from archive.catalogue.bulk.table_columns import SWEDISH_NAMES, Column
from archive.catalogue.bulk.table_words import SEPARATOR, Words, focus_area_words, region_words
from archive.catalogue.tables.events import ContributionRow, OrganisationRow, PersonRow
from archive.catalogue.visibility import level_of

Cells = Mapping[Column, str]


@dataclass(frozen=True, slots=True)
class Known:
    """Documents as they are: by identifier what a table says of them, and the links behind the words."""

    subjects: Mapping[str, Subject]
    cells: Mapping[str, Cells]
    regions: Mapping[str, Sequence[str]]
    areas: Mapping[str, Sequence[str]]
    region_words: Words
    area_words: Words


def known(session: Session, document_ids: Sequence[str]) -> Known:
    """Return what a table says of documents; withdrawn ones have no cells."""
    found = subjects(session, document_ids)
    live = {one.id: one for one in found.values() if not one.is_withdrawn}
    speakers = _speakers(session, (one.talk_id for one in live.values() if one.talk_id))
    regions = regions_of(session, (one.talk_id for one in live.values() if one.talk_id))
    areas = focus_areas_of(session, (one.event_id for one in live.values() if one.event_id))
    of_regions, of_areas = region_words(session), focus_area_words(session)
    cells = {
        one.id: {
            Column.ID: one.id,
            Column.TITLE: one.title,
            Column.EVENT_ID: one.event_id,
            Column.EVENT: one.event_title,
            Column.TALK: one.talk_id,
            Column.SPEAKERS: speakers.get(one.talk_id, ""),
            Column.REGIONS: of_regions.listed(regions.get(one.talk_id, ())),
            Column.FOCUS_AREAS: of_areas.listed(areas.get(one.event_id, ())),
            Column.LANGUAGE: one.language,
            Column.VISIBILITY: one.visibility if one.is_draft else level_of(one.rank).value,
            Column.DATE: one.date,
            Column.PUBLISHER: one.publisher,
        }
        for one in live.values()
    }
    return Known(found, cells, regions, areas, of_regions, of_areas)


def table_head(is_swedish: bool) -> Sequence[str]:
    """Return the heads of the columns."""
    return [SWEDISH_NAMES[one] if is_swedish else one.value for one in Column]


def table_rows(session: Session, document_ids: Sequence[str]) -> Iterable[Sequence[str]]:
    """Yield the rows of documents in their order, withdrawn ones left out."""
    for cells in known(session, document_ids).cells.values():
        yield [cells[one] for one in Column]


def _speakers(session: Session, talk_ids: Iterable[str]) -> Mapping[str, str]:
    """Return by talk who spoke, with the names of the day."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for some in chunks(talk_ids):
        rows = session.execute(
            select(
                *(ContributionRow.talk_id, ContributionRow.person_name, PersonRow.name),
                *(ContributionRow.organisation_name, OrganisationRow.name),
            )
            .outerjoin(PersonRow, PersonRow.id == ContributionRow.person_id)
            .outerjoin(OrganisationRow, OrganisationRow.id == ContributionRow.organisation_id)
            .where(ContributionRow.talk_id.in_(some))
            .order_by(ContributionRow.talk_id, ContributionRow.position)
        )
        for talk_id, person_then, person, organisation_then, organisation in rows:
            names = (person_then or person, organisation_then or organisation)
            found[talk_id].append(", ".join(filter(None, names)))
    return {talk_id: SEPARATOR.join(names) for talk_id, names in found.items()}
