"""Documents as rows of a table, and which regions and focus areas are meant by what stands there."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.bulk.chunks import chunks
from archive.catalogue.bulk.subjects import Subject, focus_areas_of, regions_of, subjects
from archive.catalogue.bulk.table_columns import SWEDISH_NAMES, TableColumn
from archive.catalogue.events.names import name_key
from archive.catalogue.events.regions import all_regions
from archive.catalogue.tables.events import ContributionRow, FocusAreaRow, OrganisationRow, PersonRow
from archive.catalogue.visibility import level_of

Cells = Mapping[TableColumn, str]

SEPARATOR = " | "
_PARTS = re.compile(r"[|\n]")
_OTHER_PARTS = re.compile("[,;]")


class Words:
    """The names of one kind of record: each is called by its name, by its code where that is not its own."""

    def __init__(self, names: Mapping[str, str], others: Mapping[str, str]) -> None:
        """Take names by code, and codes by other names (keys) that are understood."""
        self._code_of = {**others, **{name_key(code): code for code in names}}
        self._names = {
            code: name if self._code_of.get(name_key(name)) == code and not _PARTS.search(name) else code
            for code, name in names.items()
        }

    def listed(self, codes: Iterable[str]) -> str:
        """Return what stands in a cell for records."""
        return SEPARATOR.join(self._names.get(code, code) for code in codes)

    def meant(self, cell: str) -> Sequence[str] | None:
        """Return the codes of what is listed in a cell, each once; None where one of them is not known."""
        found: list[str] = []
        for part in filter(str.strip, _PARTS.split(cell)):
            whole = self._code_of.get(name_key(part))
            few = [part] if whole else list(filter(str.strip, _OTHER_PARTS.split(part)))
            codes = [self._code_of.get(name_key(one)) for one in few]
            if not all(codes):
                return None
            found += [code for code in codes if code]
        return list(dict.fromkeys(found))


def region_words(session: Session) -> Words:
    """Return what regions are called; a name that two share means the narrower one."""
    regions = sorted(all_regions(session), key=lambda region: len(region.code))
    others = {
        name_key(name): region.code for region in regions for name in (*region.alternative_names, region.name)
    }
    return Words({region.code: region.name for region in regions}, others)


@dataclass(frozen=True, slots=True)
class KnownDocuments:
    """Documents as they are: by identifier what a table says of them, and the links behind the words."""

    subjects: Mapping[str, Subject]
    cells: Mapping[str, Cells]
    regions: Mapping[str, Sequence[str]]
    areas: Mapping[str, Sequence[str]]
    region_words: Words
    area_words: Words


def known(session: Session, document_ids: Sequence[str]) -> KnownDocuments:
    """Return what a table says of documents; withdrawn ones have no cells."""
    found = subjects(session, document_ids)
    live = {one.id: one for one in found.values() if not one.is_withdrawn}
    speakers = _speakers(session, (one.talk_id for one in live.values() if one.talk_id))
    regions = regions_of(session, (one.talk_id for one in live.values() if one.talk_id))
    areas = focus_areas_of(session, (one.event_id for one in live.values() if one.event_id))
    of_regions, of_areas = region_words(session), focus_area_words(session)
    cells = {
        one.id: {
            TableColumn.ID: one.id,
            TableColumn.TITLE: one.title,
            TableColumn.EVENT_ID: one.event_id,
            TableColumn.EVENT: one.event_title,
            TableColumn.TALK: one.talk_id,
            TableColumn.SPEAKERS: speakers.get(one.talk_id, ""),
            TableColumn.REGIONS: of_regions.listed(regions.get(one.talk_id, ())),
            TableColumn.FOCUS_AREAS: of_areas.listed(areas.get(one.event_id, ())),
            TableColumn.LANGUAGE: one.language,
            TableColumn.VISIBILITY: one.visibility if one.is_draft else level_of(one.rank).value,
            TableColumn.DATE: one.date,
            TableColumn.PUBLISHER: one.publisher,
        }
        for one in live.values()
    }
    return KnownDocuments(found, cells, regions, areas, of_regions, of_areas)


def table_head(is_swedish: bool) -> Sequence[str]:
    """Return the heads of the columns."""
    return [SWEDISH_NAMES[one] if is_swedish else one.value for one in TableColumn]


def table_rows(session: Session, document_ids: Sequence[str]) -> Iterable[Sequence[str]]:
    """Yield the rows of documents in their order, withdrawn ones left out."""
    for cells in known(session, document_ids).cells.values():
        yield [cells[one] for one in TableColumn]


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


def focus_area_words(session: Session) -> Words:
    """Return what focus areas are called; those that share a title are called by their identifiers."""
    titles = dict(session.execute(select(FocusAreaRow.id, FocusAreaRow.title)).all())
    counts = Counter(name_key(title) for title in titles.values())
    own = {name_key(title): one for one, title in titles.items() if counts[name_key(title)] == 1}
    return Words(titles, own)
