"""What stands before a name: "strategen", "Region X läns strateg", "Två forskare vid SLU,"."""

import re
from collections.abc import Sequence

from archive.imports.reading.naming.attributes import Attributes
from archive.imports.reading.naming.organisations import is_surely_organisation, may_be_organisation
from archive.imports.reading.naming.role_parts import split_role
from archive.imports.reading.naming.roles import (
    is_definite_trade,
    is_role,
    is_role_word,
    is_trade_before,
    role_word_at,
)
from archive.imports.reading.naming.verbs import FINITE
from archive.imports.reading.pieces import Piece

_ENDS = re.compile(r"[a-zåäö]{5,}[.!?]\s*$")  # a sentence, no "Prof."
_FINITE = re.compile(FINITE)
_THROUGH = re.compile(
    r"\W*(.{2,80}?),?\s(?:genom|via|(?:representera|företräd)\w+ (?:av|genom))\s*$", re.IGNORECASE
)
_ROLE_OF = re.compile(r"([A-ZÅÄÖ]\S*(?:\s[A-ZÅÄÖ]\S*){0,4})s\s([a-zåäö][^,;:.]{3,60})")
_OF_OURS = re.compile(r"[A-ZÅÄÖ][\w-]*s\s(?:egen|egna|nya|nye|förra|tidigare)\s([a-zåäö-]+(?:\s[a-zåäö-]+)?)")
_OURS = frozenset(("sin", "sitt", "sina", "vår", "vårt", "våra", "deras"))
_OF_TIME = re.compile(
    r"(?:dagen|kvällen|året|möte|konferensen|seminariet|mars|årets|dagens|veckan)$", re.IGNORECASE
)
_OWNER_WORDS, _ROLE_WORDS = 3, 6
_LEADS_ON = re.compile(r"[.,:;!?]|\s(?:i|på|för|vid|hos|från|inom|till|av|om|och|att|som|of|for|at)$")
_COUNTED = re.compile(r"(?:två|tre|fyra)\s(?=[a-zåäö])", re.IGNORECASE)  # "Två forskare vid SLU, A och B"
_SHORTENED = re.compile(r"\b(?:leg|f\.?\s?d|t\.?\s?f|fil|med|tekn|jur|ekon|agr|dr|bitr|ordf|em)\.")
_GENITIVES_TEXT = """
läns kommuns stads universitets högskolas att och om där av med kom kommer kommun var är
medverkar deltar deltog
talar
"""
_GENITIVES = frozenset(_GENITIVES_TEXT.split())


def before_name(piece: Piece) -> Attributes:
    """Return the role and organisation that stand right before a name."""
    words = list(re.finditer(r"\S+", piece.text))
    if len(words) > 1 and words[0].group() in _OURS:
        piece = piece.part(words[1].start())
        words = list(re.finditer(r"\S+", piece.text))
    if not words or _ENDS.search(piece.text):
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
    if owner is not None and (_is_named(owner.text) or is_surely_organisation(owner.text)):
        return Attributes(organisation=owner)  # "Länsbygderådets Anna Ek"
    last = words[-1].group()
    is_trade = is_definite_trade(last) or (len(words) == 1 and is_trade_before(last))
    if not (is_role_word(last) or is_trade) or title_only(last):
        return _whole_role(piece, [word.group() for word in words])
    first = _role_start([word.group() for word in words])
    role = piece.part(words[first].start(), words[-1].end())
    return Attributes(role=role, organisation=_owner(piece, words[:first]))


def _whole_role(piece: Piece, words: Sequence[str]) -> Attributes:
    """Return the role that all words before a name are: "doktorand i kulturgeografi", "leg. psykolog"."""
    whole = piece.stripped(" \t\n")
    is_open = len(words) > _ROLE_WORDS or _LEADS_ON.search(_SHORTENED.sub("", whole.text)) is not None
    at = role_word_at(list(words))
    is_begun = at == 0 or (at == 1 and _SHORTENED.fullmatch(words[0]) is not None)
    if is_open or not is_begun or any(map(_FINITE.fullmatch, words)):
        return Attributes()
    role, firm = split_role(whole)
    return Attributes(role, firm) if role is not None else Attributes()


def _is_named(text: str) -> bool:
    """Return whether all words are capitalised, and tell no time: "Röda Korset", not "Torsdagen"."""
    return all(word[0].isupper() for word in text.split()) and _OF_TIME.search(text) is None


def _role_start(words: Sequence[str]) -> int:
    """Return the place of the first word of the role that some words end with."""
    first = len(words) - 1
    while first and is_role(" ".join(words[first - 1 :])) and _goes_with_role(words[first - 1]):
        first -= 1
    if first > 1 and words[first - 1] in ("och", "&") and words[first - 2].endswith("-"):
        return first - 2  # "Energi- och klimatrådgivare"
    if first > 1 and words[first - 1] == "och" and is_definite_trade(words[first - 2]):
        return first - 2  # "Arkitekten och debattören"
    return first


def _goes_with_role(word: str) -> bool:
    is_small = word[0].islower() or re.match(r"\d:[ae]", word) is not None
    is_verb = _FINITE.fullmatch(word) is not None and not is_role_word(word)
    return is_small and word[-1] not in ',;:.”"»!?' and word not in _GENITIVES and not is_verb


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
