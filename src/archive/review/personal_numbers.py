"""Swedish personal identity numbers in text: personnummer and samordningsnummer with a valid check digit.

The pattern finds what is written like one, in ten or twelve digits; the library `personnummer` checks date
and check digit (Skatteverket, SKV 704). One in ten of all numbers with a plausible date passes by chance, so
that what its form or the word before it shows to be something else is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from personnummer import personnummer

_NUMBER = re.compile(
    r"""(?<![\d])(?<!\d[-+–−.,:/])
    (?P<century>18|19|20)?
    (?P<year>\d\d)(?P<mark>-?)(?P<month>0[1-9]|1[0-2])(?P=mark)(?P<day>[06][1-9]|[1278]\d|3[01]|9[01])
    (?P<between>[ ]?[-+–−][ ]?|[ ]?)
    (?P<last>\d{4})
    (?![\d])(?![-+–−.,:/]\d)""",
    re.VERBOSE,
)
_NAMED = re.compile(
    r"(?:person|pers\.?|samordnings?)[- ]?(?:nummer|nr|num)\b|\bpnr\b|\bp-?nr\b|\bssn\b|\bfödd?\b",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"""(?:\b(?:tel|telefon|tfn|mobil|phone|fax|order|faktura|kund|artikel|ärende|diarie|dnr|referens|ref|bankgiro
        |bg|plusgiro|pg|serie|isbn|issn|ean|org|organisations?|konto|ocr|inkommande|invoice)
        (?:nummer|nr|number|no)?|\bnr)\s*[.:#]*\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_BARE_MOBILE = re.compile(r"07[02369]\d{7}")
_CLOCK = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")
_SIGNS_BEFORE, _SIGNS_AFTER = frozenset("_/=&%#.,+-$€£"), frozenset("_/%=")
_CONTEXT_CHARS = 40
_STAMPS_FROM_YEAR = 2010
_BARE_STAMPS_FROM_YEAR = 2000
"""From then on "20201103-1415" and "200102210754" are times, "190101-1231" a span, rather than people."""


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """A personal identity number in a text: where it stands, and its digits with the last four hidden."""

    start: int
    end: int
    masked: str
    is_coordination_number: bool


def personal_numbers(text: str, today: date | None = None) -> Iterator[PersonalNumber]:
    """Yield the personal identity numbers in a text, in order.

    Args:
        text: one line or many; a number stands on one line.
        today: a number that gives a later date is none.
    """
    today = today or date.today()  # noqa: DTZ011 - a day more or less decides nothing
    for match in _NUMBER.finditer(text):
        number = _valid(match, today)
        if number is None or _is_something_else(match, text, number):
            continue
        masked = match.group()[: -len(match["last"])] + "•" * len(match["last"])
        yield PersonalNumber(match.start(), match.end(), masked, number.is_coordination_number())


def _valid(match: re.Match[str], today: date) -> personnummer.Personnummer | None:
    sign = "+" if "+" in match["between"] else "-"
    digits = f"{match['century'] or ''}{match['year']}{match['month']}{match['day']}{sign}{match['last']}"
    try:
        number = personnummer.parse(digits)
        return number if number.get_date() <= today else None
    except (personnummer.PersonnummerException, ValueError):
        return None


def _is_something_else(match: re.Match[str], text: str, number: personnummer.Personnummer) -> bool:
    """Return whether a number with a valid check digit is rather a time, a telephone or an order number."""
    before = text[max(0, match.start() - _CONTEXT_CHARS) : match.start()].rpartition("\n")[2]
    if _NAMED.search(before):
        return False
    if _OTHER_NUMBER.search(before):
        return True
    has_sign = bool(match["between"].strip())
    if not has_sign and _is_in_word(match, text):
        return True
    if not match["between"] and _BARE_MOBILE.fullmatch(match.group()):
        return True
    if "+" in match["between"] or not _CLOCK.fullmatch(match["last"]):
        return False
    is_bare_stamp = not match["between"] and bool(match["century"])
    return int(number.full_year) >= (_BARE_STAMPS_FROM_YEAR if is_bare_stamp else _STAMPS_FROM_YEAR)


def _is_in_word(match: re.Match[str], text: str) -> bool:
    """Return whether letters, or signs of addresses and figures, stand at the digits without a gap."""
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    return (
        before.isalpha()
        or after.isalpha()
        or before in set("_/=&%#.,+-$€£") - {""}
        or after in {"_", "/", "%", "="}
    )
