"""Whose site a page is on, and what its owner calls itself."""

import re
from collections.abc import Sequence

from archive.imports.reading.naming.organisations import is_surely_organisation
from archive.imports.reading.pieces import Line, Piece, field_of
from archive.model.seminar_pages.seminar_page import ReadField

_SITE_OWNER = re.compile(r"^[^|]{3,60}?\s(?:vid|på|hos|från|[–-])\s(.{3,80})$")
_CALLED_SHORT = re.compile(
    r"(\w*(?:förbund|förening|nätverk|råd|sällskap|klubb|stiftelse|institut|akademi|kansli|krets|forum"
    r"|centrum))(?:et|en|n)?",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\s(?:och|som|där|för att|men)\s[a-zåäö]+(?:ade|de|te|er|ar|og|ick|av)\b|\s(?:och|som)\s(?:är|var)\b"
    r"|\sden\s\d|\spå\s[A-ZÅÄÖ]"
)
_LABEL = re.compile(
    r"\W*(?:arr\.|arrangör(?:er)?|arrangerades? av|organisatör(?:er)?|organi[sz]ers?)\s?:\s*", re.I
)
_PLACE = re.compile(
    r"(?:muse[eu]t?|biblioteket?|huset|hus|skola|skolan|slott|gård|hotell|hotel|park|teatern?|universitet)\b"
)
_IS = re.compile(r"\s(?:är|var|blev|blir)\s")


def organiser_of(
    said: Piece | None, hinted: ReadField[str | None], site_names: Sequence[str], owner: Piece | None
) -> ReadField[str | None]:
    """Return who held an event: as it is said, as structured data has it, else whose site the page is on."""
    names = [name for name in site_names if not re.search(r"(?:19|20)\d\d", name)]
    if said is not None and not any(is_called_short(said.text, name) for name in names):
        return field_of([said], 0.95)
    if hinted.value:
        return hinted
    if names:
        return ReadField(site_owner(names[0]), 0.85)
    return field_of([owner], 0.8) if owner is not None else ReadField(None)


def site_owner(name: str) -> str:
    """Return whose site it is by its name: "Lunchföreläsningar vid Högskolan Öst" is Högskolan Öst's."""
    match = _SITE_OWNER.match(name)
    return match[1] if match and is_surely_organisation(match[1]) else name


def is_called_short(word: str, name: str) -> bool:
    """Return whether a word is how an organisation calls itself: "Vattenrådet" for "Sjöns vattenråd"."""
    match = _CALLED_SHORT.fullmatch(word)
    return match is not None and word.lower() != name.lower() and match[1].lower() in name.lower()


def are_firms(text: str) -> bool:
    """Return whether a text is an organisation, or the first of several that it joins is one."""
    parts = re.split(r",|\soch\s|\sand\s|\si samarbete\b|\stillsammans\b|\stogether\b|\spå\s", text)
    is_named = is_surely_organisation(text) or is_surely_organisation(parts[0])
    is_named = is_named or (
        len(parts) > 1 and parts[0][:1].isupper() and is_surely_organisation(parts[1].strip())
    )
    return is_named and _IS.search(text) is None


def firms_in(line: Line, words: "re.Pattern[str]") -> Piece | None:
    """Return who a line says held the event, up to where its sentence goes on with something else."""
    match = words.search(line.text)
    if match is None:
        return None
    end = _GOES_ON.search(match[1])
    named = line.piece.part(match.start(1), match.start(1) + end.start() if end else match.end(1))
    return named.stripped(" \t\n,;.") if are_firms(named.text) else None


def labelled_last(lines: Sequence[Line]) -> Piece | None:
    """Return who a line behind the programme names as having held the event: "Arrangörer: SLU och LRF"."""
    for line in reversed(lines):
        label = _LABEL.match(line.text)
        named = line.piece.part(label.end()).stripped(" \t\n,;.") if label is not None else None
        if named is not None and named.text[:1].isupper():
            return named
    return None


def firm_alone(lines: Sequence[Line]) -> Piece | None:
    """Return the organisation that a short line before the programme is, where it is the only one."""
    found = [
        line.piece.stripped()
        for line in lines
        if not (line.is_heading or line.table or line.links) and is_surely_organisation(line.text.strip())
    ]
    is_place = len(found) == 1 and ("," in found[0].text or _PLACE.search(found[0].text) is not None)
    return found[0] if len(found) == 1 and not is_place else None
