"""What visitors may write before a colon, and the values they may write behind it."""

import re

from archive.query.ast import SearchField

FIELD_NAMES = {
    "titel": SearchField.TITLE,
    "title": SearchField.TITLE,
    "talare": SearchField.SPEAKER,
    "speaker": SearchField.SPEAKER,
    "organisation": SearchField.ORGANISATION,
    "organization": SearchField.ORGANISATION,
    "org": SearchField.ORGANISATION,
    "region": SearchField.REGION,
    "län": SearchField.REGION,
    "fokusområde": SearchField.FOCUS_AREA,
    "fokus": SearchField.FOCUS_AREA,
    "focus": SearchField.FOCUS_AREA,
    "seminarium": SearchField.EVENT,
    "event": SearchField.EVENT,
    "anteckningar": SearchField.NOTES,
    "notes": SearchField.NOTES,
    "år": SearchField.YEAR,
    "year": SearchField.YEAR,
    "typ": SearchField.KIND,
    "kind": SearchField.KIND,
    "type": SearchField.KIND,
    "språk": SearchField.LANGUAGE,
    "language": SearchField.LANGUAGE,
}
"""Field names in Swedish and English, lowercase."""

_KINDS = {
    "rapport": "report",
    "rapporter": "report",
    "report": "report",
    "reports": "report",
    "presentation": "deck",
    "presentationer": "deck",
    "presentations": "deck",
    "deck": "deck",
    "decks": "deck",
}
_LANGUAGES = {
    "sv": "sv",
    "svenska": "sv",
    "swedish": "sv",
    "en": "en",
    "engelska": "en",
    "english": "en",
}
_YEARS = re.compile(r"([0-9]{4})(?:[-–—]([0-9]{4}))?")
_YEAR_MIN, _YEAR_MAX = 1900, 2100

HAS_VALUES = frozenset({SearchField.YEAR, SearchField.KIND, SearchField.LANGUAGE})
"""Fields that hold fixed values and no words."""


def field_values(field: SearchField, text: str) -> tuple[str, ...]:
    """Return what a visitor's text means as values of a field with fixed values; () if it means none.

    A range of years (in either order) gives every year of it within 1900–2100.
    """
    asked = text.strip().lower()
    if field is SearchField.YEAR:
        return _years(asked)
    known = _KINDS if field is SearchField.KIND else _LANGUAGES
    return (known[asked],) if asked in known else ()


def _years(text: str) -> tuple[str, ...]:
    match = _YEARS.fullmatch(text)
    if match is None:
        return ()
    first, last = sorted((int(match[1]), int(match[2] or match[1])))
    return tuple(str(year) for year in range(max(first, _YEAR_MIN), min(last, _YEAR_MAX) + 1))
