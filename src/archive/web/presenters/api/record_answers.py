"""Makes the JSON of events, talks and names out of the archive's records."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask import url_for

from archive.catalogue.events.directory import ListedRegion
from archive.catalogue.events.on_the_day import name_then
from archive.catalogue.records import CatalogueRecord
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
from archive.web.presenters.api.records import (
    ContributionRecord,
    EventRecord,
    FocusAreaRecord,
    OrganisationRecord,
    OtherName,
    PersonRecord,
    Reference,
    RegionRecord,
    TalkRecord,
)


def whole_address(endpoint: str, **values: object) -> str:
    """Return the whole address of a route, with scheme and host."""
    return url_for(endpoint, _external=True, **values)  # type: ignore[arg-type]  # values of the address


def focus_area_answer(area: FocusArea) -> FocusAreaRecord:
    """Return the JSON of a focus area."""
    return FocusAreaRecord(
        id=area.id,
        title=area.title,
        year_from=area.year_from,
        year_to=area.year_to,
        text=area.text,
        url=whole_address("events.focus_area", focus_area_id=area.id),
        api_url=whole_address("api_happenings.focus_area", focus_area_id=area.id),
        events_url=whole_address("api_happenings.events", focus_area=area.id),
        talks_url=whole_address("api_happenings.talks", focus_area=area.id),
    )


def event_answer(event: Event, films: Sequence[str]) -> EventRecord:
    """Return the JSON of an event; `films` are those of the whole event."""
    return EventRecord(
        id=event.id,
        title=event.title,
        kind=event.kind,
        starts=event.starts,
        ends=event.ends,
        place=event.place,
        occasion=event.occasion,
        organiser=event.organiser,
        text=event.text,
        source_url=event.source_url,
        focus_areas=tuple(
            _reference(area.id, area.title, "focus_area", focus_area_id=area.id) for area in event.focus_areas
        ),
        films=tuple(films),
        url=whole_address("events.event", event_id=event.id),
        api_url=whole_address("api_happenings.event", event_id=event.id),
        calendar_url=whole_address("feeds.event_calendar", event_id=event.id) if has_day(event) else "",
        talks_url=whole_address("api_happenings.talks", event=event.id),
        documents_url=whole_address("api_documents.documents", event=event.id),
    )


def has_day(event: Event) -> bool:
    """Return whether it is known on which day an event began."""
    return event.starts_on is not None and event.starts_precision is DatePrecision.DAY


def person_answer(person: Person) -> PersonRecord:
    """Return the JSON of a person."""
    return PersonRecord(
        id=person.id,
        name=person.name,
        other_names=_other_names(person.spellings),
        url=whole_address("events.person", person_id=person.id),
        api_url=whole_address("api_names.person", person_id=person.id),
        talks_url=whole_address("api_happenings.talks", person=person.id),
    )


def organisation_answer(organisation: Organisation) -> OrganisationRecord:
    """Return the JSON of an organisation."""
    return OrganisationRecord(
        id=organisation.id,
        name=organisation.name,
        other_names=_other_names(organisation.spellings),
        url=whole_address("events.organisation", organisation_id=organisation.id),
        api_url=whole_address("api_names.organisation", organisation_id=organisation.id),
        talks_url=whole_address("api_happenings.talks", organisation=organisation.id),
    )


def region_answer(listed: ListedRegion) -> RegionRecord:
    """Return the JSON of a region."""
    region = listed.region
    return RegionRecord(
        code=region.code,
        name=region.name,
        alternative_names=region.alternative_names,
        broader=region.broader,
        talk_count=listed.talk_count,
        url=whole_address("events.region", code=region.code),
        api_url=whole_address("api_names.region", code=region.code),
        talks_url=whole_address("api_happenings.talks", region=region.code),
    )


def talk_answer(
    talk: Talk,
    event: Event | None,
    regions: Mapping[str, Region],
    documents: Sequence[CatalogueRecord],
    films: Sequence[str],
) -> TalkRecord:
    """Return the JSON of a talk with its event, all regions by code, its documents and films."""
    return TalkRecord(
        id=talk.id,
        topic=talk.topic,
        event=event_reference(event) if event else None,
        position=talk.position,
        abstract=talk.abstract,
        language=talk.language,
        regions=tuple(
            _reference(code, regions[code].name, "region", code=code)
            for code in talk.region_codes
            if code in regions
        ),
        contributions=tuple(_contribution(one, event) for one in talk.contributions),
        films=tuple(films),
        documents=tuple(document_reference(record) for record in documents),
        url=whole_address("versions.talk", talk_id=talk.id),
        api_url=whole_address("api_happenings.talk", talk_id=talk.id),
    )


def event_reference(event: Event) -> Reference:
    """Return what leads to an event."""
    return _reference(event.id, event.title, "event", event_id=event.id)


def talk_reference(talk: Talk) -> Reference:
    """Return what leads to a talk."""
    return Reference(
        id=talk.id,
        name=talk.topic,
        url=whole_address("versions.talk", talk_id=talk.id),
        api_url=whole_address("api_happenings.talk", talk_id=talk.id),
    )


def document_reference(record: CatalogueRecord) -> Reference:
    """Return what leads to a document."""
    document_id = record.document.id
    return Reference(
        id=document_id,
        name=record.title,
        url=whole_address("documents.document", document_id=document_id),
        api_url=whole_address("api_documents.document", document_id=document_id),
    )


def _contribution(one: Contribution, event: Event | None) -> ContributionRecord:
    day = event.starts_on if event else None
    person, held = one.person, one.organisation
    return ContributionRecord(
        name=_name_of_the_day(person, one.person_name, day) or one.name,
        person=_reference(person.id, person.name, "person", person_id=person.id) if person else None,
        role=one.role,
        organisation_name=_name_of_the_day(held, one.organisation_name, day),
        organisation=_reference(held.id, held.name, "organisation", organisation_id=held.id)
        if held
        else None,
        is_moderator=one.is_moderator,
    )


_BLUEPRINTS = {"person": "api_names", "organisation": "api_names", "region": "api_names"}


def _reference(identifier: str, name: str, endpoint: str, **values: str) -> Reference:
    in_api = f"{_BLUEPRINTS.get(endpoint, 'api_happenings')}.{endpoint}"
    return Reference(
        id=identifier,
        name=name,
        url=whole_address(f"events.{endpoint}", **values),
        api_url=whole_address(in_api, **values),
    )


def _other_names(spellings: Sequence[Spelling]) -> tuple[OtherName, ...]:
    return tuple(
        OtherName(name=one.name, begins=one.begins, ends=one.ends) for one in spellings if one.is_shown
    )


def _name_of_the_day(record: Person | Organisation | None, written: str, day: date | None) -> str:
    """Return what somebody was called on the day, "" for nobody."""
    if record is None:
        return ""
    then = name_then(record, written, day)
    return then.name if then else record.name
