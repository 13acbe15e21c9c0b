"""The fields and facets of a page in the index, the same for every engine."""

from enum import StrEnum


class TextField(StrEnum):
    """The analysed fields of a page in the index.

    `NOTES` and `NOTES_EXACT` hold staff-only words and are searched for staff alone; the others are public.
    Fields named EXACT hold surface forms for phrases; the others hold main forms (and word parts).
    `ABOUT` holds the talk's topic, speakers, organisations and event, on every page; `LEAD` holds the same on
    the first page only, so that a question about the talk alone finds one slide of it and not all.
    """

    TITLE = "title"
    TEXT = "text"
    EXACT = "exact"
    ABOUT = "about"
    LEAD = "lead"
    FILE_NAME = "file_name"
    SPEAKER = "speaker"
    ORGANISATION = "organisation"
    REGION = "region"
    FOCUS_AREA = "focus_area"
    EVENT = "event"
    NOTES = "notes"
    NOTES_EXACT = "notes_exact"


class Facet(StrEnum):
    """Fixed-value fields of a page: for filters, facet counts and `FacetFilter`s. All may hold several."""

    FOCUS_AREA = "focus_area"
    EVENT = "event"
    YEAR = "year"
    REGION = "region"
    ORGANISATION = "organisation"
    SPEAKER = "speaker"
    KIND = "kind"
    LANGUAGE = "language"
    MEDIA_TYPE = "media_type"
    DOCUMENT = "document"
