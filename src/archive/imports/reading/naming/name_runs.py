"""Words in capitals, one behind the other, that may be somebody's name, and what stands around it in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.imports.reading.naming.given_names import is_given_name
from archive.imports.reading.naming.name_words import NOT_NAMES, PARTICLES
from archive.imports.reading.naming.organisations import is_organisation_word
from archive.imports.reading.naming.roles import is_definite_trade, is_role_word, is_trade_before, title_of

_TOKEN = re.compile(r"[^\s]+")
INITIAL = re.compile(r"(?:[A-ZÅÄÖÉ]\.){1,3}|[A-ZÅÄÖ]:(?:son|sson)|[A-ZÅÄÖ]")
_NICKNAME = re.compile(r"[»”\"“'«][^\s]{2,15}[«”\"“'»]|\([A-ZÅÄÖ][a-zåäö]{2,12}\)")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’:][^\W\d_]+)*")
_CLOSING = ",;:.!?)]|–—/"
_OPENING = '-([”"»«|–—/•'
_SEVERAL = re.compile(r"\w{2,}(?:orna|arna|erna)")  # "Öborna Stina Ek och Bo Al"
_VOWEL = re.compile("[aeiouyåäöéèüøæóáíú]", re.IGNORECASE)
_WITHOUT_VOWEL = frozenset(("Ng", "Vlk", "Brk"))
_JOINED_PARTICLE = re.compile(r"(?:al|el|ul|bin|ben|abu|ould|d|l|dell)[-'’][A-ZÅÄÖ]")  # "Mohammed al-Rashid"
_TWO_CAPITALS = re.compile(r"(?!Ma?c)[A-ZÅÄÖ][a-zåäö]+[A-ZÅÄÖ]")
_SCHOOL = re.compile(r"\s[a-zåäö]+(?:ska|liga)\s(?:högskolan?|universitet(?:et)?|institut(?:et)?)\b")
_OWNER = re.compile(r"[A-ZÅÄÖ]{2,}:s")
_TRADE_CHARS, _TRADE_AND_NAME = 6, 3


@dataclass(frozen=True, slots=True)
class NameToken:
    """A word, letters `start` to `end`; it begins or ends a run by the signs around it."""

    text: str
    start: int
    end: int
    ends_run: bool
    begins_run: bool
    is_particle: bool = False
    is_extra: bool = False


def _tokens(text: str) -> Iterator[NameToken]:
    for match in _TOKEN.finditer(text):
        raw = match.group()
        if _is_nickname(raw.rstrip(",.;:")):
            yield NameToken(raw, match.start(), match.end(), raw[-1] in ",.;:", False, is_extra=True)
            continue
        bare = raw.lstrip(_OPENING)
        start = match.start() + len(raw) - len(bare)
        kept = bare.rstrip(_CLOSING + '”"»«')
        is_initial = INITIAL.fullmatch(bare.rstrip(",;:)")) is not None
        if is_initial:
            kept = bare.rstrip(",;:)")
        ends = len(kept) < len(bare) and title_of(bare) is None
        yield NameToken(kept, start, start + len(kept), ends, start > match.start(), kept in PARTICLES)


def _is_nickname(text: str) -> bool:
    if _NICKNAME.fullmatch(text) is None:
        return False
    return text[0] != "(" or is_given_name(text.strip("()"))


def runs_in(text: str) -> Iterator[list[NameToken]]:
    """Yield runs of words that may be a name: capitalised ones, with particles and initials between."""
    run: list[NameToken] = []
    for token in _tokens(text):
        if run and (token.begins_run or "\t" in text[run[-1].end : token.start]):
            yield run
            run = []
        if _may_stand_in_name(token) and (run or not (token.is_particle or token.is_extra)):
            run.append(token)
            if not token.ends_run:
                continue
        elif not run:
            continue
        yield run
        run = []
    if run:
        yield run


def _may_stand_in_name(token: NameToken) -> bool:
    if token.is_particle or token.is_extra:
        return True
    if INITIAL.fullmatch(token.text) or title_of(token.text) is not None:
        return True
    if _WORD.fullmatch(token.text) is None:
        return token.text.lower() in ("dr.", "prof.")
    if _JOINED_PARTICLE.match(token.text):
        return True
    return (
        token.text[0].isupper()
        and not token.text.isupper()
        and (_VOWEL.search(token.text) is not None or token.text in _WITHOUT_VOWEL)
    )


def behind_organisation(run: list[NameToken]) -> list[NameToken] | None:
    """Return the name behind an organisation in one run: "Open Mobility Foundation Alex Pazuchanics"."""
    if run and not is_given_name(run[0].text):
        for at in range(1, len(run) - 1):  # "Röda Korsets Amira Ek"
            if run[at - 1].text.endswith("s") and is_given_name(run[at].text) and not run[at].is_particle:
                return run[at:]
    for at, token in enumerate(run[:-2]):
        if is_organisation_word(token.text) and is_given_name(run[at + 1].text):
            return run[at + 1 :]
    return None


def without_rest(run: list[NameToken]) -> list[NameToken]:
    """Return a run without the organisation or role behind the name: "Linda Jakobsson Region Dalarna"."""
    for at, token in enumerate(run):
        if at >= 2 and (
            is_organisation_word(token.text) or is_role_word(token.text) or _TWO_CAPITALS.match(token.text)
        ):
            run = run[:at]
            break
    while run and (run[-1].is_particle or run[-1].is_extra):
        run = run[:-1]
    return run


def without_school(text: str, run: list[NameToken]) -> list[NameToken]:
    """Return a run without the town of a school right behind the name: "Ida Ek Luleå tekniska högskola"."""
    if len(run) <= _TRADE_AND_NAME - 1 or run[-1].ends_run:
        return run
    return run[:-1] if _SCHOOL.match(text, run[-1].end) else run


def _is_role_before(run: Sequence[NameToken]) -> bool:
    """Return whether two words behind a Swedish trade are a name: "Beredskapssamordnare Cilla Malmros"."""
    word = run[0].text
    is_swedish = (len(word) > _TRADE_CHARS and not word.isascii()) or word.endswith(
        ("are", "chef", "strateg", "ator", "arie", "log", "ist", "iker", "graf", "nom", "ör", "ekt", "ent")
    )
    return len(run) == _TRADE_AND_NAME and is_swedish and is_role_word(word)


def without_lead(run: list[NameToken]) -> tuple[list[NameToken], int]:
    """Return a run without trades and owners before the name, and where what is kept begins."""
    start = run[0].start
    while len(run) > 2 and _is_no_name(run[0].text) and _may_begin_name(run):
        run, start = run[1:], run[1].start
    return run, start


def without_owner(run: list[NameToken]) -> list[NameToken]:
    """Return a run without an acronym in the genitive before the name: "VTI:s Anna Ek"."""
    while len(run) > 2 and _OWNER.fullmatch(run[0].text):
        run = run[1:]
    return run


def _is_no_name(word: str) -> bool:
    return (
        is_role_word(word)
        or (word.endswith("rna") and is_role_word(word.lower()))
        or word.lower() in NOT_NAMES
        or _SEVERAL.fullmatch(word) is not None
        or ((is_definite_trade(word) or is_trade_before(word)) and not is_given_name(word))
    )


def _may_begin_name(run: Sequence[NameToken]) -> bool:
    word = run[0].text
    is_trade = word.endswith(("n", "na")) and is_role_word(word.lower())
    return is_given_name(run[1].text) or is_trade or _is_role_before(run)
