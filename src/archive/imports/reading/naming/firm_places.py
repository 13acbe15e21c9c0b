"""Where among people's names an organisation stands that looks like a name, by its place."""

import re
from collections.abc import Sequence
from itertools import pairwise

from archive.imports.reading.naming.attributes import attributes_of
from archive.imports.reading.naming.names import KNOWN, LIKELY, POSSIBLE, Name
from archive.imports.reading.naming.roles import are_roles, is_role, is_role_word
from archive.imports.reading.pieces import Piece

_FAMILY = frozenset(("Söner", "Son", "Co", "Döttrar"))  # "Bror Kärr, Kärr & Söner Torv"
_FIRM_WORDS = 3
ONLY_JOINING = re.compile(
    r"\s*(?:,|;|/|&|\+|\boch\b|\bsamt\b|\band\b|,\s*(?:och|samt|and)\b)\s*$", re.IGNORECASE
)


def without_organisations(piece: Piece, names: Sequence[Name]) -> list[Name]:
    """Return names without what only looks like one, where the organisation of the person before is due."""
    kept: list[Name] = []
    for name in names:
        is_firm = bool(kept) and _is_at(piece, kept[-1], name)
        if is_firm:
            continue
        if not kept or name.certainty >= KNOWN or not _is_due(piece, kept[-1], name, names):
            kept.append(name)
    return kept


def _is_at(piece: Piece, before: Name, name: Name) -> bool:
    """Return whether a name stands where somebody is employed: "teknikchef på Thomas Betong"."""
    between = piece.text[before.end : name.start]
    at = re.search(r"\s(?:på|vid|hos|från)\s$", between)
    return at is not None and is_role(between[: at.start()].strip(" ,("))


def _is_due(piece: Piece, before: Name, name: Name, names: Sequence[Name]) -> bool:
    """Return whether the organisation of the person before stands where a doubtful name does."""
    if name.text.split()[0] == before.text.split()[-1]:
        return True  # a firm named for its owner: "Alva Bly, Bly Knives"
    between = piece.part(before.end, name.start)
    if name.text.split()[0] in _FAMILY or between.text.strip() == "(":
        return True
    if _is_before_role(piece, before, name, names):
        return True
    joint = re.search(r"(?:\boch\b|\band\b|\bsamt\b|&|/)\s*(\w[\w-]*n\s+)?$", between.text)
    if joint and (not joint[1] or is_role_word(joint[1].strip())):
        return False
    if re.search(r"\b(?:från|vid|hos|from|at|of|för)\s*$", between.text):
        return True
    if re.fullmatch(r"\s*,\s*", between.text) and len(names) > 2 and _is_list(piece.text, names):
        at = names.index(before)
        return name.certainty < KNOWN and at > 0 and ends_list(piece, names, at)
    found = attributes_of(between)
    is_open = "(" in between.text[-2:] or found.organisation is None
    if name.certainty <= POSSIBLE:
        return is_open
    behind = re.match(r"\s*,\s*([^,]{2,60})", piece.text[name.end :])
    return is_open and found.role is not None and not (behind and is_role(behind[1]))


def _is_before_role(piece: Piece, before: Name, name: Name, names: Sequence[Name]) -> bool:
    """Return whether words too many for a doubtful name stand before a role: "New Old Towns, vd"."""
    is_beside = re.fullmatch(r"\s*,\s*", piece.text[before.end : name.title_start]) is not None
    is_last = name is names[-1] and (len(names) == 2 or ends_list(piece, names, len(names) - 2))
    behind = re.match(r"\s*,\s*([^,;.]{2,60})", piece.text[name.end :])
    is_long = len(name.text.split()) >= _FIRM_WORDS
    return (
        is_beside
        and is_last
        and is_long
        and behind is not None
        and (is_role(behind[1]) or are_roles(behind[1]))
    )


def _is_list(text: str, names: Sequence[Name]) -> bool:
    """Return whether a text holds nothing but names and what joins them."""
    letters = sum(name.end - name.start for name in names)
    return letters >= 0.8 * len(text.strip())


def firm_before(piece: Piece, names: Sequence[Name]) -> Piece | None:
    """Return the firm before its people that looks like a name: "Moelvi Norr, Stig Aas"."""
    is_long = len(names) > 1 and len(names[0].text.split()) >= _FIRM_WORDS
    is_doubtful = len(names) > 1 and names[0].certainty <= (LIKELY if is_long else POSSIBLE)
    if not is_doubtful or any(one.certainty < KNOWN for one in names[1:]):
        return None
    is_apart = re.fullmatch(r"\s*[,:–—]\s*(.*?)\s*", piece.text[names[0].end : names[1].title_start])
    is_apart = is_apart if is_apart and (not is_apart[1] or (is_long and is_role(is_apart[1]))) else None
    begins = not piece.text[: names[0].title_start].strip(" \t,;|–—-")
    between = [piece.text[one.end : two.title_start] for one, two in pairwise(names[1:])]
    ends = not re.search(r"\w", piece.text[names[-1].end :]) and all(map(ONLY_JOINING.match, between))
    return piece.part(names[0].start, names[0].end) if is_apart and begins and ends else None


def ends_list(piece: Piece, names: Sequence[Name], at: int) -> bool:
    """Return whether a name is the last of a list: "och" stands before it."""
    return (
        re.search(r"\b(?:och|samt|and)\b|[&/]", piece.text[names[at - 1].end : names[at].title_start])
        is not None
    )
