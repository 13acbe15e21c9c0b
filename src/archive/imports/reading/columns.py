"""What the columns of a programme in a table hold, by the words of its first row."""

import re
from collections.abc import Iterator, Sequence

from archive.imports.reading.naming.names import names_in
from archive.imports.reading.pieces import Line
from archive.imports.reading.words import CLOCK

ONLY_TIME = re.compile(
    r"^\W*(?:0[6-9]|1\d|2[0-3])[0-5]\d\s?[–—-]\s?(?:0[6-9]|1\d|2[0-3])[0-5]\d\W*$|"
    rf"^\W*(?:kl\.?\s?)?{CLOCK}(?:\s?(?:[–—-]|till|to)\s?(?:{CLOCK})?)?\W*$",
    re.IGNORECASE,
)
_HOUR = re.compile(r"\W*(?:[01]?\d|2[0-4])(?:\s?[–-]\s?(?:[01]?\d|2[0-4]))?\W*")
_TOPIC = r"ämne|rubrik|föredrag|föreläsning|innehåll|programpunkt|topic|talk|presentationens titel"
_COLUMNS = (
    ("time", r"tid|klockan|kl\.?|time|när|start"),
    (
        "topic",
        r"programpunkt|program|ämne|titel|rubrik|innehåll|aktivitet|föredrag|topic|title|talk|punkt"
        r"|tema|session|presentation|titel på .{3,20}|(?:föredrag|presentation|föreläsning)(?:et|en)s titel",
    ),
    (
        "speaker",
        r"talare|föreläsare|medverkande|föredragshållare|vem|namn|presentatör|speakers?|presenter"
        r"|name|ansvarig|föredragande|inledare|deltagare",
    ),
    ("role", r"titel/roll|roll|befattning|role|position"),
    ("organisation", r"organisation|företag|arbetsplats|myndighet|affiliation|company|från|hemvist"),
    (
        "links",
        r"presentation|bilder|bildspel|dokument|material|dokumentation|pdf|ppt|slides|länk|fil|filer"
        r"|film|links?|föredrag|inspelning|ladda ner|åhörarkopior",
    ),
    ("track", r"(?:spår|track|session|sal|rum|pass|parallell)\b.*"),
    ("place", r"lokal|sal|plats|rum|room|venue"),
)


def column_heads(row: list[Line]) -> dict[int, str]:
    """Return what the columns of a table hold, by the words of its first row; {} where that is no head."""
    found: dict[int, str] = {}
    for line in sorted(row, key=lambda line: line.column):
        text = line.text.strip(" :").lower()
        texts = (text, re.split(r"\s*[/&,]\s*|\s+och\s+", text)[0])  # "Ämne/talare"
        kinds = (name for each in texts for name, words in _COLUMNS if _fits(name, words, each, found))
        kind = next(kinds, "")
        if not kind or line.links:
            continue
        found[line.column] = kind
    titles = [
        at for at, text in ((one.column, one.text.strip(" :").lower()) for one in row) if text == "titel"
    ]
    others = {line.column for line in row if re.fullmatch(_TOPIC, line.text.strip(" :").lower())} - set(
        titles
    )
    if titles and others and found.get(titles[0]) == "topic" and "speaker" in found.values():
        found |= {titles[0]: "role"} | dict.fromkeys(sorted(others)[:1], "topic")
    columns = {line.column for line in row}
    return found if len(found) >= max(2, len(columns) - 1) else {}


def column_kind(label: str) -> str:
    """Return what a label names, as the head of a column would: "topic" of "Ämne:", "" for nothing known."""
    text = label.strip(" :").lower()
    return next((name for name, words in _COLUMNS if re.fullmatch(words, text)), "")


def is_time(line: Line, heads: dict[int, str]) -> bool:
    """Return whether a cell is a time; below "Tid" an hour is one, too."""
    is_hour = heads.get(line.column) == "time" and _HOUR.fullmatch(line.text) is not None
    return is_hour or ONLY_TIME.match(line.text) is not None


def column_order(column: str) -> int:
    """Return in which order the cells of a row may be its title, by what their columns hold."""
    return {"topic": 0, "": 1, "speaker": 2}.get(column, 3)


def _fits(name: str, words: str, text: str, found: dict[int, str]) -> bool:
    is_free = name == "track" or name not in found.values()
    return is_free and re.fullmatch(words, text) is not None


def tracks_of(cells: list[Line], heads: dict[int, str]) -> list[list[Line]]:
    """Return the cells of a row by tracks, each with a talk of its own; one list where there are none."""
    columns = sorted({line.column for line in cells})
    by_column = [[line for line in cells if line.column == column] for column in columns]
    if "track" in heads.values():
        return by_column
    own = [lines for lines in by_column if _is_talk(lines)]
    return by_column if not heads and len(own) == len(by_column) > 1 else [cells]


def _is_talk(lines: list[Line]) -> bool:
    """Return whether a cell has a topic in bold and somebody's name below."""
    return len(lines) > 1 and bool(lines[0].emphases) and any(names_in(line.text) for line in lines[1:])


def by_rows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines, those of one row of a table together."""
    row: list[Line] = []
    for line in lines:
        if row and (line.table, line.row) != (row[0].table, row[0].row):
            yield row
            row = []
        if line.table:
            row.append(line)
        else:
            yield [line]
    if row:
        yield row
