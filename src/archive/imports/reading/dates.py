"""Days in a text: "den 17–18 oktober 2018", "2022-05-19", and years that are left out."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from archive.model.naming.dates import MONTH_NAMES, MONTHS

_M = rf"(?:{MONTH_NAMES})\b\.?"
_D = r"(?:3[01]|[12]\d|0?[1-9])"
_Y = r"(?:19|20)\d\d"
_NAME_OF_DAY = (
    r"(?:(?:mån|tis|ons|tors?|fre|lör|sön|mon|tues|wednes|thurs|fri|satur|sun)(?:dag(?:en)?|day)?\.?,?\s)"
)
_TO = rf"\s?(?:[–—&/-]|till|och|to|and|t\.?o\.?m\.?)\s?{_NAME_OF_DAY}?(?:den\s)?"
_Y2 = r"\s?-(?P<yy>\d\d)(?![\d:.])"  # "12 maj -22"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d)(?P<y>{_Y})-(?P<mn>1[0-2]|0?[1-9])-(?P<d>{_D})(?:\s?(?:[–—/-]|till"
        rf"|to)\s?(?P<y2>{_Y})-(?P<mn2>1[0-2]|0?[1-9])-(?P<d2>{_D}))?(?!\d)",
        rf"(?<!\d)(?P<y>{_Y})\.(?P<mn>1[0-2]|0?[1-9])\.(?P<d>{_D})(?![\d.])",
        rf"(?<![\d.])(?P<d>{_D})\.(?P<mn>1[0-2]|0?[1-9])\.(?P<y>{_Y})(?!\d)",
        rf"(?<![\d/.])(?P<d>{_D})(?:/(?P<mn0>1[0-2]|[1-9]))?\s?[–—-]\s?(?P<d2>{_D})/(?P<mn>1[0-2]|[1-9])"
        rf"(?:[\s-]{{1,2}}(?P<y>{_Y}))?(?![\d/])",
        rf"(?<![\d.:])(?P<d>{_D})(?:,\s{_D}){{0,5}}(?:\s?:?(?:e|a|st|nd|rd"
        rf"|th))?(?:\s(?P<m0>{_M})\s?(?P<y0>{_Y})?)?{_TO}(?P<d2>{_D})(?:\s?:?(?:e|a|st|nd|rd"
        rf"|th))?(?:\sof)?[\s.]{{1,2}}(?P<m>{_M}),?(?:\s?(?P<y>{_Y}))?(?!\d)",
        rf"(?<![\d.:])(?P<d>{_D})(?:\s?:?(?:e|a|st|nd|rd"
        rf"|th))?(?:\sof)?[\s.]{{1,2}}(?P<m>{_M}),?(?:[\s-]{{1,2}}(?P<y>{_Y})|{_Y2})?(?!\d)",
        rf"\b(?P<m>{_M})\s(?P<d>{_D})(?:st|nd|rd|th)?(?:\s?[–—-]\s?(?P<d2>{_D})(?:st|nd|rd"
        rf"|th)?)?(?:,?\s(?P<y>{_Y}))?(?!\d)",
        rf"(?<![\d/.])(?P<d>{_D})/(?P<mn>1[0-2]|[1-9])(?:[\s-]{{1,2}}(?P<y>{_Y})|{_Y2})?(?![\d/])",
    )
)
_MONTH_OF_YEAR = re.compile(rf"\b(?P<m>{_M})\s(?P<y>{_Y})(?!\d)", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"\b(?:(mån|mon)|(tis|tues)|(ons|wednes)|(tors?|thurs)|(fre|fri)|(lör|satur)|(sön|sun))"
    r"(?:dag|day|\.?(?=\s(?:den\s)?(?:\d|$)))",
    re.IGNORECASE,
)
_NOT_THE_DAY = re.compile(
    r"\b(?:nyhet(?:er)?|artikel|pressmeddelande|nästa|kommande|sista dag|senast|anmäl\w*|publicera\w*"
    r"|uppdatera\w*|ändra[td]|skapad"
    r"|posta[td]\w*|next|deadline|updated|published|register|förra|"
    r"ligger kvar|till och med|t\.o\.m\.|gäller|tidigare|inställda|flytta\w*|save the date)\b[^.!?\n]{0,60}$",
    re.IGNORECASE,
)
_YEAR = re.compile(rf"(?<![\d.-])({_Y})(?![\d-]\d)")


_BEFORE_CHARS = 80


@dataclass(frozen=True, slots=True)
class FoundDate:
    """Days in a text: letters `start` to `end`; what is not said is None."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    last_day: int | None = None
    last_month: int | None = None
    weekday: int | None = None

    def first(self, year: int | None) -> str | None:
        """Return the first day in ISO 8601, in `year` where none is said; None for no such day."""
        return _iso(self.year or year, self.month, self.day)

    def last(self, year: int | None) -> str | None:
        """Return the last day in ISO 8601, None where it is one day."""
        if self.last_day is None:
            return None
        return _iso(self.year or year, self.last_month or self.month, self.last_day)

    def falls_in(self, year: int) -> bool:
        """Return whether the day has in a year the weekday that is said."""
        day = _iso(year, self.month, self.day)
        return day is not None and (self.weekday is None or date.fromisoformat(day).weekday() == self.weekday)


def dates_in(text: str) -> list[FoundDate]:
    """Return the days that a text says, in order; not those of publishing or of what comes next."""
    return list(_dates_in(text))


@lru_cache(maxsize=1024)
def _dates_in(text: str) -> tuple[FoundDate, ...]:
    """Return the days of a text: many rules ask for those of the same line."""
    found: list[FoundDate] = []
    taken: list[tuple[int, int]] = []  # in order, none over another
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            at = bisect_left(taken, match.span())
            if (at and taken[at - 1][1] > match.start()) or (at < len(taken) and taken[at][0] < match.end()):
                continue
            taken.insert(at, match.span())
            if not _NOT_THE_DAY.search(text[max(match.start() - _BEFORE_CHARS, 0) : match.start()]):
                found.append(_found(match, text))
    return tuple(sorted((one for one in found if one.first(one.year or 2024)), key=lambda one: one.start))


def _found(match: "re.Match[str]", text: str) -> FoundDate:
    said = match.groupdict()
    month = int(said["mn"]) if said.get("mn") else _month(said["m"])
    last_month = int(said["mn2"]) if said.get("mn2") else (month if said.get("d2") else None)
    first_month = _month(said["m0"]) if said.get("m0") else int(said.get("mn0") or month)
    before = list(_WEEKDAY.finditer(text[max(match.start() - 25, 0) : match.start()]))
    weekday = next(at for at in range(7) if before[-1][at + 1]) if before else None
    year = said.get("y") or said.get("y0") or (f"20{said['yy']}" if said.get("yy") else None)
    return FoundDate(
        match.start(), match.end(), int(said["d"]), first_month, int(year) if year else None,
        int(said["d2"]) if said.get("d2") else None, last_month, weekday,
    )  # fmt: skip


def _month(name: str) -> int:
    return MONTHS[name.lower().rstrip(".")]


def _iso(year: int | None, month: int, day: int) -> str | None:
    if year is None:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def month_of(text: str) -> str | None:
    """Return a month with its year in a text, as 2022-05; None where there is none."""
    match = _MONTH_OF_YEAR.search(text)
    return f"{match['y']}-{_month(match['m']):02}" if match else None


def years_in(text: str) -> Iterator[int]:
    """Yield the years that a text says."""
    for match in _YEAR.finditer(text):
        yield int(match[1])


def likely_year(
    found: FoundDate, years: Sequence[int], weak_years: Sequence[int], published_on: str
) -> tuple[int | None, float]:
    """Return the year of a day that is said without one, and how sure it is.

    Args:
        found: the day.
        years: those of the title and of headings, the nearest first.
        weak_years: those of the address and of the focus area.
        published_on: when the page was published, "" if unknown; a seminar is told of within a year.
    """
    if found.year is not None:
        return found.year, 1.0
    published = _published(published_on)
    near: list[int] = []
    if published is not None:
        years = [year for year in years if year <= published.year + 1]  # "Gruvorten 2040" is no day of 2040
        near = [year for year in (published.year, published.year - 1) if _is_before(found, year, published)]
        near = [year for year in near if found.falls_in(year)]
    sure = 0.97 if found.weekday is not None else 0.92
    for some, certainty in ((years, sure), (near, sure - 0.03), (weak_years, sure - 0.1)):
        fitting = [year for year in some if found.falls_in(year)]
        both = [year for year in fitting if year in near]
        if fitting:
            return (both or fitting)[0], certainty
    every = [*years, *weak_years]
    return (every[0], 0.5) if every else (None, 0.0)


def _is_before(found: FoundDate, year: int, published: date) -> bool:
    day = _iso(year, found.month, found.day)
    return day is not None and (date.fromisoformat(day) - published).days <= 31


def _published(text: str) -> date | None:
    days = dates_in(text[:40])
    if days and (day := days[0].first(None)):
        return date.fromisoformat(day)
    return None
