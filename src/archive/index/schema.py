"""The fields and facets of a page in the index, the same for every engine."""

from enum import StrEnum
from typing import Final


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


HIDDEN_RANK: Final = 255
"""Rank of what an engine keeps beside the pages: above every visitor's, so that it is never found."""
EVERY_RANK: Final = HIDDEN_RANK - 1
"""The highest rank there can be: no page is above it."""
WATERMARK_ID: Final = "\x00watermark"
"""Identifier of what carries an engine's watermark; no real identifier begins with U+0000."""

POSITIONAL: Final = frozenset(
    {
        TextField.TITLE,
        TextField.EXACT,
        TextField.NOTES_EXACT,
        TextField.FILE_NAME,
        TextField.SPEAKER,
        TextField.ORGANISATION,
        TextField.REGION,
        TextField.FOCUS_AREA,
        TextField.EVENT,
    }
)
"""Fields that keep positions and so can answer phrases; the others hold main forms only."""
