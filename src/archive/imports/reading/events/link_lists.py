"""Lines that are but lists of links, each as a line of its own: "Bilder: Ida Ek, Kartor | Bo Al, Vägar"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from archive.imports.reading.links import LinkTarget, is_generic, kind_on, says_file
from archive.imports.reading.pieces import Line
from archive.model.seminar_pages.seminar_page import BlockKind

_LABEL = re.compile(r"\W*(?:[A-ZÅÄÖ][\w ]{2,30}:)?[\s|,;/·•–-]*$")
_BETWEEN = re.compile(r"\s*(?:\([^()]{2,60}\))?[\s|,;/·•–-]*(?:\b(?:och|samt)\b)?[\s|,;/·•–-]*$")
_FILES = (LinkTarget.DECK, LinkTarget.FILM, LinkTarget.REPORT, LinkTarget.PAPER)
_LEAST = 2


def lines_apart(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, those that only list files parted at their links."""
    return [part for line in lines for part in _parts(line)]


def _parts(line: Line) -> Iterator[Line]:
    if not _is_list(line):
        yield line
        return
    starts = [link.label.start - line.piece.start for link in line.links]
    for at, link in enumerate(line.links):
        end = starts[at + 1] if at + 1 < len(starts) else len(line.text)
        piece = line.piece.part(starts[at], end).stripped(" \t\n|,;/·•–-")
        emphases = tuple((max(one - starts[at], 0), two - starts[at]) for one, two in line.emphases)
        kept = tuple((one, two) for one, two in emphases if 0 <= one < two <= len(piece.text))
        yield replace(line, piece=piece, links=(link,), emphases=kept, is_first=line.is_first and not at)


def _is_list(line: Line) -> bool:
    """Return whether a paragraph says nothing but the words of several links to files."""
    if line.kind is not BlockKind.PARAGRAPH or line.table or len(line.links) < _LEAST:
        return False
    if any(is_generic(link) or kind_on(line, link) not in _FILES for link in line.links):
        return False
    if all(says_file(link) and "," not in link.label.text for link in line.links):
        return False  # "Annas bilder | Annas föredrag på film" are one talk's
    places = [
        (link.label.start - line.piece.start, link.label.start - line.piece.start + len(link.label.text))
        for link in line.links
    ]
    between = [line.text[one[1] : two[0]] for one, two in pairwise(places)]
    behind = _BETWEEN.match(line.text[places[-1][1] :].rstrip(" ."))
    return bool(_LABEL.match(line.text[: places[0][0]]) and behind and all(map(_BETWEEN.match, between)))
