"""What the columns of a programme in a table hold, by the words of its first row."""

import re

from archive.imports.reading.pieces import Line

_COLUMNS = (
    ("time", r"tid|klockan|kl\.?|time|när|start"),
    (
        "topic",
        r"programpunkt|program|ämne|titel|rubrik|innehåll|aktivitet|föredrag|topic|title|talk|punkt"
        r"|tema|session|presentation",
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
    ("place", r"lokal|sal|plats|rum|room|venue"),
)


def column_heads(row: list[Line]) -> dict[int, str]:
    """Return what the columns of a table hold, by the words of its first row; {} where that is no head."""
    found: dict[int, str] = {}
    for line in sorted(row, key=lambda line: line.column):
        text = line.text.strip(" :").lower()
        kind = next(
            (name for name, words in _COLUMNS if re.fullmatch(words, text) and name not in found.values()), ""
        )
        if not kind or line.links:
            continue
        found[line.column] = kind
    columns = {line.column for line in row}
    return found if len(found) >= max(2, len(columns) - 1) else {}


def column_order(column: str) -> int:
    return {"topic": 0, "": 1, "speaker": 2}.get(column, 3)
