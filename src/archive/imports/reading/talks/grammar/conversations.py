"""A conversation whose topic one sentence says and whose people the next: "I samtalet deltog …"."""

import re

from archive.imports.reading.naming.names import LIKELY, names_in
from archive.imports.reading.naming.people import with_attributes
from archive.imports.reading.pieces import Piece
from archive.imports.reading.talks.speech import ToldTalk
from archive.imports.reading.talks.topics import topic_piece

_ABOUT = re.compile(
    r"\b[Ee](?:tt|n)\s(?:[a-zåäö-]+\s)?(?:[a-zåäö]*samtal|panel\w*|[a-zåäö]*debatt|rundabord\w*"
    r"|[a-zåäö]*diskussion|utfrågning)\s(?:om|kring|på\stemat|(?:med|under)\s(?:rubriken|titeln|temat))\s+(?=\S)"
)
_FOLLOWED = re.compile(r"\s(?:följde|hölls|tog\svid|avslutade\s\w+|rundade\sav\s\w+)\W*$")
_PLACE = r"(?:samtalet|panelen|debatten|diskussionen|utfrågningen)"
_TOOK_PART = re.compile(
    rf"\W*(?:(?:I\s{_PLACE}|I\sde[tn]|Där)\s(?:deltog|medverkade|satt|möttes|deltar|medverkar|sitter|ingick|fanns)"
    r"|(?:Deltog|Medverkade)\sgjorde|(?:Deltagare|Medverkande|Samtalade)\s(?:var|gjorde)|Panelen\sbestod\sav)\s"
    rf"|\s(?:deltog|medverkade|satt|deltar|medverkar|sitter|ingick)\s(?:i|i\sden\savslutande)\s{_PLACE}"
)


def discussed(sentence: Piece, before: Piece | None, known: frozenset[str]) -> ToldTalk | None:
    """Return the conversation whose topic the sentence before says, None where that names somebody."""
    about = _ABOUT.search(before.text) if before is not None else None
    took_part = _TOOK_PART.search(sentence.text) if about is not None else None
    if before is None or about is None or took_part is None:
        return None
    if any(name.certainty >= LIKELY for name in names_in(before.text, known)):
        return None
    own = sentence.part(took_part.end()) if not took_part.start() else sentence.part(0, took_part.start())
    people = tuple(with_attributes(own, names_in(own.text, known)))
    behind = _FOLLOWED.search(before.text, about.end())
    topic = topic_piece(before.part(about.end(), behind.start() if behind else None))
    return ToldTalk(topic, people, sentence) if people and len(topic.text) > 3 else None
