"""Where people are named in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from archive.imports.reading.naming.given_names import is_given_name
from archive.imports.reading.naming.name_words import NOT_NAMES, PARTICLES, SURNAMES
from archive.imports.reading.naming.organisations import is_organisation_tail, is_organisation_word
from archive.imports.reading.naming.roles import is_definite_trade, is_role, is_role_word, title_of
from archive.review.folding import joined

_TOKEN = re.compile(r"[^\s]+")
_INITIAL = re.compile(r"(?:[A-ZÅÄÖÉ]\.){1,3}|[A-ZÅÄÖ]:(?:son|sson)|[A-ZÅÄÖ]")
_NICKNAME = re.compile(r"[»”\"“'«][^\s]{2,15}[«”\"“'»]|\([A-ZÅÄÖ][a-zåäö]{2,12}\)")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’:][^\W\d_]+)*")
_CLOSING = ",;:.!?)]|–—/"
_OPENING = '-([”"»«|–—/•'
_SEVERAL = re.compile(r"\w{2,}(?:orna|arna|erna)")  # "Öborna Stina Ek och Bo Al"
_OWNED = re.compile(
    r"(?:presentation|bild(?:er|spel)|föreläsning|föredrag|åhörarkopior|power ?point|slides|material|ppt"
    r"|film)",
    re.IGNORECASE,
)
_VOWEL = re.compile("[aeiouyåäöéèüøæóáíú]", re.IGNORECASE)
_WITHOUT_VOWEL = frozenset(("Ng", "Vlk", "Brk"))
_ALSO_SURNAMES = frozenset(("kraft", "skog", "park", "bank", "bruk", "stad", "press", "group", "fond"))
_JOINED_PARTICLE = re.compile(r"(?:al|el|ul|bin|ben|abu|ould|d|l|dell)[-'’][A-ZÅÄÖ]")  # "Mohammed al-Rashid"
_JOINED = re.compile(r"\s(?:och|samt|&)\s")
_BEFORE_COUPLE = re.compile(r"(?:(\S+)\s|^)([A-ZÅÄÖ][\w-]+)\s(?:och|&|samt)\s$")
_TWO_CAPITALS = re.compile(r"(?!Ma?c)[A-ZÅÄÖ][a-zåäö]+[A-ZÅÄÖ]")
_DEGREE = re.compile(
    r"(?:^|[\s(,])((?:(?:fil|agr|tekn|med|teol|jur|ekon|pol|vet|farm|civ)\.?\s?(?:dr|doktor|lic|kand|mag|master|stud|ing)\.?"
    r"|ing\.)\s)$",
    re.IGNORECASE,
)
_ROLE_BEFORE = re.compile(r"\s*[\w-]+(?:\s[a-zåäö-]+){0,3},\s")
_DOUBLE = re.compile(r"[A-ZÅÄÖ][a-zåäöéü]{2,}-[A-ZÅÄÖ][a-zåäöéü]{2,}")  # of "Kersti Jobs-Björk"
_TRADE_CHARS, _TRADE_AND_NAME = 6, 3
_OWNER = re.compile(r"[A-ZÅÄÖ]{2,}:s")
_TOKENS_MAX = 5
KNOWN, LIKELY, POSSIBLE = 0.96, 0.85, 0.6


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in a text: letters `start` to `end`, the name without nickname, titles before it.

    `title_start` is where titles before the name begin, `role` what they say ("Professor"), `certainty` how
    sure it is that a person is named.
    """

    start: int
    end: int
    text: str
    certainty: float
    title_start: int
    role: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    ends_run: bool
    begins_run: bool
    is_particle: bool = False
    is_extra: bool = False


@lru_cache(maxsize=1024)
def names_in(text: str, known: frozenset[str] = frozenset()) -> tuple[Name, ...]:
    """Return the people that a text names, in order; `known` are names, written together and folded."""
    text = text.replace("_", "\t").replace(".-", ". ")
    return tuple(_with_couples(text, [name for run in _runs(text) for name in _names(text, run, known)]))


def _with_couples(text: str, names: list[Name]) -> Iterator[Name]:
    """Yield names, and before one the given name that shares its surname: "Ida och Bo Ek"."""
    end, is_sure = 0, False
    for name in names:
        match = _BEFORE_COUPLE.search(text, end, name.title_start) if name.certainty >= KNOWN else None
        is_free = match is not None and (not (match[1] or "a")[:1].isupper() or match[1][-1] in ".,:;!?")
        is_free = is_free or (match is not None and match.start() == 0)  # "Värdparet Malin och Per Ek"
        if match is not None and is_free and is_given_name(match[2]):
            both = f"{match[2]} {name.text.split()[-1]}"
            yield Name(match.start(2), match.end(2), both, LIKELY, match.start(2))
        is_joined = end and name.certainty == POSSIBLE and _JOINED.fullmatch(text[end : name.title_start])
        yield replace(name, certainty=LIKELY) if is_joined and is_sure else name
        end, is_sure = name.end, name.certainty >= KNOWN


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        raw = match.group()
        if _is_nickname(raw.rstrip(",.;:")):
            yield _Token(raw, match.start(), match.end(), raw[-1] in ",.;:", False, is_extra=True)
            continue
        bare = raw.lstrip(_OPENING)
        start = match.start() + len(raw) - len(bare)
        kept = bare.rstrip(_CLOSING + '”"»«')
        is_initial = _INITIAL.fullmatch(bare.rstrip(",;:)")) is not None
        if is_initial:
            kept = bare.rstrip(",;:)")
        ends = len(kept) < len(bare) and title_of(bare) is None
        yield _Token(kept, start, start + len(kept), ends, start > match.start(), kept in PARTICLES)


def _is_nickname(text: str) -> bool:
    if _NICKNAME.fullmatch(text) is None:
        return False
    return text[0] != "(" or is_given_name(text.strip("()"))


def _runs(text: str) -> Iterator[list[_Token]]:
    """Yield runs of words that may be a name: capitalised ones, with particles and initials between."""
    run: list[_Token] = []
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


def _may_stand_in_name(token: _Token) -> bool:
    if token.is_particle or token.is_extra:
        return True
    if _INITIAL.fullmatch(token.text) or title_of(token.text) is not None:
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


def _names(text: str, run: list[_Token], known: frozenset[str]) -> Iterator[Name]:
    while len(run) > 2 and _OWNER.fullmatch(run[0].text):  # "VTI:s Anna Ek"
        run = run[1:]
    title_start, role = run[0].start, ""
    while run and (title := title_of(text[run[0].start : run[0].end + 1].strip())) is not None:
        role = title or role
        run = run[1:]
    while (
        len(run) > 2
        and (
            is_role_word(run[0].text)
            or (run[0].text.endswith("rna") and is_role_word(run[0].text.lower()))
            or run[0].text.lower() in NOT_NAMES
            or _SEVERAL.fullmatch(run[0].text) is not None
            or (is_definite_trade(run[0].text) and not is_given_name(run[0].text))
        )
        and (
            is_given_name(run[1].text)
            or _is_role_before(run)
            or (run[0].text.endswith(("n", "na")) and is_role_word(run[0].text.lower()))
        )
    ):
        run, title_start = run[1:], run[1].start
    behind = _behind_organisation(run)
    if behind is not None:
        yield from _names(text, behind, known)
        return
    run = _without_rest(run)
    words = [token for token in run if not token.is_extra]
    full = [token for token in words if not token.is_particle and not _INITIAL.fullmatch(token.text)]
    if len(full) < 2 or len(words) > _TOKENS_MAX + 2 or _INITIAL.fullmatch(words[0].text):
        return
    if full[0] is not words[0] or len(full) > _TOKENS_MAX:
        return
    name = " ".join(token.text for token in words)
    certainty = _certainty([token.text for token in full], name, known)
    if certainty == POSSIBLE and (
        any(token.is_particle for token in words[1:]) or _is_beside_role(text, run)
    ):
        certainty = LIKELY
    following = text[run[-1].end :].split(None, 1)[:1]
    if following and _OWNED.match(following[0]) and name.endswith("s"):  # "Anna Eks bilder"
        name, last = name[:-1], run[-1].end - 1
    else:
        last = run[-1].end
    is_firm = bool(following) and text[run[-1].end : run[-1].end + 1] == " "
    is_firm = is_firm and is_organisation_tail(following[0])
    if certainty and not (is_firm and (certainty < KNOWN or following[0].strip("(),.;:").isupper())):
        start = min(title_start, run[0].start)
        degree = _DEGREE.search(text[: run[0].start])
        is_firm = certainty == POSSIBLE and _ROLE_BEFORE.fullmatch(text[:start]) is not None
        is_firm = (is_firm and is_role(text[:start].strip(" ,"))) or (
            certainty == POSSIBLE and "," in text[start : run[0].start]  # "Vd, Visit Mitt"
        )
        if not is_firm:
            yield Name(run[0].start, last, name, certainty, degree.start(1) if degree else start, role)


def _is_role_before(run: list[_Token]) -> bool:
    """Return whether two words behind a Swedish trade are a name: "Beredskapssamordnare Cilla Malmros"."""
    word = run[0].text
    is_swedish = (
        len(word) > _TRADE_CHARS
        and not word.isascii()
        or word.endswith(("ledare", "ordnare", "chef", "strateg"))
    )
    return len(run) == _TRADE_AND_NAME and is_swedish and is_role_word(word)


def _is_beside_role(text: str, run: list[_Token]) -> bool:
    """Return whether a role stands right before a name, in small letters, or behind its comma."""
    before = text[: run[0].start].split()[-1:]
    if (
        before
        and not text[: run[0].start].strip().replace(before[0], "")
        and before[0].endswith(("n", "rna"))
    ):
        before = [before[0].lower()]  # "Forskaren Annbritt Ek" begins a sentence
    behind = re.match(
        r"\s?[,(]\s?(?:som\s(?:är|arbetar\ssom|jobbar\ssom)\s)?([a-zåäö]\S+?)[\s,.)]",
        text[run[-1].end :] + " ",
    )
    words = [*before, *([behind[1]] if behind else [])]
    return any(word[:1].islower() and word[-1:] not in ".:!?" and is_role_word(word) for word in words)


def _behind_organisation(run: list[_Token]) -> list[_Token] | None:
    """Return the name behind an organisation in one run: "Open Mobility Foundation Alex Pazuchanics"."""
    if run and not is_given_name(run[0].text):
        for at in range(1, len(run) - 1):  # "Röda Korsets Amira Ek"
            if run[at - 1].text.endswith("s") and is_given_name(run[at].text) and not run[at].is_particle:
                return run[at:]
    for at, token in enumerate(run[:-2]):
        if is_organisation_word(token.text) and is_given_name(run[at + 1].text):
            return run[at + 1 :]
    return None


def _without_rest(run: list[_Token]) -> list[_Token]:
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


def _told(words: list[str]) -> list[str]:
    """Return the words that tell an organisation from a person: "Kraft" behind a given name is a surname."""
    is_surname = words[-1].lower() in _ALSO_SURNAMES and (is_given_name(words[0]) or "-" in words[0])
    return words[:-1] if is_surname else words


def _certainty(words: list[str], name: str, known: frozenset[str]) -> float:
    """Return how sure a person is named; 0 where none is."""
    if joined(name) in known:
        return 1.0
    lowered = [word.lower() for word in words]
    if any(word in NOT_NAMES for word in lowered) or any(map(is_organisation_word, _told(words))):
        return 0.0
    if any(is_role_word(word) for word in words):
        return 0.0
    if is_given_name(words[0]):
        return KNOWN
    is_double = _DOUBLE.fullmatch(words[-1]) is not None and not any(
        map(is_organisation_word, words[-1].split("-"))
    )
    if (
        is_double
        or any(is_given_name(word) for word in words[:-1])
        or any(map(SURNAMES.fullmatch, words[-1].split("-")))
    ):
        return LIKELY
    return POSSIBLE
