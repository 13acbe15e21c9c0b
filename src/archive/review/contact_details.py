"""E-mail addresses, Swedish telephone numbers and addresses outside the archive, in text."""

import re
from collections.abc import Iterator

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
