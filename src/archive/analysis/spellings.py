"""One thing in several spellings: "17 300" is 17300, "4 maj 2021" is 2021-05-04, "e-arkiv" is earkiv.

A text keeps its words; the one spelling that all others share stands beside them in the index, over their
characters. What a question writes as several words is looked up in that spelling, too. A day of any year is
--05-04 (ISO 8601:2000), and so is that of a date with a year, too.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

_GROUPS_MAX = 4
_LEAP_YEAR = "2000"

_MONTHS = (
    "januari january jan",
    "februari february feb",
    "mars march mar",
    "april apr",
    "maj may",
    "juni june jun",
    "juli july jul",
    "augusti august aug",
    "september sept sep",
    "oktober october okt oct",
    "november nov",
    "december dec",
)
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_MONTH = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_ENGLISH_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_SPACE = "[ \u00a0\u2009\u202f]"
_GROUPED = rf"(?<![\w.,:/-])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:[.,]\d{{1,2}})?(?![\w]|[.,:/-]\d)"
_BEFORE = r"(?<![\w.,:/-])"
_AFTER = r"(?!\w|[.,:/-]\d)"
_DATES = (
    rf"{_BEFORE}(?P<y1>\d{{4}})(?P<sep>[-./])(?P<m1>\d{{1,2}})(?P=sep)(?P<d1>\d{{1,2}}){_AFTER}",
    rf"{_BEFORE}(?P<d2>\d{{1,2}})(?::?[ea]|\.|st|nd|rd|th)?{_SPACE}(?:of{_SPACE})?"
    rf"(?P<m2>{_MONTH})\.?,?{_SPACE}(?P<y2>\d{{4}}){_AFTER}",
    rf"(?<![\w-])(?P<m3>{_MONTH})\.?{_SPACE}(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?{_SPACE}(?P<y3>\d{{4}}){_AFTER}",
    rf"{_BEFORE}(?P<d4>\d{{1,2}})/(?P<m4>\d{{1,2}})(?:{_SPACE}|[-/])(?P<y4>\d{{4}}|(?<=-)\d{{2}}){_AFTER}",
    rf"{_BEFORE}(?P<d5>\d{{1,2}})\.(?P<m5>\d{{1,2}})\.(?P<y5>\d{{4}}){_AFTER}",
)
# Behind those with a year. English alone has months first: "maj 21" is a month of a year.
_DAYS = (
    rf"{_BEFORE}(?P<d6>\d{{1,2}})(?::?[ea]|\.|st|nd|rd|th)?{_SPACE}(?:of{_SPACE})?(?P<m6>{_MONTH}){_AFTER}",
    rf"(?<![\w-])(?P<m7>{_ENGLISH_MONTH}){_SPACE}(?P<d7>\d{{1,2}})(?:st|nd|rd|th)?{_AFTER}",
)
_LETTER = r"(?<![^\W_])(?<!-)(?P<letter>[^\W\d_])-(?P<word>[^\W\d_]{3,}+)(?!-)"
_LETTERS = re.compile(_LETTER)
_NUMBERS = re.compile(f"{_GROUPED}|{'|'.join(_DATES + _DAYS)}", re.IGNORECASE)
_HYPHENATED = re.compile(r"([^\W\d_]{2,}+)-([^\W\d_]{2,}+)")
_SPACES = re.compile(_SPACE)
_SEPARATOR = re.compile(r"[.,:]")
_FIGURES = re.compile(r"\d++(?:[.,:]\d++)++")


@dataclass(frozen=True, slots=True)
class SharedSpelling:
    """The shared spelling of some characters `start` … `end` of a text. `is_word`: it is inflected."""

    term: str
    start: int
    end: int
    is_word: bool = False


def spellings(text: str) -> Iterator[SharedSpelling]:
    """Yield the shared spellings of a text's numbers, dates and words such as `e-arkiv`, in no order.

    Args:
        text: A text in normal form.
    """
    if "-" in text:
        for match in _LETTERS.finditer(text):
            yield SharedSpelling(match["letter"] + match["word"], *match.span(), is_word=True)
    for match in _NUMBERS.finditer(text):
        yield from _of_number(match)


def whole_spelling(text: str) -> SharedSpelling | None:
    """Return the shared spelling of all of a text, None where it has none."""
    letters = _LETTERS.fullmatch(text)
    if letters:
        return SharedSpelling(letters["letter"] + letters["word"], 0, len(text), is_word=True)
    match = _NUMBERS.fullmatch(text)
    found = [] if match is None else [one for one in _of_number(match) if one.end - one.start == len(text)]
    return found[0] if found else None


def joined_spelling(text: str) -> str:
    """Return two hyphenated words as one (`open-source`: opensource), "" for any other text."""
    match = _HYPHENATED.fullmatch(text)
    return match[1] + match[2] if match else ""


def spelling_with_spaces(text: str, at: int) -> int:
    """Return where a number or date of several words that begins at `at` ends, 0 where none begins."""
    match = _NUMBERS.match(text, at)
    if match is None or not _SPACES.search(match[0]) or not any(_of_number(match)):
        return 0
    return match.end()


def shared_figures(form: str) -> str:
    """Return figures with full stops between them: 10:10 and 10.10, 1,5 and 1.5 are the same."""
    return _SEPARATOR.sub(".", form) if _FIGURES.fullmatch(form) else form


def _of_number(match: re.Match[str]) -> Iterator[SharedSpelling]:
    for way in "12345":
        if match[f"y{way}"]:
            day = _day(match[f"y{way}"], match[f"m{way}"], match[f"d{way}"])
            if day:
                yield SharedSpelling(day, *match.span())
                yield SharedSpelling(f"-{day[4:]}", *match.span())
            return
    for way in "67":
        if match[f"d{way}"]:
            day = _day(_LEAP_YEAR, match[f"m{way}"], match[f"d{way}"])
            if day:
                yield SharedSpelling(f"-{day[4:]}", *match.span())
            return
    yield from _grouped(match[0], match.start())


def _day(year: str, month: str, day: str) -> str:
    number = _MONTH_NUMBERS.get(month.lower()) or int(month)
    with suppress(ValueError):
        return date(int(year) + (2000 if len(year) == 2 else 0), number, int(day)).isoformat()
    return ""


def _grouped(text: str, start: int) -> Iterator[SharedSpelling]:
    """Yield the numbers that a run of groups may be; the whole first, where it can be one."""
    groups = _SPACES.split(text)
    places = [start]
    for group in groups:
        places.append(places[-1] + len(group) + 1)
    # More groups than a thousand million has are a table's row: each of its runs may be a number.
    counts = [len(groups)] if len(groups) < _GROUPS_MAX else range(_GROUPS_MAX, 1, -1)
    for count in counts:
        for first in range(len(groups) - count + 1):
            if not groups[first].startswith("0"):
                last = first + count
                number = shared_figures("".join(groups[first:last]))
                yield SharedSpelling(number, places[first], places[last] - 1)
