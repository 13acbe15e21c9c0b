"""Which lines are headings, and of what."""

import re

from archive.imports.reading.naming.names import LIKELY, names_in
from archive.imports.reading.pieces import Line
from archive.imports.reading.words import DAY, PROGRAMME, TRACK

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
