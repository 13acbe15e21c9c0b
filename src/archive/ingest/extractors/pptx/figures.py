"""Figures of a chart as a reader sees them: in the number format of the chart, where that is a simple one.

The formats are those of Excel (ECMA-376 part 1, 18.8.31); dates count days from 1900, or from 1904.
"""

import datetime
import math
import re
from dataclasses import dataclass

_SIMPLE = re.compile(r"(?P<group>#[,\s]##)?(?P<whole>0|#)(?:\.(?P<places>0{1,9}|#{1,9}))?")
_SECTION_END = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*\Z)')
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DATE = re.compile(r"[yYdD]|mmm", re.IGNORECASE)
_EPOCHS = {False: datetime.date(1899, 12, 30), True: datetime.date(1904, 1, 1)}
_DAYS_MAX = 100_000
_FIGURE_MAX = 1e15
_SIGNIFICANT = 6
_NOISY_CHARS = 12


@dataclass(frozen=True, slots=True)
class FigureStyle:
    """How the program that made a chart writes figures: the decimal sign and what parts thousands.

    `code` is the format that labels have of their own, "" where they take that of the data.
    """

    decimal: str = "."
    group: str = ","
    from_1904: bool = False
    code: str = ""


SWEDISH = FigureStyle(",", " ")


def figure(value: str, code: str, style: FigureStyle) -> str:
    """Return a cached value as it is shown, and the plain figure in brackets where that differs."""
    plain = plain_figure(value)
    number = _number(value)
    if number is None:
        return plain
    shown = _date(number, code, style) if _is_date(code) else _formatted(number, plain, code, style)
    return plain if shown == plain else f"{shown} ({plain})"


def plain_figure(value: str) -> str:
    """Return a figure without the noise of binary fractions ("4.2999999999999998" as "4.3")."""
    text = value.strip()
    number = _number(text)
    if number is None:
        return text
    if "." in text or "e" in text.lower():
        is_long = len(text) >= _NOISY_CHARS
        text = format(number, f".{_SIGNIFICANT if is_long and abs(number) < 1e6 else 10}g")
    return text


def percentage(share: float, style: FigureStyle) -> str:
    """Return a share (0 to 1) as a pie shows it: whole per cent."""
    return _formatted(share, "", "0%", style)


def _number(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) < _FIGURE_MAX else None


def _is_date(code: str) -> bool:
    return bool(_DATE.search(_LITERAL.sub("", code))) and "general" not in code.lower()


def _date(number: float, code: str, style: FigureStyle) -> str:
    """Return the date that a number of days means, as exact as the format shows it."""
    if not 0 < number < _DAYS_MAX:
        return plain_figure(str(number))
    date = _EPOCHS[style.from_1904] + datetime.timedelta(days=int(number))
    bare = _LITERAL.sub("", code).lower()
    if "d" in bare:
        return date.isoformat()
    return date.strftime("%Y-%m") if "m" in bare else date.strftime("%Y")


def _formatted(number: float, plain: str, code: str, style: FigureStyle) -> str:
    """Return `number` in a simple format; in any other as `plain`, with the decimal sign of `style`."""
    section = _SECTION_END.split(code, maxsplit=1)[0]
    match = _SIMPLE.search(_LITERAL.sub("", section))
    if match is None or "general" in code.lower() or "E" in section or "?" in section:
        return plain.replace(".", style.decimal)
    is_share = "%" in section
    number = number * 100 if is_share else number
    places = match["places"] or ""
    text = format(number, f"{',' if match['group'] else ''}.{len(places)}f")
    if "#" in places:
        text = text.rstrip("0").rstrip(".")
    text = text.translate({ord(","): style.group, ord("."): style.decimal})
    return f"{text}%" if is_share else text
