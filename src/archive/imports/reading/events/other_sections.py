"""Parts of a page about other events ("Relaterade nyheter", "Kommande evenemang"), behind its own."""

from collections.abc import Sequence

from archive.imports.reading.pieces import Line
from archive.imports.reading.words import OTHER_SECTION, READING

_OWN_LINES_MIN = 4


def without_other_sections(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without those below headings about other events; what is before them is the page's."""
    kept: list[Line] = []
    skipped = 0
    for line in lines:
        if line.is_heading:
            skipped = 0 if line.level <= skipped else skipped
            is_other = OTHER_SECTION.match(line.text) and not READING.match(line.text)
            if not skipped and line.level > 1 and is_other and _tells_already(kept):
                skipped = line.level
        if not skipped:
            kept.append(line)
    return kept


def _tells_already(lines: Sequence[Line]) -> bool:
    """Return whether some lines tell of an event: several behind a heading, not only its introduction."""
    behind = [line for line in lines if not line.is_heading]
    return len(behind) >= _OWN_LINES_MIN and len(lines) > len(behind)
