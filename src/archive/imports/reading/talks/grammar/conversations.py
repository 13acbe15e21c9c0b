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
_BETWEEN = re.compile(
    r"\b(?:avslutades|avrundades|rundades\sav|slutade|inleddes|följdes\sav|följde|hölls|fortsatte)\b[^.]{0,40}?"
    r"\b(?:ett|en)\s(?:[a-zåäö-]+\s)?(?P<kind>[a-zåäö]*samtal|panel[a-zåäö]*|[a-zåäö]*debatt|[a-zåäö]*diskussion"
    r"|utfrågning)\s(?:mellan|med|där|av)\s(?=\S)"
)
_ABOUT_LAST = re.compile(r"\s(?:om|kring)\s(?=[^,.]{4,120}\W*$)")
_SEVERAL = 2
_FOLLOWED = re.compile(r"\s(?:följde|hölls|tog\svid|avslutade\s\w+|rundade\sav\s\w+)\W*$")
_PLACE = r"(?:samtalet|panelen|debatten|diskussionen|utfrågningen)"
_TOOK_PART = re.compile(
    rf"\W*(?:(?:I\s{_PLACE}|I\sde[tn]|Där)\s(?:deltog|medverkade|satt|möttes|deltar|medverkar|sitter|ingick|fanns)"
    r"|(?:Deltog|Medverkade)\sgjorde|(?:Deltagare|Medverkande|Samtalade)\s(?:var|gjorde)|Panelen\sbestod\sav)\s"
    rf"|\s(?:deltog|medverkade|satt|deltar|medverkar|sitter|ingick)\s(?:i|i\sden\savslutande)\s{_PLACE}"
)


def conversed(sentence: Piece, known: frozenset[str]) -> ToldTalk | None:
    """Return the conversation in "Dagen avslutades med en paneldebatt mellan A, B och C"."""
    found = _BETWEEN.search(sentence.text)
    names = names_in(sentence.text, known) if found is not None else ()
    behind = [name for name in names if found is not None and name.title_start >= found.end()]
    if found is None or len(behind) < _SEVERAL or len(behind) < len(names):
        return None
    own = sentence.part(found.end())
    people = tuple(with_attributes(own, names_in(own.text, known)))
    about = _ABOUT_LAST.search(own.text)
    topic = own.part(about.end()) if about else sentence.part(found.start("kind"), found.end("kind"))
    return ToldTalk(topic_piece(topic), people, sentence) if len(people) >= _SEVERAL else None


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
