"""The JSON of the archive's records. All addresses are whole ones; a date is as exact as it is known."""

from pydantic import Field

from archive.web.presenters.api.answers import Answer

DATE = "YYYY-MM-DD, YYYY-MM or YYYY; empty where it is not known"


class Reference(Answer):
    """Another record: what it is called, its page for people and its address in this interface."""

    id: str
    name: str
    url: str
    api_url: str


class FocusAreaRecord(Answer):
    """What the association works on for some years."""

    id: str
    title: str
    year_from: int | None
    year_to: int | None
    text: str
    url: str
    api_url: str
    events_url: str
    talks_url: str


class EventRecord(Answer):
    """A seminar, conference or meeting."""

    id: str
    title: str
    kind: str
    starts: str = Field(description=DATE)
    ends: str = Field(description=f"{DATE}, or where it is the day on which it starts")
    place: str
    occasion: str
    organiser: str
    text: str
    source_url: str = Field(description="The seminar's own page elsewhere, or empty")
    focus_areas: tuple[Reference, ...]
    films: tuple[str, ...] = Field(description="Addresses of films of the whole event, on other sites")
    url: str
    api_url: str
    calendar_url: str = Field(description="The event as iCalendar; empty where its day is not known")
    talks_url: str
    documents_url: str


class OtherName(Answer):
    """An earlier name, or another way to write a name."""

    name: str
    begins: str = Field(description=f"Since when it was the name: {DATE}")
    ends: str = Field(description=f"Until when it was the name: {DATE}")


class PersonRecord(Answer):
    """A person who has given or led a talk."""

    id: str
    name: str
    other_names: tuple[OtherName, ...]
    url: str
    api_url: str
    talks_url: str


class OrganisationRecord(Answer):
    """An organisation that speakers belonged to."""

    id: str
    name: str
    other_names: tuple[OtherName, ...]
    url: str
    api_url: str
    talks_url: str


class RegionRecord(Answer):
    """A place of the controlled vocabulary (NUTS 2021)."""

    code: str
    name: str
    alternative_names: tuple[str, ...]
    broader: str | None = Field(description="The code of the place that it is part of")
    talk_count: int = Field(description="How many talks are about it or a place in it")
    url: str
    api_url: str
    talks_url: str


class ContributionRecord(Answer):
    """Somebody's part in a talk, with role and organisation at the time."""

    name: str = Field(description="The name as it was then: the person's, else the organisation's")
    person: Reference | None
    role: str
    organisation_name: str = Field(description="The organisation's name as it was then, or empty")
    organisation: Reference | None
    is_moderator: bool = Field(description="Whether they led the talk and did not speak themselves")


class TalkRecord(Answer):
    """One talk of an event."""

    id: str
    topic: str
    event: Reference | None
    position: int = Field(description="Its place in the programme, from 1")
    abstract: str
    language: str
    regions: tuple[Reference, ...]
    contributions: tuple[ContributionRecord, ...]
    films: tuple[str, ...] = Field(description="Addresses of films, on other sites")
    documents: tuple[Reference, ...]
    url: str = Field(description="Its own address: its slides, or how it is cited where there are none")
    api_url: str
