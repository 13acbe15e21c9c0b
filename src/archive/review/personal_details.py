"""Personal details in text: e-mail, telephone, addresses on the web, personal identity numbers.

Identity numbers are personnummer and samordningsnummer with a valid check digit. The pattern finds what is
written like one, in ten or twelve digits; the library `personnummer` checks date and check digit
(Skatteverket, SKV 704).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from personnummer import personnummer

_EMAIL = re.compile(
    r"[\w.+-]{1,64}\s?(?:@|\(@\)|\[at\]|\(at\)|\(a\))\s?(?:[\w-]{1,63}\.)+[a-z]{2,24}\b", re.IGNORECASE
)
_GAP = r"[ \u2009]?"
_PHONE = re.compile(
    rf"""(?<![\w+./=-])(?:
        (?:\+|00)46{_GAP}(?:\(0\){_GAP})?-?{_GAP}\d{{1,3}}(?:[ -]?\d{{2,4}}){{2,4}}
      | 0\d{{1,3}}{_GAP}[-–/]{_GAP}\d{{2,4}}(?:[ -]?\d{{2,3}}){{1,3}}
      | 07[02369]\d?(?:[ ]\d{{2,3}}){{2,4}}
      | 07[02369]\d{{7}}
    )(?![\w/=]|[-.]\d)""",
    re.VERBOSE,
)
_NAMED_PHONE = re.compile(
    r"\b(?:tel|telefon|tfn|mobil|mob|växel|fax|phone)\b[\s.:]*(?:nr|nummer)?[\s.:]*(0\d[\d -]{5,12}\d)(?!\d)",
    re.IGNORECASE,
)
_DIGITS_MIN, _DIGITS_MAX = 8, 13
_WEB = re.compile(r"\b(?:https?://|www\.)[^\s<>\"'()\[\]]+[^\s<>\"'()\[\].,;:!?]", re.IGNORECASE)

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


def email_addresses(text: str) -> Iterator[str]:
    """Yield the e-mail addresses in a text, in order; "(@)" and "[at]" count as @."""
    for match in _EMAIL.finditer(text):
        yield re.sub(r"\s|^mailto:", "", match.group())


def phone_numbers(text: str) -> Iterator[str]:
    """Yield the telephone numbers in a text as Swedes write them, in order."""
    found: dict[int, str] = {match.start(): match.group() for match in _PHONE.finditer(text)}
    for match in _NAMED_PHONE.finditer(text):
        found.setdefault(match.start(1), match[1])
    for _, number in sorted(found.items()):
        if _DIGITS_MIN <= sum(character.isdigit() for character in number) <= _DIGITS_MAX:
            yield " ".join(number.split())


def web_addresses(text: str) -> Iterator[str]:
    """Yield the addresses of pages on the web in a text, in order."""
    for match in _WEB.finditer(text):
        yield match.group()


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
