"""Several short talks told in one sentence: "Ida Ek, SCB, om kartor, Bo Al (VTI) om vägar och …"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from archive.imports.reading.naming.before_names import before_name
from archive.imports.reading.naming.names import Name
from archive.imports.reading.naming.people import with_attributes
from archive.imports.reading.pieces import Piece
from archive.imports.reading.talks.speech import ToldTalk
from archive.imports.reading.talks.told_forms import moved
from archive.imports.reading.talks.topics import topic_piece

_ABOUT = re.compile(r"(?:^|[\s,)])(?:om|kring|about)\s+(?=\S)")
_ENDING = re.compile(r"[\s,;]*(?:\b(?:och|samt|liksom|and|sedan|därefter)\b[\s,]*)*$")
_LEAST = 2
_MOST_WORDS = 12


def each_about(sentence: Piece, names: Sequence[Name]) -> list[ToldTalk]:
    """Return the talks of a sentence in which each of those named has a topic of their own, [] elsewhere."""
    groups: list[list[Name]] = [[]]
    for at, name in enumerate(names):
        groups[-1].append(name)
        end = names[at + 1].title_start if at + 1 < len(names) else len(sentence.text)
        if _ABOUT.search(sentence.text[name.end : end]):
            groups.append([])
    if groups[-1] or len(groups) - 1 < _LEAST:
        return []
    talks = [_talk(sentence, own, after) for own, after in pairwise(groups)]
    return [talk for talk in talks if talk is not None] if all(talks) else []


def _talk(sentence: Piece, own: list[Name], after: list[Name]) -> ToldTalk | None:
    last = own[-1].end
    end = after[0].title_start if after else len(sentence.text)
    about = _ABOUT.search(sentence.text, last, end)
    if about is None or len(sentence.text[last : about.start()].split()) > _MOST_WORDS:
        return None
    if after and (role := before_name(sentence.part(about.end(), end)).role) is not None:
        end = role.start - sentence.start
    topic = sentence.part(about.end(), end)
    ending = _ENDING.search(topic.text)
    topic = topic_piece(topic.part(0, ending.start()) if ending else topic)
    start = own[0].title_start
    lead = sentence.part(0, start)
    named = before_name(lead).role if lead.text else None
    start = named.start - sentence.start if named is not None else start
    who = sentence.part(start, about.start() + (sentence.text[about.start()] == ")"))
    people = tuple(with_attributes(who, [moved(name, start) for name in own]))
    return ToldTalk(topic, people, sentence) if len(topic.text) > _LEAST else None
