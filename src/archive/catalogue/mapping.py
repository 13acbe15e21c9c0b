"""Records of `archive.model` from table rows."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func

from archive.catalogue.block_codec import unpack_blocks, unpack_words
from archive.catalogue.tables.documents import DocumentRow, OriginalRow, PageRow, PictureRow, VersionRow
from archive.catalogue.tables.events import (
    ContributionRow,
    EventRow,
    FocusAreaRow,
    OrganisationRow,
    PersonRow,
    RegionRow,
    TalkRow,
)
from archive.catalogue.tables.names import SpellingRow
from archive.model.documents import Document, DocumentKind, Original, Version
from archive.model.events import (
    Contribution,
    DatePrecision,
    Event,
    FocusArea,
    Organisation,
    Person,
    Region,
    Spelling,
    Talk,
)
from archive.model.extraction import Outcome
from archive.model.pages import OcrReason, Page, Picture
from archive.model.visibility import OriginalsPolicy, Visibility

# As JSON: the numbers of a word box take 30, and no page's words are longer than 70 on average.
_CHARS_A_WORD = 100


def to_version(row: VersionRow, original: OriginalRow) -> Version:
    """Return the record of a version and its original."""
    return Version(
        id=row.id,
        number=row.number,
        filename=row.filename,
        original=Original(original.sha256, original.size_bytes, original.media_type),
        created_at=row.created_at,
        category=None if row.category is None else Outcome(row.category),
        message=row.message,
        engine=row.engine,
        page_count=row.page_count,
        properties=row.properties,
        pictures_done=row.pictures_done,
        picture_message=row.picture_message,
        drawn_sha256=row.drawn_sha256,
    )


def to_document(row: DocumentRow, version: Version) -> Document:
    """Return the record of a document that shows this version."""
    return Document(
        id=row.id,
        kind=DocumentKind(row.kind),
        title=row.title,
        version=version,
        visibility=Visibility(row.visibility),
        language=row.language,
        publisher=row.publisher,
        year=row.year,
        file_date=row.file_date,
        date_is_given=row.date_is_given,
        talk_id=row.talk_id,
        event_id=row.event_id,
        withdrawn_at=row.withdrawn_at,
        original_access=OriginalsPolicy(row.original_access) if row.original_access else None,
    )


def to_page(row: PageRow) -> Page:
    """Return the record of a page."""
    return Page(
        number=row.number,
        blocks=unpack_blocks(row.blocks),
        hidden=row.hidden,
        language=row.language,
        reader=row.engine,
        width_pt=row.width_pt,
        height_pt=row.height_pt,
        broken=row.broken,
        ocr_reason=OcrReason(row.ocr_reason),
    )


@lru_cache(maxsize=20)
def picture_columns(words_max: int | None) -> tuple[ColumnElement[Any], ...]:
    """Return the columns that `to_picture` reads, with as many of the words as are wanted.

    With a bound they are the beginning of their JSON, as text: a list of 20,000 takes too long to decode.
    """
    words = PictureRow.__table__.c.words
    columns = [column for column in PictureRow.__table__.c if column.name not in ("grey", "words")]
    if words_max:
        text = func.substr(cast(words, Text), 1, words_max * _CHARS_A_WORD, type_=Text())
        columns.append(text.label("words"))
    elif words_max is None:
        columns.append(words)
    return tuple(columns)


def to_picture(row: PictureRow, words_max: int | None = None) -> Picture:
    """Return the record of a picture, with the first `words_max` of its words, all of them for None."""
    return Picture(
        number=row.number,
        width_pt=row.width_pt,
        height_pt=row.height_pt,
        width_px=row.width_px,
        height_px=row.height_px,
        large_sha256=row.large_sha256,
        small_sha256=row.small_sha256,
        words=unpack_words(() if words_max == 0 else row.words, words_max),
    )


def to_focus_area(row: FocusAreaRow) -> FocusArea:
    """Return the record of a focus area."""
    return FocusArea(row.id, row.title, row.year_from, row.year_to, row.text)


def to_event(row: EventRow) -> Event:
    """Return the record of an event whose focus areas are loaded."""
    return event_with(row, (to_focus_area(link.focus_area) for link in row.focus_area_links))


def event_with(row: EventRow, focus_areas: Iterable[FocusArea]) -> Event:
    """Return the record of an event with these focus areas."""
    return Event(
        id=row.id,
        title=row.title,
        kind=row.kind,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        place=row.place,
        occasion=row.occasion,
        organiser=row.organiser,
        text=row.text,
        source_url=row.source_url,
        visibility=Visibility(row.visibility),
        focus_areas=tuple(focus_areas),
        starts_precision=DatePrecision(row.starts_precision),
        ends_precision=DatePrecision(row.ends_precision),
    )


def to_person(row: PersonRow) -> Person:
    """Return the record of a person whose spellings are loaded."""
    return Person(row.id, row.name, to_spellings(row.spellings))


def to_organisation(row: OrganisationRow) -> Organisation:
    """Return the record of an organisation whose spellings are loaded."""
    return Organisation(row.id, row.name, to_spellings(row.spellings))


def to_spellings(rows: Iterable[SpellingRow]) -> tuple[Spelling, ...]:
    """Return the other names of a record, the earliest that was a name then first."""
    names = (Spelling(row.name, row.begins, row.ends, row.is_shown) for row in rows)
    return tuple(sorted(names, key=lambda one: (one.begins or one.ends or "~", one.name)))


def to_region(row: RegionRow) -> Region:
    """Return the record of a region."""
    return Region(row.code, row.name, tuple(row.alternative_names), row.broader)


def to_talk(row: TalkRow) -> Talk:
    """Return the record of a talk whose regions and contributions are loaded."""
    regions = (link.region_code for link in row.region_links)
    return talk_with(row, regions, _to_contributions(row.contributions))


def talk_with(row: TalkRow, region_codes: Iterable[str], contributions: Iterable[Contribution]) -> Talk:
    """Return the record of a talk with these regions and contributions."""
    return Talk(
        id=row.id,
        topic=row.topic,
        event_id=row.event_id,
        position=row.position,
        abstract=row.abstract,
        language=row.language,
        visibility=Visibility(row.visibility),
        region_codes=tuple(region_codes),
        contributions=tuple(contributions),
    )


def _to_contributions(rows: Iterable[ContributionRow]) -> Iterator[Contribution]:
    for row in rows:
        organisation = None if row.organisation is None else to_organisation(row.organisation)
        person = None if row.person is None else to_person(row.person)
        names = (row.person_name, row.organisation_name)
        yield Contribution(person, row.role, organisation, row.is_moderator, *names)
