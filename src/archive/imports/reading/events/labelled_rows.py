"""Tables and definition lists that say one thing a row behind a label: "Vem: Ida Ek, SLU", "Om: …"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.imports.reading.columns import by_rows
from archive.imports.reading.pieces import Line
from archive.model.seminar_pages.seminar_page import BlockKind

SAYS_WHO = re.compile(
    r"\W*(?:vem|vilka|talare|föreläsare|medverkande|föredragshållare|gäst(?:er)?|inledare|speakers?|who)\W*",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\W*(?:om(?: föreläsningen| föredraget| seminariet)?|innehåll|beskrivning|sammanfattning|material|bilder"
    r"|presentation(?:er)?|film|inspelning|dokumentation|när|datum|dag|abstract|about|slides|recording"
    r"|when|date)\W*",
    re.IGNORECASE,
)
_PAIR = 2


def without_labels(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, those of such rows as text without their labels; other tables stay."""
    tables = {row[0].table for row in by_rows(lines) if _is_pair(row) and SAYS_WHO.fullmatch(row[0].text)}
    told = {row[0].table for row in by_rows(lines) if _is_pair(row) and _TOLD.fullmatch(row[0].text)}
    found: list[Line] = []
    for row in by_rows(lines):
        is_said = row[0].table in tables & told and _is_pair(row)
        if is_said and (SAYS_WHO.fullmatch(row[0].text) or _TOLD.fullmatch(row[0].text)):
            text = BlockKind.PARAGRAPH
            under = row[0].text.strip()
            found += [replace(line, kind=text, table=0, row=0, column=0, under=under) for line in row[1:]]
        else:
            found += row
    return found


def _is_pair(row: Sequence[Line]) -> bool:
    """Return whether a row is a label and what it says."""
    columns = {line.column for line in row}
    return (
        bool(row[0].table) and len(columns) == _PAIR and [one.column for one in row].count(row[0].column) == 1
    )
