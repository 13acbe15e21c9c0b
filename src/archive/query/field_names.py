"""What visitors may write before a colon, and the values they may write behind it."""

import re

from archive.query.ast import SearchField

FIELD_NAMES = {
    "titel": SearchField.TITLE,
    "title": SearchField.TITLE,
    "rubrik": SearchField.TITLE,
    "heading": SearchField.TITLE,
    "talare": SearchField.SPEAKER,
    "speaker": SearchField.SPEAKER,
    "speakers": SearchField.SPEAKER,
    "föreläsare": SearchField.SPEAKER,
    "föredragshållare": SearchField.SPEAKER,
    "presenter": SearchField.SPEAKER,
    "author": SearchField.SPEAKER,
    "författare": SearchField.SPEAKER,
    "organisation": SearchField.ORGANISATION,
    "organization": SearchField.ORGANISATION,
    "org": SearchField.ORGANISATION,
    "företag": SearchField.ORGANISATION,
    "company": SearchField.ORGANISATION,
    "region": SearchField.REGION,
    "län": SearchField.REGION,
    "county": SearchField.REGION,
    "fokusområde": SearchField.FOCUS_AREA,
    "fokus": SearchField.FOCUS_AREA,
    "focus": SearchField.FOCUS_AREA,
    "seminarium": SearchField.EVENT,
    "event": SearchField.EVENT,
    "evenemang": SearchField.EVENT,
    "seminar": SearchField.EVENT,
    "konferens": SearchField.EVENT,
    "conference": SearchField.EVENT,
    "anteckningar": SearchField.NOTES,
    "notes": SearchField.NOTES,
    "talarmanus": SearchField.NOTES,
    "år": SearchField.YEAR,
    "year": SearchField.YEAR,
    "årtal": SearchField.YEAR,
    "typ": SearchField.KIND,
    "kind": SearchField.KIND,
    "type": SearchField.KIND,
    "dokumenttyp": SearchField.KIND,
    "språk": SearchField.LANGUAGE,
    "language": SearchField.LANGUAGE,
    "lang": SearchField.LANGUAGE,
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
# "filtyp:pdf", but neither an address (https://…), a time (10:10), "EU:s" nor "nr:4".
_LIKE_A_FIELD = re.compile(r"(?<![^\s(-])([^\W\d_]{3,30}):(?=\w{2}|[\"“”„])(?!//)")
_WITH_VALUE = re.compile(r"(?<![^\s(-])([^\W\d_]{2,30}):(?:[\"“”„]([^\"“”„]*)[\"“”„]|([^\s()\"“”„]+))")
_AROUND_VALUES = " .,;:!?-–—"
_SCHEMES = frozenset({"http", "https", "ftp", "mailto", "doi", "urn", "isbn", "issn", "tel"})
_YEARS = re.compile(r"([0-9]{4})(?:[-–—]([0-9]{4}))?")
_QUOTATION = re.compile('["“”„][^"“”„]*["“”„]')
_YEAR_MIN, _YEAR_MAX = 1900, 2100

FIELD_SIGN = ":"
"""What stands between a field's name and what is asked of it: a question without it names no field."""

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


def unknown_fields(text: str) -> tuple[str, ...]:
    """Return what a visitor wrote as the names of fields that there are not, each once: ("filtyp",).

    What stands in quotation marks is no field, and a title that was pasted has a space behind its colon.
    """
    outside = _QUOTATION.sub(lambda quoted: '"' if _names_field(text, quoted.start()) else " ", text)
    names = (match[1].lower() for match in _LIKE_A_FIELD.finditer(outside))
    return tuple(dict.fromkeys(name for name in names if name not in FIELD_NAMES and name not in _SCHEMES))


def unknown_values(text: str) -> tuple[tuple[str, str], ...]:
    """Return fields with a value that they do not have, as they were written, each once: (("typ", "pdf"),).

    Nothing has that value, so its words are looked for, and not the field's name.
    """
    outside = _QUOTATION.sub(lambda quoted: quoted[0] if _names_field(text, quoted.start()) else " ", text)
    found = (
        (match[1].lower(), (match[2] or match[3] or "").strip(_AROUND_VALUES))
        for match in _WITH_VALUE.finditer(outside)
    )
    asked = ((name, value) for name, value in found if FIELD_NAMES.get(name) in HAS_VALUES and value)
    wrong = (pair for pair in asked if not field_values(FIELD_NAMES[pair[0]], pair[1]))
    return tuple(dict.fromkeys(wrong))


def _names_field(text: str, at: int) -> bool:
    """Return whether a quotation follows a colon at once: `förlag:"Stora huset"`."""
    return text[at - 1 : at] == ":"


def _years(text: str) -> tuple[str, ...]:
    match = _YEARS.fullmatch(text)
    if match is None:
        return ()
    first, last = sorted((int(match[1]), int(match[2] or match[1])))
    return tuple(str(year) for year in range(max(first, _YEAR_MIN), min(last, _YEAR_MAX) + 1))
