"""Which lines are headings, and of what."""

import re
from collections.abc import Sequence
from itertools import takewhile

from archive.imports.reading.naming.names import LIKELY, names_in
from archive.imports.reading.pieces import Line
from archive.imports.reading.words import DAY, PROGRAMME, TIMES, TRACK

STRONG_LEVEL = 7


LABEL = re.compile(
    r"^\s*(?:seminarium|workshop|session|pass|parallell|spår|block|föredrag|tema|del"
    r"|talk)?\s?(?:[A-Z]|\d{1,2}|[A-Z]\d)\s?[.:)–-]\s+(?=\S)",
    re.IGNORECASE,
)


def level_in(line: Line) -> int:
    """Return the level of a heading, of a line in bold one below them, 0 for other lines."""
    if line.is_heading:
        return line.level
    is_head = line.is_strong and not line.is_link and len(line.text) < 120 and not is_sentence(line.text)
    return STRONG_LEVEL if is_head else 0


def names_speaker(text: str) -> bool:
    """Return whether a line begins with somebody's name."""
    names = names_in(text)
    if not names or names[0].title_start > 0:
        return False
    return names[0].certainty >= LIKELY or text[names[0].end :].lstrip()[:1] in (",", "(")


def is_speaker(text: str) -> bool:
    """Return whether a heading is but the names of one or several people."""
    names = names_in(text)
    return bool(names) and sum(name.end - name.title_start for name in names) > 0.75 * len(text.strip())


def is_sentence(text: str) -> bool:
    """Return whether a line in bold is a sentence, and no heading."""
    return text.rstrip().endswith(".") and len(text.split()) > 6


def is_group(text: str) -> bool:
    """Return whether a heading is about a part of the programme, not about one talk."""
    return bool(PROGRAMME.match(text) or DAY.match(text) or (TRACK.match(text) and len(text) < 90))


def labelled_talks(lines: Sequence[Line]) -> frozenset[int]:
    """Return the blocks of headings that look like a track's but are one talk's: "Pass 1: Bokbussen"."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if not line.is_heading or LABEL.match(line.text) is None or not is_group(line.text):
            continue
        below = list(takewhile(lambda one: not one.is_heading, lines[at + 1 : at + 12]))
        speaking = [one for one in below if names_speaker(one.text)]
        if below and speaking == below[:1] and not any(TIMES.match(one.text) for one in below):
            found.add(line.piece.block)
    return frozenset(found)
