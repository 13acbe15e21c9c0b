"""A web page as a person reads it: its blocks in order, and beside them what its mark-up says of it."""

from dataclasses import dataclass

from archive.model.seminar_pages.seminar_page import SourceBlock


@dataclass(frozen=True, slots=True)
class PageHint:
    """What structured data (JSON-LD, microdata) says of an event, unseen on the page; "" is nothing."""

    name: str = ""
    starts_on: str = ""
    ends_on: str = ""
    place: str = ""
    organiser: str = ""


@dataclass(frozen=True, slots=True)
class PageOutline:
    """The blocks of a page, and what stands around them.

    `site_names` are what the page calls the site that it is on, the surest first; `published_on` is the day
    (ISO 8601) that the page says it was published; `remarks` are sentences on what was cut off.
    """

    address: str
    title: str
    blocks: tuple[SourceBlock, ...]
    language: str = ""
    site_names: tuple[str, ...] = ()
    published_on: str = ""
    hints: tuple[PageHint, ...] = ()
    remarks: tuple[str, ...] = ()
