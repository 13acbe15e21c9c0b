"""What an event was held in connection with: an annual meeting, a fair, a week."""

import re
from collections.abc import Mapping, Sequence

from archive.imports.reading.pieces import Line, Piece

_OCCASION = re.compile(
    r"\b(?:i (?:anslutning|samband) (?:till|med)|med anledning av"
    r"|efter|inför|före|under|vid|som en del av"
    r"|in connection with|in conjunction with|following|during|after|after the)\s+"
    r"((?:[\w-]+s\s|vårt?\s|den\s|det\s|the\s|our\s|årets\s|förbundets\s"
    r"|föreningens\s)?(?P<noun>(?:[\w-]*(?:årsmöte|årsstämma|föreningsstämma|förbundsstämma|vårmöte"
    r"|höstmöte|vårstämma|höststämma|stämma|årskonferens|medlemsmöte|jubile|jubileum"
    r"|landsbygdsriksdag|kongress|styrelsemöte|representantskap|regionmöte|riksmöte|årsdag|mässa"
    r"|vecka|dagar)(?:t|n|et|n|en|mötet|na|s|a)?)|annual (?:general )?meeting|agm|annual"
    r" conference))\b",
    re.IGNORECASE,
)
_OCCASION_NAMED = re.compile(
    r"\b(?:under|i samband med|i anslutning till|during|in connection"
    r" with)\s+((?:[A-ZÅÄÖ][\w-]*(?:veckan|dagarna|mässan|festivalen|stämman|Week))(?:\s(?:19"
    r"|20)\d\d)?)"
)
_KIND_BEFORE = re.compile(
    r"(?:seminarium|webbinarium|konferens|workshop|föreläsning|föredrag|samtal)\s$", re.IGNORECASE
)
_OCCASION_LABEL = re.compile(r"i (?:samband|anslutning)|in connection", re.IGNORECASE)


def occasion_of(lines: Sequence[Line], labelled: Mapping[str, Sequence[Piece]]) -> Piece | None:
    """Return the occasion that lines tell or a label says; `labelled` are facts by their labels."""
    for label, pieces in labelled.items():
        if _OCCASION_LABEL.match(label):
            return pieces[0]
    for line in lines:
        match = _OCCASION.search(line.text)
        if match:
            return line.piece.part(match.start("noun"), match.end("noun"))
        named = _OCCASION_NAMED.search(line.text)
        if named:
            return line.piece.part(named.start(1), named.end(1))
    return None


def occasion_in_title(title: Piece) -> Piece | None:
    """Return what the title says that the event was held at: "Gamla åar – seminarium vid vårmötet"."""
    match = _OCCASION.search(title.text)
    is_beside = match is not None and _KIND_BEFORE.search(title.text[: match.start()]) is not None
    return title.part(match.start("noun"), match.end("noun")) if match is not None and is_beside else None
