"""How likely two names are those of one person.

Surnames of the usual makes are names of their own: Lindberg and Lundberg are two, not one and a slip. Those
from nature are put together of two words (Lind-berg), others end in -son after a given name.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from archive.review.alike.words import is_slip, sound, words
from archive.review.given_names import is_given_name

_WORDS_OF_TITLES = """
dr doktor prof professor doc docent fil tekn med jur ekon lic civ ing ingenjör civilingenjör lektor adj
adjunkt mr mrs ms herr fru fröken phd msc bsc mba hon em emeritus emerita
"""
_TITLES = frozenset(_WORDS_OF_TITLES.split())
_IN_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]")
_TWO_INITIALS = re.compile(r"\b([A-ZÅÄÖ])([A-ZÅÄÖ])\b(?=.)")

_SAME_WORDS, _JOINED = 1.0, 0.98
_SOUND, _INITIAL, _SLIP = 0.96, 0.9, 0.9
_SURNAME_INITIAL = 0.82
_MORE_WORDS = {1: 0.94, 2: 0.9}

_FIRST = """
ahl al alm asp back backe beck berg berge bjur björk björn blad blom bo brand bro broms bränn bäck dahl
dal eck edel ek eke el en eng engel englund fager falk fors fri friberg frid frost gran grund grön gull
gyll hag haglund hal hall ham hammar hav hed hede hell hem hill hjelm hjort holm hult häg häll hög höj
is jern jung järn kall karl kil klar klint kron kull kvarn käll lag lager land lax lilje lill lind ling
ljung lund löf lönn löv malm mel mo moberg myr mör nor nord norr ny nyl näs näsl os palm pil qvarn ring
ros rosen rud rund röd rönn sand sehl selin sjö sjögr skog skoglund smed sol sten ster stjern stock
strand ström stål sund svan sved svens säf sälg söder söderl tall thor thun tid torn tuv ull vahl vall
van vass vest vester vik vin vinter väst väster wahl wall wass west wester wik wiklund ängel ängl åker
ång ås åst ö öd öh öst öster
"""
_LAST = """
ander berg bergh blad blom bom borg by bäck dahl dal e ell eller en er ers fast feldt fors gren grens
gård hag hall hammar hed hjelm holm holt hult hus in ius kil kvist land lid lin lind ling lund lén man
mann mark mo ner näs or quist qvist rot rud rup ryd sjö skiöld skog sköld sson sted stedt sten strand
ström stål sund torp us vall vik vist wall wik ås én ö
"""
_NATURE = re.compile(f"(?:{'|'.join(_FIRST.split())})(?:{'|'.join(_LAST.split())})")
_SON = re.compile(r"(.+?)s?son")


@dataclass(frozen=True, slots=True)
class PersonName:
    """The words of a name, without titles; of "A-K Ek" a, k and ek."""

    words: tuple[str, ...]

    @property
    def has_initials(self) -> bool:
        """Return whether a word is a single letter."""
        return any(len(word) == 1 for word in self.words)


@lru_cache(maxsize=1 << 15)
def person_name(name: str) -> PersonName:
    """Return the words of a name as they are compared."""
    text = _IN_BRACKETS.sub(" ", name)
    if not text.isupper():
        text = _TWO_INITIALS.sub(r"\1 \2", text)
    found = words(text)
    return PersonName(tuple(word for word in found if word not in _TITLES) or tuple(found))


def person_likeness(one: PersonName, other: PersonName) -> float:
    """Return how likely two names are one person's, from 0 to 1.

    The words may stand in any order and be written together or apart. Each word of the name that has fewer
    must be one of the other's: the same, of the same sound, its initial, or (once) with a slip of the pen.
    """
    if sorted(one.words) == sorted(other.words):
        return _SAME_WORDS if len(one.words) > 1 else 0.0
    if "".join(one.words) == "".join(other.words):
        return _JOINED
    shorter, longer = sorted((one.words, other.words), key=len)
    if len(shorter) < 2:
        return 0.0
    pairs = _aligned(shorter, longer)
    if pairs is None:
        return 0.0
    rest = [word for word in longer if word not in {match for _, match, _ in pairs}]
    return _score(pairs, bool(rest)) * _of_more_words(rest)


_Aligned = list[tuple[str, str, float]]


def _aligned(shorter: Iterable[str], longer: Iterable[str]) -> _Aligned | None:
    """Return each word with the one it is, and how surely; None where one of them is none of the other's."""
    free = list(longer)
    waiting = list(shorter)
    pairs: _Aligned = []
    for likeness in (_same, _sounds_same, _is_initial, _slipped):
        for word in list(waiting):
            found = next((one for one in free if likeness(word, one)), None)
            if found is not None:
                waiting.remove(word)
                free.remove(found)
                pairs.append((word, found, likeness(word, found)))
    return None if waiting else pairs


def _score(pairs: _Aligned, has_more: bool) -> float:
    """Return how sure the words make it: a surname must be among those that are whole."""
    slips = [pair for pair in pairs if _slipped(*pair[:2]) and pair[2] == _SLIP and len(pair[0]) > 1]
    initials = [pair for pair in pairs if (len(pair[0]) == 1) != (len(pair[1]) == 1)]
    if len(slips) > 1 or (slips and initials):
        return 0.0
    whole = [pair for pair in pairs if len(pair[0]) > 1 and len(pair[1]) > 1]
    score = min(pair[2] for pair in pairs)
    if not whole:
        return 0.0
    if not all(is_given_name(pair[0]) for pair in whole):
        return score
    if initials:
        return min(score, _SURNAME_INITIAL)
    return 0.0 if has_more else score


def _of_more_words(rest: list[str]) -> float:
    if not rest:
        return 1.0
    if all(len(word) == 1 for word in rest):
        return 0.98
    return _MORE_WORDS.get(len(rest), 0.0)


def _same(one: str, other: str) -> float:
    return 1.0 if one == other else 0.0


def _sounds_same(one: str, other: str) -> float:
    return _SOUND if len(one) > 2 and sound(one) == sound(other) else 0.0


def _is_initial(one: str, other: str) -> float:
    shorter, longer = sorted((one, other), key=len)
    return _INITIAL if len(shorter) == 1 < len(longer) and longer[0] == shorter else 0.0


def _slipped(one: str, other: str) -> float:
    if _is_known(one) and _is_known(other):
        return 0.0
    return _SLIP if is_slip(one, other) else 0.0


@lru_cache(maxsize=1 << 15)
def _is_known(word: str) -> bool:
    return is_given_name(word) or is_surname(word)


def is_surname(word: str) -> bool:
    """Return whether a word in small letters is made as Swedish surnames are."""
    if _NATURE.fullmatch(word):
        return True
    patronymic = _SON.fullmatch(word)
    return patronymic is not None and any(
        is_given_name(stem) for stem in (patronymic[1], patronymic[1] + "s", patronymic[1] + "e")
    )
