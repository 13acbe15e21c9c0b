"""When a document is from that no record dates: what its first or last page, its name or its properties say.

A date is written as in ISO 8601 and no more exact than it is known: YYYY, YYYY-MM or YYYY-MM-DD.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice

from archive.model.naming.file_names import named_text
from archive.model.pages import BlockField, Page

_EARLIEST_YEAR = 1980
_AHEAD = timedelta(days=366)  # an invitation may be for next year; "Vision 2040" is no date
_LINE_WORDS_MAX = 12  # a date in a longer line is one of those that the text is about
_LINES_MAX = 200
_DATES_ON_PAGE_MAX = 2  # more of them are a programme or a history
_COVER_WORDS_MAX = 120
_LAST_PAGE_WORDS_MAX = 40
_SAVED_NEAR = timedelta(days=120)

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february feb", "mars march mar", "april apr", "maj may",
            "juni june jun", "juli july jul", "augusti august aug", "september sept sep",
            "oktober october okt oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
"""Which month a name or an abbreviation is, by its lower-case form: 1 to 12."""

MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
"""All names and abbreviations of months, for a regular expression that ignores case."""

_MONTH = f"(?P<month>{MONTH_NAMES})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_UNTIL = r"(?:\s?[-–—/&]\s?(?:3[01]|[12]\d|0?[1-9]))?"  # "3-4 maj": the first day counts
_GAP = r"[\s._,-]{1,3}"
_NUMBER = r"(?P<number>1[0-2]|0?[1-9])"
_NOT_IN_NUMBER, _NOT_ON = r"(?<![\d])", r"(?![\d])"

_TWO_DIGITS = r"(?P<number>0[1-9]|1[0-2])(?P=sign)(?P<day>0[1-9]|[12]\d|3[01])"

_DAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NOT_IN_NUMBER}{_YEAR}(?P<sign>[-._/ ]?){_TWO_DIGITS}{_NOT_ON}",
        rf"(?<![\d:.]){_DAY}(?:\s?:?(?:e|a|st|nd|rd|th)\b)?{_UNTIL}(?:\s?of)?{_GAP}{_MONTH}\b\.?{_GAP}{_YEAR}{_NOT_ON}",
        rf"\b{_MONTH}\.?\s{_DAY}(?:st|nd|rd|th)?{_UNTIL},?\s{_YEAR}{_NOT_ON}",
        rf"(?<![\d/.]){_DAY}{_UNTIL}\s?[/.]\s?{_NUMBER}[\s/.-]{{1,2}}{_YEAR}{_NOT_ON}",
    )
)
_MONTH_OF_YEAR = re.compile(rf"\b{_MONTH}\b\.?,?[\s_-]{{1,2}}{_YEAR}{_NOT_ON}", re.IGNORECASE)
_SHORT_DAY = re.compile(rf"{_NOT_IN_NUMBER}(?P<year>\d\d)(?P<sign>-?){_TWO_DIGITS}{_NOT_ON}")
_DAY_OF_MONTH = re.compile(rf"(?<![\d]){_DAY}(?::?e)?{_GAP}{_MONTH}(?![^\W\d_])", re.IGNORECASE)
_ONLY_YEAR = re.compile(rf"{_NOT_IN_NUMBER}{_YEAR}{_NOT_ON}")
_COVER_FIELDS = frozenset({BlockField.TITLE, BlockField.BODY, BlockField.BOX, BlockField.GROUP})
_MARGIN_FIELDS = frozenset({BlockField.FOOTER, BlockField.HEADER})


def date_of(pages: Sequence[Page], properties: Mapping[str, str], filename: str, today: date) -> str:
    """Return the date that a file gives, "" where it gives none.

    Args:
        pages: the first page and the last, of those that everybody may see.
        properties: the file's own; `created` and `modified` in ISO 8601.
        filename: its name as it was given.
        today: a date that lies more than a year after it is that of a plan.
    """
    name = named_text(filename).replace("_", " ")
    found = (
        _one_of(_days(name), today),
        _on_page(pages[:1], _COVER_FIELDS, _COVER_WORDS_MAX, today),
        _one_of(_days_with_short_year(name), today),
        _day_near(name, properties, today),
        _on_page(pages[:1], _MARGIN_FIELDS, _COVER_WORDS_MAX, today),
        _on_page(pages[1:][-1:], _COVER_FIELDS, _LAST_PAGE_WORDS_MAX, today),
    )
    exact = next((day.isoformat() for day in found if day), "")
    return exact or _month(pages[:1], name, today) or _year(name, properties, today)


def last_day(text: str) -> str:
    """Return the last day of a year, month or day, for sorting; "" for ""."""
    if not text:
        return ""
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1]).isoformat()


def _one_of(days: Iterator[date], today: date) -> date | None:
    return next((day for day in days if _is_plausible(day, today)), None)


def _on_page(
    pages: Sequence[Page], fields: frozenset[BlockField], words_max: int, today: date
) -> date | None:
    """Return the date on a page with few words; None where there are several, as in a programme."""
    for page in pages:
        lines = [line for line in _lines(page, fields) if len(line.split()) <= _LINE_WORDS_MAX]
        days = list(dict.fromkeys(day for line in lines for day in _days(line) if _is_plausible(day, today)))
        word_count = sum(len(line.split()) for line in _lines(page, fields))
        if days and (word_count <= words_max or len(days) == 1) and len(days) <= _DATES_ON_PAGE_MAX:
            return days[0]
    return None


def _lines(page: Page, fields: frozenset[BlockField]) -> Iterator[str]:
    blocks = (block for block in page.blocks if block.field in fields)
    paragraphs = (paragraph.text for block in blocks for paragraph in block.paragraphs)
    return islice((line for text in paragraphs for line in text.splitlines()), _LINES_MAX)


def _days(text: str) -> Iterator[date]:
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            yield from _day(int(match["year"]), match)


def _days_with_short_year(name: str) -> Iterator[date]:
    for match in _SHORT_DAY.finditer(name):
        yield from _day(2000 + int(match["year"]), match)


def _day(year: int, match: re.Match[str]) -> Iterator[date]:
    groups = match.groupdict()
    month = int(groups["number"]) if groups.get("number") else MONTHS[groups["month"].casefold()]
    day = int(groups["day"])
    if 1 <= day <= monthrange(year, month)[1]:
        yield date(year, month, day)


def _day_near(name: str, properties: Mapping[str, str], today: date) -> date | None:
    """Return the day and month in a name ("3 maj") in the year that the file was saved, if that is near."""
    saved = [day for key in ("modified", "created") if (day := _property_day(properties, key))]
    days = [
        (abs(day - near), day)
        for match in _DAY_OF_MONTH.finditer(name)
        for near in saved
        for year in (near.year - 1, near.year, near.year + 1)
        if year >= _EARLIEST_YEAR
        for day in _day(year, match)
        if _is_plausible(day, today)
    ]
    distance, day = min(days, default=(_SAVED_NEAR + timedelta(days=1), today))
    return day if distance <= _SAVED_NEAR else None


def _month(pages: Sequence[Page], name: str, today: date) -> str:
    """Return the month that the name says, or the only one on the first page."""
    lines = [line for page in pages for line in _lines(page, _COVER_FIELDS)]
    of_page = _months([line for line in lines if len(line.split()) <= _LINE_WORDS_MAX], today)
    return next(iter(_months([name], today)), "") or ("".join(of_page) if len(of_page) == 1 else "")


def _months(lines: Sequence[str], today: date) -> dict[str, None]:
    """Return the months in some lines as YYYY-MM, each once, in order."""
    days = (
        date(int(match["year"]), MONTHS[match["month"].casefold()], 1)
        for line in lines
        for match in _MONTH_OF_YEAR.finditer(line)
    )
    return dict.fromkeys(day.isoformat()[:7] for day in days if _is_plausible(day, today))


def _year(name: str, properties: Mapping[str, str], today: date) -> str:
    """Return the year in the name, else what of the properties' dates agrees.

    They tell when a file was saved. A deck is made from an older one or from a template, and saved again when
    it is published, so that one of the dates alone says little.
    """
    created, modified = _property_day(properties, "created"), _property_day(properties, "modified")
    saved = [day for day in (created, modified) if day and _is_plausible(day, today)]
    for match in _ONLY_YEAR.finditer(name):
        year = int(match["year"])
        if _EARLIEST_YEAR <= year <= today.year and all(year <= day.year + 1 for day in saved):
            return str(year)
    if not saved or not created:
        return ""
    texts = [day.isoformat() for day in saved]
    return next((texts[0][:end] for end in (7, 4) if len({text[:end] for text in texts}) == 1), "")


def _property_day(properties: Mapping[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(properties.get(name, "")[:10])
    except ValueError:
        return None


def _is_plausible(day: date, today: date) -> bool:
    return date(_EARLIEST_YEAR, 1, 1) <= day <= today + _AHEAD
