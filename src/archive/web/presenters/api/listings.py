"""The JSON of lists of records, a slice at a time."""

from pydantic import Field

from archive.web.presenters.api.answers import Answer
from archive.web.presenters.api.document_records import DocumentRecord, PageRecord, VersionRecord
from archive.web.presenters.api.records import (
    EventRecord,
    FocusAreaRecord,
    OrganisationRecord,
    PersonRecord,
    RegionRecord,
    TalkRecord,
)


class Listing(Answer):
    """A slice of a list. It goes on at `next`, which is null at the end."""

    next: str | None = Field(description="The whole address of what follows, also in the header Link")


class FocusAreaList(Listing):
    """Focus areas with an event that you may see."""

    items: tuple[FocusAreaRecord, ...]


class EventList(Listing):
    """Events that you may see."""

    items: tuple[EventRecord, ...]


class TalkList(Listing):
    """Talks that you may see."""

    items: tuple[TalkRecord, ...]


class PersonList(Listing):
    """People of whom you may see a talk."""

    items: tuple[PersonRecord, ...]


class OrganisationList(Listing):
    """Organisations of which you may see a talk."""

    items: tuple[OrganisationRecord, ...]


class RegionList(Listing):
    """Regions that a talk is about that you may see."""

    items: tuple[RegionRecord, ...]


class DocumentList(Listing):
    """Documents that you may see."""

    items: tuple[DocumentRecord, ...]


class VersionList(Listing):
    """Versions of a document that you may see, from the first."""

    items: tuple[VersionRecord, ...]


class PageList(Listing):
    """Pages that you may see, with their words and without their boxes."""

    items: tuple[PageRecord, ...]
