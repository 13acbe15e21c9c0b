"""Names that no list knows, told by where they stand: in places of a page where other lines have people.

A place is what separates a part of a line from the parts around it, in lines of one kind: in "Topic – Anna
Ek, SCB" a name stands between a dash and a comma. Where most of what stands there are names, so is the rest
of it that is formed like names; and who is named with what they are in one place of the page is a person in
every other.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from archive.imports.reading.naming.names import KNOWN, Name, names_in
from archive.imports.reading.naming.organisations import is_surely_organisation
from archive.imports.reading.naming.roles import is_role
from archive.imports.reading.pieces import Line
from archive.review.folding import joined

_SEPARATOR = re.compile(
    r"\s+[–—-]+\s+|\s*[|\t/]\s*|:\s+|,\s+|;\s+|(?<=[a-zåäö?!”][.?!”])\s+|\s*[()]\s*(?:(?:och|samt|and)\s)?|\s(?:och|samt|and|&)\s"
)
_LINES_MOST = 2_000
_LINE_CHARS, _NAME_CHARS_MIN, _NAME_CHARS_MAX = 300, 4, 80
_JOINTS = frozenset("osa&")
_SURE_LEAST, _LIKE_SHARE = 2, 0.5
_BESIDE = frozenset((",", "(", "|", "–", "-"))
_LEADS_ON = re.compile(r"\s(?:i|på|för|vid|hos|från|inom|till|av|of|for|at|in|from|the|with|med|om)$")
_Place = tuple[object, ...]


def names_by_place(lines: Sequence[Line], known: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return names, written together and folded, of people that stand where people stand on the page."""
    sure: dict[_Place, int] = defaultdict(int)
    like: dict[_Place, list[str]] = defaultdict(list)
    every: dict[_Place, int] = defaultdict(int)
    found: set[str] = set()
    for line in lines[:_LINES_MOST]:
        parts = [(place, _whole_name(part, known), part, behind) for place, part, behind in _parts(line)]
        is_of_person, joined_before = False, ""
        for at, (place, name, part, behind) in enumerate(parts):
            every[place] += 1
            is_due = is_of_person and place[-2] in _BESIDE  # their organisation
            is_of_person = name is not None or (is_due and is_role(part))
            before, joined_before = joined_before, ""
            if name is None:
                continue
            called = joined(name.text)
            if name.certainty >= KNOWN:
                sure[place] += 1
            elif not is_due and (name.role or name.start > 0 or _says_what(behind)):
                sure[place] += 1
                found |= {called, before or called}  # "Xanvi Ramunt och Pelvi Zubrik, arkitekter"
            elif not is_due and not _is_firm_of_next(parts[at + 1 : at + 2]):
                like[place].append(called)
                joined_before = called if place[-1] in _JOINTS else ""
    for place, names in like.items():
        is_place = sure[place] >= _SURE_LEAST and sure[place] >= len(names)
        if is_place and sure[place] + len(names) >= _LIKE_SHARE * every[place]:
            found.update(names)
    return frozenset(found)


def _is_firm_of_next(follows: Sequence[tuple[_Place, Name | None, str, str]]) -> bool:
    """Return whether somebody known stands behind what is formed like a name: "Coop Inköp, Monica Ek"."""
    return any(
        place[-2] in _BESIDE and name is not None and name.certainty >= KNOWN for place, name, _, _ in follows
    )


def _parts(line: Line) -> Iterator[tuple[_Place, str, str]]:
    """Yield the parts of a line, each with its place, and what stands behind it."""
    if len(line.text) > _LINE_CHARS:
        return
    text, start, before = line.text, 0, "^"
    kind = (line.kind, line.level, line.table and line.column)
    for match in [*_SEPARATOR.finditer(text), None]:
        end = match.start() if match else len(text)
        sign = _sign(match.group()) if match else "$"
        yield (*kind, before, sign), text[start:end].strip(' .”"'), text[match.end() :] if match else ""
        start, before = match.end() if match else end, sign


def _sign(text: str) -> str:
    return text.strip()[:1] or text[:1]


def _whole_name(part: str, known: frozenset[str]) -> Name | None:
    """Return the name that a part of a line is, with nothing but a role before it; None for any other."""
    names = names_in(part, known) if _NAME_CHARS_MIN < len(part) < _NAME_CHARS_MAX else ()
    if len(names) != 1 or names[0].end < len(part):
        return None
    lead = part[: names[0].title_start].strip()
    return names[0] if not lead or (is_role(lead) and _LEADS_ON.search(lead) is None) else None


def _says_what(text: str) -> bool:
    """Return whether what stands behind a name begins with a role."""
    part = _SEPARATOR.split(text, maxsplit=1)[0].strip(" .")
    return is_role(part) and not is_surely_organisation(part)
