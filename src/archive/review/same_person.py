"""Whether two written names are one person's: on a slide, in a property, in an address of mail."""

import re
from collections.abc import Iterable

from archive.review.folding import folded, joined
from archive.review.given_names import is_given_name
from archive.review.person_names import people_in

_ORGANISATION_SIGNS = re.compile(r"\s*(?:\(.*?\)|\b[A-ZÅÄÖ]{2,}(?:/\S+)?\b)")
_LOCAL_PART = re.compile(r"([a-zåäöéü]{2,20})[._]([a-zåäöéü]{2,30}(?:-[a-zåäöéü]{2,30})?)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_WORD_MIN_CHARS = 3


def is_same_person(one: str, other: str) -> bool:
    """Return whether two names have the same words, in any order, without accents and initials."""
    words, others = _words(one), _words(other)
    return len(words & others) > 1 and (words <= others or others <= words)


def author_name(author: str) -> str:
    """Return the name in a file's property, given name first; "" for what is no person's name.

    "Nordlander Fredrik IT/ARK" → "Fredrik Nordlander", "Ek-Ås, Ulrika" → "Ulrika Ek-Ås".
    """
    text = _ORGANISATION_SIGNS.sub("", author).strip(" ,;")
    family, comma, given = text.partition(",")
    text = f"{given.strip()} {family.strip()}" if comma and " " not in family.strip() else text
    words = text.split()
    if len(words) == 2 and not is_given_name(words[0]) and is_given_name(words[1]):
        words.reverse()
    name = " ".join(words)
    return name if any(person.name == name for person in people_in(name)) else ""


def mail_of(name: str, mails: Iterable[str]) -> str:
    """Return a person's address of mail among some, by given name and surname, or by the given name alone."""
    given, *_, family = map(joined, name.split())
    for mail in mails:
        local = folded(mail.rpartition("@")[0].rstrip("( ["))
        parts = [joined(part) for part in re.split(r"[._-]", local)]
        if parts == [given] or (given in parts and family in parts) or joined(local) == given + family:
            return mail
    return ""


def name_of_mail(mail: str, text: str) -> str:
    """Return whose an address of mail is, "" where it does not say; å, ä and ö as the text has them."""
    match = _LOCAL_PART.fullmatch(mail.rpartition("@")[0].rstrip("( ["))
    if match is None or not is_given_name(match[1]):
        return ""
    accented: dict[str, str] = {folded(word): word for word in _WORD.findall(text) if not word.isascii()}
    given, family = str(match[1]), str(match[2])
    parts = (accented.get(folded(part), part) for part in (given, family))
    return " ".join("-".join(word.capitalize() for word in part.split("-")) for part in parts)


def _words(name: str) -> set[str]:
    return {word for word in folded(name).replace("-", " ").split() if len(word) >= _WORD_MIN_CHARS}
