"""What may stand in a field of a record, and how a mistake in it is told."""

import re
import unicodedata
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from archive.model.events import read_date
from archive.model.visibility import Visibility
from archive.printable import without_turning

LINE_MAX_CHARS = 500
TEXT_MAX_CHARS = 20_000
ADDRESS_MAX_CHARS = 2000
YEAR_MIN, YEAR_MAX = 1900, 2100
ROWS_MAX = 50
OWN_WORDING = "own_wording"
_LANGUAGE = re.compile("[a-z]{2,3}")

DATE_EXPECTED = "Write a day, a month or a year that there is: 2022-05-19, 2022-05 or 2022."
ADDRESS_EXPECTED = "Write a web address that begins with https:// or http://."
NEEDED_EXPECTED = "Write something here: it must not be empty."
_EXPECTED = {
    "missing": NEEDED_EXPECTED,
    "string_too_short": NEEDED_EXPECTED,
    "string_type": "Write text here.",
    "string_too_long": "The text is too long: at most {max_length} characters fit.",
    "too_long": "There are too many: at most {max_length} fit.",
    "enum": "Choose one of these: {expected}.",
    "unexpected_keyword_argument": "There is no such field.",
}
_YEAR_EXPECTED = "Write a year from 1900 to 2100."
_LIST_EXPECTED = "A list is expected here."
_OTHER_EXPECTED = "What is written here cannot be used."


def _mistake(expected: str) -> PydanticCustomError:
    return PydanticCustomError(OWN_WORDING, "{expected}", {"expected": expected})


def expected(kind: str, context: dict[str, object]) -> str:
    """Return what was expected, for a kind of pydantic's errors and its values."""
    if kind == OWN_WORDING:
        return str(context["expected"])
    if kind in ("tuple_type", "list_type", "dataclass_type"):
        return _LIST_EXPECTED
    return _EXPECTED.get(kind, _OTHER_EXPECTED).format(**context)


def _text(value: object) -> object:
    """Return a text in NFC without white space around it; its lines end as on this system."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", "\n".join(without_turning(value).splitlines())).strip()
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in text):
        raise _mistake("It holds characters that cannot be shown. Write it again without them.")
    return text


def _line(value: object) -> object:
    text = _text(value)
    return " ".join(text.split()) if isinstance(text, str) else text


def _date(value: object) -> object:
    text = _line(value)
    if not isinstance(text, str) or (text and read_date(text) is None):
        raise _mistake(DATE_EXPECTED)
    return text


def _address(value: object) -> object:
    text = _line(value)
    if isinstance(text, str) and text:
        scheme, separator, rest = text.partition("://")
        if scheme.lower() not in ("https", "http") or not separator or not rest or " " in text:
            raise _mistake(ADDRESS_EXPECTED)
    return text


def _without_empty(value: object) -> object:
    """Return a list without what is empty: an empty line in a form is no address."""
    if isinstance(value, list | tuple):
        return tuple(one for one in value if not isinstance(one, str) or one.strip())
    return value


def _year(value: object) -> object:
    text = _line(str(value) if isinstance(value, int) and not isinstance(value, bool) else value)
    if text == "":
        return None
    if not isinstance(text, str) or not text.isdecimal() or not YEAR_MIN <= int(text[:5]) <= YEAR_MAX:
        raise _mistake(_YEAR_EXPECTED)
    return int(text)


def _language(value: object) -> object:
    text = _line(value)
    if isinstance(text, str) and text and not _LANGUAGE.fullmatch(text):
        raise _mistake("Write the code of a language, such as sv or en, or nothing.")
    return text


Line = Annotated[str, Field(max_length=LINE_MAX_CHARS), BeforeValidator(_line)]
Needed = Annotated[str, Field(min_length=1, max_length=LINE_MAX_CHARS), BeforeValidator(_line)]
Text = Annotated[str, Field(max_length=TEXT_MAX_CHARS), BeforeValidator(_text)]
PartialDate = Annotated[str, BeforeValidator(_date)]
Address = Annotated[str, Field(max_length=ADDRESS_MAX_CHARS), BeforeValidator(_address)]
Addresses = Annotated[tuple[Address, ...], Field(max_length=ROWS_MAX), BeforeValidator(_without_empty)]
Year = Annotated[int | None, BeforeValidator(_year)]
Language = Annotated[str, BeforeValidator(_language)]
Level = Annotated[Visibility, Field(strict=False)]
Names = Annotated[tuple[Needed, ...], Field(max_length=ROWS_MAX)]
