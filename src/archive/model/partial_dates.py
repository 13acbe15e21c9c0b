"""Dates that may be no more exact than a month or a year (ISO 8601: 2022-05-19, 2022-05, 2022)."""

import re
from datetime import date
from enum import StrEnum

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class DatePrecision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_CHARS = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7, DatePrecision.DAY: 10}
_BY_CHARS = {chars: precision for precision, chars in _CHARS.items()}


def iso_date(day: date | None, precision: DatePrecision) -> str:
    """Return a date as exact as it is known: "2022-05-19", "2022-05" or "2022"; "" where there is none."""
    return "" if day is None else day.isoformat()[: _CHARS[precision]]


def read_date(text: str) -> tuple[date, DatePrecision] | None:
    """Return the first day of a date in ISO 8601 and its precision; None where it is no date."""
    match = _PARTIAL.fullmatch(text)
    if match is None or not match[0].isascii():
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        return date(year, month, day), _BY_CHARS[len(text)]
    except ValueError:
        return None


def is_in_order(first: str, last: str) -> bool:
    """Return whether a period may begin with one date and end with another: as far as both are known."""
    shared = min(len(first), len(last))
    return first[:shared] <= last[:shared]
