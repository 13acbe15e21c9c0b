"""Topics in bold that a paragraph begins with, parted from the text that tells who spoke on them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.imports.reading.dates import dates_in
from archive.imports.reading.naming.names import LIKELY, names_in
from archive.imports.reading.pieces import Line
from archive.imports.reading.words import FACT, MODERATOR, TIMES
from archive.model.seminar_pages.seminar_page import BlockKind

_LEVEL = 6
_LEAST_ALIKE, _LEAST_WORDS, _HEAD_CHARS = 2, 8, 120
_ENDS = re.compile(r"[.:?!]\W*$")


def heads_apart(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, those in two that begin with a topic in bold and go on in prose, where several do."""
    lines = _bold_as_headings(lines)
    begun = [line for line in lines if _head_end(line)]
    if len(begun) < _LEAST_ALIKE:
        return list(lines)
    return [part for line in lines for part in (_parts(line) if _head_end(line) else (line,))]


def _bold_as_headings(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, paragraphs in bold as headings, where several stand above text."""
    blocks = Counter(line.piece.block for line in lines)
    places = [
        at
        for at, line in enumerate(lines[:-1])
        if blocks[line.piece.block] == 1 and _may_be_heading(line) and not lines[at + 1].is_strong
    ]
    others = sum(line.is_heading and line.level > 1 for line in lines)
    named = sum(bool(names_in(lines[at].text)) for at in places)
    is_dated = any(dates_in(lines[at].text) for at in places)  # seminars of a page with several
    if len(places) <= _LEAST_ALIKE or is_dated or 2 * max(others, named) > len(places):
        return list(lines)
    heads = set(places)
    return [
        replace(line, kind=BlockKind.HEADING, level=_LEVEL, emphases=()) if at in heads else line
        for at, line in enumerate(lines)
    ]


def _may_be_heading(line: Line) -> bool:
    is_other = FACT.match(line.text) or MODERATOR.match(line.text) or TIMES.match(line.text)
    is_alone = line.kind is BlockKind.PARAGRAPH and not (line.table or line.links or is_other)
    is_short = len(line.text) < _HEAD_CHARS and line.text.rstrip()[-1:] not in ".:"
    return is_alone and line.is_strong and is_short


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
