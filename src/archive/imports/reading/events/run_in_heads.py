"""Topics in bold that a paragraph begins with, parted from the text that tells who spoke on them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.imports.reading.dates import dates_in
from archive.imports.reading.naming.names import LIKELY, names_in
from archive.imports.reading.pieces import Line
from archive.imports.reading.words import FACT, MODERATOR, TIMES
from archive.model.seminar_pages.seminar_page import BlockKind

_LEVEL = 6
_LEAST_ALIKE, _LEAST_WORDS = 2, 8
_ENDS = re.compile(r"[.:?!]\W*$")


def heads_apart(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, those in two that begin with a topic in bold and go on in prose, where several do."""
    begun = [line for line in lines if _head_end(line)]
    if len(begun) < _LEAST_ALIKE:
        return list(lines)
    return [part for line in lines for part in (_parts(line) if _head_end(line) else (line,))]


def _parts(line: Line) -> Iterator[Line]:
    end = _head_end(line)
    head = line.piece.part(0, end).stripped(" \t\n.:")
    rest = line.piece.part(end)
    rest = rest.part(len(rest.text) - len(rest.text.lstrip(" .:")))
    offset = rest.start - line.piece.start
    emphases = tuple((one - offset, two - offset) for one, two in line.emphases if one >= offset)
    yield replace(line, piece=head, kind=BlockKind.HEADING, level=_LEVEL, links=(), emphases=())
    yield replace(line, piece=rest, emphases=emphases, is_first=False, under=head.text)


def _head_end(line: Line) -> int:
    """Return where the topic in bold that a paragraph of prose begins with ends, 0 where there is none."""
    if line.kind is not BlockKind.PARAGRAPH or line.table or not line.emphases or line.is_strong:
        return 0
    first, end = line.emphases[0]
    bold, rest = line.text[first:end], line.text[end:]
    is_apart = first == 0 and (_ENDS.search(bold) or rest[:1] in (".", ":"))
    is_other = FACT.match(bold) or MODERATOR.match(bold) or TIMES.match(bold) or dates_in(bold)
    if (
        not is_apart
        or is_other
        or len(bold) < _LEAST_WORDS
        or any(link.label.start < line.piece.start + end for link in line.links)
    ):
        return 0
    named = [name for name in names_in(rest) if name.certainty >= LIKELY]
    is_prose = len(rest.split()) >= _LEAST_WORDS and re.search(r"[.!?)]\W*$", rest.rstrip()) is not None
    return end if is_prose and named and not names_in(bold) and _tells(rest) else 0


def _tells(text: str) -> bool:
    """Return whether a text has verbs of sentences, and is no list of who spoke."""
    return (
        re.search(r"\s(?:har|är|[a-zåäö]{3,}(?:ade|rde|de|te)|gav|tog|gick|höll|drog|beskrev)\s", text)
        is not None
    )
