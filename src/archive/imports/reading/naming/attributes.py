"""What stands beside a name: "strateg, Region X", "(SCB)", "vid SLU", "Region X läns strateg"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.imports.reading.naming.organisations import (
    is_party,
    is_surely_organisation,
    may_be_organisation,
    organisation_end,
)
from archive.imports.reading.naming.role_parts import TELLS, parts_of, span_of, split_role, without_party
from archive.imports.reading.naming.roles import is_definite_trade, is_role, is_role_word
from archive.imports.reading.naming.verbs import FINITE
from archive.imports.reading.pieces import Piece

_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]{1,120})[)\]]?")


_BOTH = re.compile(r"^(?:båda|bägge|alla|samtliga|both|all)\s+(?:(?:från|vid|på|from|at)\s+)?", re.IGNORECASE)


_AT_END = re.compile(r"(?:från|vid|på|hos|from|at)\s*$")
_LEADING = re.compile(
    r"^\s*(?:(?:,|tidigare(?=\s(?:på|vid|hos))|numera(?=\s(?:på|vid|hos))|–|—|-|:|\||\t|från\b|vid\b|på\b|hos\b|from(?:\sthe)?\b|at(?:\sthe)?\b|of\b"
    r"|(?:som\s)?(?:(?:till vardags|i dag|numera|nu)\s)?(?:är|arbetar som|jobbar som"
    r"|verkar som)\b(?=\s[a-zåäö]))\s*)+"
)


_CLAUSE = re.compile(
    r"\s*,?\s(?:som|vilka)\s(?:(?:tillsammans|båda|till\svardags|numera|sedan\s\d{4}|i\sdag|nu|också)\s)*"
    r"(?:driver|äger|leder|grundade|har\sgrundat|har\sstartat|startade|arbetar|jobbar|verkar|forskar|är\sverksamma?)\s"
    r"(?:(?:på|vid|hos|i|för|inom)\s)?(?:[a-zåäö-]+(?:et|en|an)\s)?(?P<firm>[A-ZÅÄÖ][^,.;:()]{1,60}?)"
    r"(?=\s*(?:[,.;:)]|$)|\soch\s[a-zåäö])"
)
_FINITE = re.compile(FINITE)
_VERB = re.compile(rf"(?:som\s)?{FINITE}\s")
_FIRM_WORDS = 6
_THROUGH = re.compile(
    r"\W*(.{2,80}?),?\s(?:genom|via|(?:representera|företräd)\w+ (?:av|genom))\s*$", re.IGNORECASE
)
_NAMED = re.compile(r"[A-ZÅÄÖ][\w&-]*(?:\s[\w&-]+){0,4}")  # in brackets behind a name
_REMARK = re.compile(
    r"^(?:via\b.*|digitalt|på länk|per länk|online|distans|video|on video|tbc|inspelad.*|moderator"
    r"|inställt|pdf.*|ppt.*|\d.*)$",
    re.IGNORECASE,
)


_ROLE_OF = re.compile(r"([A-ZÅÄÖ]\S*(?:\s[A-ZÅÄÖ]\S*){0,4})s\s([a-zåäö][^,;:.]{3,60})")
_OF_OURS = re.compile(r"[A-ZÅÄÖ][\w-]*s\s(?:egen|egna|nya|nye|förra|tidigare)\s([a-zåäö-]+(?:\s[a-zåäö-]+)?)")
_OURS = frozenset(("sin", "sitt", "sina", "vår", "vårt", "våra", "deras"))
_OF_TIME = re.compile(
    r"(?:dagen|kvällen|året|möte|konferensen|seminariet|mars|årets|dagens|veckan)$", re.IGNORECASE
)
_OWNER_WORDS = 3
_COUNTED = re.compile(r"(?:två|tre|fyra)\s(?=[a-zåäö])", re.IGNORECASE)  # "Två forskare vid SLU, A och B"
_GENITIVES_TEXT = """
läns kommuns stads universitets högskolas att och om där av med kom kommer kommun var är
medverkar deltar deltog
talar
"""


_GENITIVES = frozenset(_GENITIVES_TEXT.split())


_COUNTRIES_TEXT = """
norge danmark finland island sverige norway denmark finland sweden tyskland estland
"""
_COUNTRIES = frozenset(_COUNTRIES_TEXT.split())


_LAST_REMARK = re.compile(r"\s*\((?:[a-zåäö]|\d+\s?(?:min|sid|MB|kB)|[A-Z]{1,2}\)|\s)[^()]*\)?$|\s*\(\s*\)")


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stands beside a name. `rest` is what is neither role nor organisation, None for nothing."""

    role: Piece | None = None
    organisation: Piece | None = None
    is_shared: bool = False
    rest: Piece | None = None


def before_name(piece: Piece) -> Attributes:
    """Return the role and organisation that stand right before a name."""
    words = list(re.finditer(r"\S+", piece.text))
    if len(words) > 1 and words[0].group() in _OURS:
        piece = piece.part(words[1].start())
        words = list(re.finditer(r"\S+", piece.text))
    if not words:
        return Attributes()
    through = _THROUGH.match(piece.text)
    if through and may_be_organisation(through[1].strip()):
        return Attributes(organisation=piece.part(through.start(1), through.end(1)))
    if piece.text.rstrip().endswith((",", ":", "–", "-")):
        return _before_comma(piece)
    if len(words) == 1 and words[0].group()[0].isupper() and words[0].group().endswith("rna"):
        begun = piece.part(words[0].start(), words[0].end())  # "Forskarna Ida Ek och Bo Al"
        return Attributes(role=begun) if is_role_word(begun.text.lower()) else Attributes()
    owner = _owner(piece, words[-_OWNER_WORDS:])
    is_named = owner is not None and all(word[0].isupper() for word in owner.text.split())
    is_named = is_named and owner is not None and not _OF_TIME.search(owner.text)
    if owner is not None and (is_named or is_surely_organisation(owner.text)):  # "Länsbygderådets Anna Ek"
        return Attributes(organisation=owner)
    is_trade = is_role_word(words[-1].group()) or is_definite_trade(words[-1].group())
    if not is_trade or title_only(words[-1].group()):
        return Attributes()
    first = len(words) - 1
    while (
        first
        and is_role(" ".join(word.group() for word in words[first - 1 :]))
        and (words[first - 1].group()[0].islower() or re.match(r"\d:[ae]", words[first - 1].group()))
        and words[first - 1].group()[-1] not in ',;:.”"»!?'
        and words[first - 1].group() not in _GENITIVES
        and not (_FINITE.fullmatch(words[first - 1].group()) and not is_role_word(words[first - 1].group()))
    ):
        first -= 1
    if first > 1 and words[first - 1].group() in ("och", "&") and words[first - 2].group().endswith("-"):
        first -= 2  # "Energi- och klimatrådgivare"
    if first > 1 and words[first - 1].group() == "och" and is_definite_trade(words[first - 2].group()):
        first -= 2  # "Arkitekten och debattören"
    role = piece.part(words[first].start(), words[-1].end())
    return Attributes(role=role, organisation=_owner(piece, words[:first]))


def _before_comma(piece: Piece) -> Attributes:
    """Return what stands before a comma or a colon and a name: "SMHI,", "Två forskare vid SLU,"."""
    inside = piece.stripped()
    own = _OF_OURS.match(inside.text)  # "Museets egen antikvarie,"
    if own is not None and is_role(own[1]):
        return Attributes(role=inside.part(own.start(1)))
    theirs = _ROLE_OF.fullmatch(inside.text)  # "Business Swedens handelssekreterare i Oslo,"
    if theirs is not None and is_role(theirs[2]) and may_be_organisation(theirs[1]):
        return Attributes(inside.part(theirs.start(2)), inside.part(0, theirs.end(1)))
    begins = inside.text.split(None, 1)[0] if inside.text else ""
    if is_role_word(begins) and begins.endswith("n"):  # "Kassören i Byns förening,"
        role, firm = split_role(inside)
        return Attributes(role, firm)
    counted = _COUNTED.match(inside.text)
    if counted:
        role, firm = split_role(inside.part(counted.end()))
        return Attributes(role, firm, is_shared=True)
    is_firm = is_surely_organisation(inside.text) and ":" not in piece.text
    return Attributes(organisation=inside if is_firm else None)


def title_only(word: str) -> bool:
    """Return whether a word before a name is a mere form of address."""
    return word.lower().strip(".,") in ("dr", "mr", "ms", "mrs", "doktor")


def _owner(piece: Piece, words: Sequence[re.Match[str]]) -> Piece | None:
    """Return the organisation in the genitive before a role: "Region Örebro läns strateg"."""
    if not words or not words[-1].group().endswith("s"):
        return None
    for word in words:
        owner = piece.part(word.start(), words[-1].end() - 1).stripped(":")
        if word.group()[0].isupper() and may_be_organisation(owner.text):
            return owner
    return None


def attributes_of(piece: Piece) -> Attributes:
    """Return the role and the organisation in what stands behind a name."""
    bracket = _BRACKET.match(piece.text)
    if bracket:
        inside = piece.part(bracket.start(1), bracket.end(1)).stripped()
        rest = piece.part(bracket.end())
        if is_party(inside.text) or _REMARK.match(inside.text):
            return attributes_of(rest)
        found = _of_parts(inside)
        if found.role is None and found.organisation is None and _NAMED.fullmatch(inside.text):
            found = Attributes(organisation=inside)
        follows = attributes_of(rest) if re.match(r"\s*,", rest.text) else Attributes(rest=_rest(rest))
        return Attributes(
            found.role or follows.role,
            found.organisation or follows.organisation,
            found.is_shared,
            follows.rest,
        )
    clause = _CLAUSE.match(piece.text)
    if clause is not None and may_be_organisation(clause["firm"].strip()):
        firm = piece.part(clause.start("firm"), clause.end("firm"))
        return Attributes(organisation=firm, rest=_rest(piece.part(clause.end())))
    leading = _LEADING.match(piece.text)
    follows_directly = leading is None
    found = _of_parts(piece.part(leading.end() if leading else 0))
    goes_on = leading is not None and _AT_END.search(leading.group()) is not None
    if leading and goes_on and found.role is None and found.organisation is None:
        return _begins_with_organisation(piece.part(leading.end()))
    if follows_directly and found.role is not None and not is_role(found.role.text):
        return Attributes(rest=_rest(piece))
    if follows_directly and found.role is None and found.organisation is not None:
        is_sure = is_surely_organisation(found.organisation.text)
        return found if is_sure else Attributes(rest=_rest(piece))
    return found


def _begins_with_organisation(piece: Piece) -> Attributes:
    """Return the organisation in "vid Karlstads universitet resultaten från …": the sentence goes on."""
    end = organisation_end(piece.text)
    rest = _rest(piece.part(end))
    return Attributes(organisation=piece.part(0, end), rest=rest) if end else Attributes(rest=rest)


def _rest(piece: Piece) -> Piece | None:
    stripped = piece.stripped(" \t,;.")
    return stripped if stripped.text else None


def _of_parts(piece: Piece) -> Attributes:
    """Return role and organisation of a text whose parts are parted by commas."""
    piece = piece.stripped(" \t\n,;.|–—-")
    piece = without_party(piece)
    remark = _LAST_REMARK.search(piece.text)
    piece = piece.part(0, remark.start()) if remark else piece
    if not piece.text or _REMARK.match(piece.text):
        return Attributes()
    both = _BOTH.match(piece.text)
    if both:
        shared = _of_parts(piece.part(both.end()))  # "båda studievägledare vid Komvux"
        if shared.role is None:
            shared = Attributes(organisation=shared.organisation or piece.part(both.end()))
        return replace(shared, is_shared=True)
    parts = parts_of(piece)
    first = parts[0]
    role, organisation = split_role(first)
    if role is None and organisation is None and _is_beside_verb(parts):
        return Attributes(organisation=first, rest=piece.part(parts[1].start - piece.start))
    if role is None and organisation is None:
        return Attributes(rest=piece)
    at = 1
    is_double = len(parts) > 1 and is_role(parts[1].text) and not may_be_organisation(parts[1].text)
    if organisation is None and is_double:
        second, organisation = split_role(parts[1])
        role, at = span_of(piece, first, second or parts[1]) if second else role, 2
    return _with_tail(piece, role, organisation, parts[at:])


def _is_beside_verb(parts: list[Piece]) -> bool:
    """Return whether a part stands where the organisation does, between the name and the verb."""
    text = parts[0].text
    is_named = text[:1].isupper() and len(text.split()) <= _FIRM_WORDS and not TELLS.search(text)
    return is_named and len(parts) > 1 and _VERB.match(parts[1].text) is not None


def _may_be_due(text: str) -> bool:
    """Return whether a part behind a role may be the organisation although no word of it says so."""
    return text[:1].isupper() and len(text.split()) <= 6 and text[-1] not in "?!"


def _with_tail(piece: Piece, role: Piece | None, organisation: Piece | None, tail: list[Piece]) -> Attributes:
    """Add the parts that go on with the organisation; what begins something else is the rest."""
    last = organisation
    bothly = False
    for at, part in enumerate(tail):
        both = _BOTH.match(part.text)
        goes_on = may_be_organisation(part.text) or part.text.lower() in _COUNTRIES or both
        if (
            organisation is None
            and role is not None
            and not goes_on
            and part.text[:1].islower()
            and len(part.text.split()) <= 3
            and not TELLS.search(part.text)
            and at + 1 < len(tail)
        ):
            role = span_of(piece, role, part)
            continue
        if role is None and is_role(part.text) and organisation is not None:
            role = part
            continue
        is_due = organisation is None and role is not None and _may_be_due(part.text)
        if not (goes_on or is_due) or TELLS.search(part.text):
            rest = piece.part(part.start - piece.start)
            return Attributes(
                role,
                span_of(piece, organisation, last) if organisation and last else organisation,
                bothly,
                rest,
            )
        if both:
            part, bothly = part.part(both.end()), True
        organisation, last = organisation or part, part
    return Attributes(
        role, span_of(piece, organisation, last) if organisation and last else organisation, bothly
    )
