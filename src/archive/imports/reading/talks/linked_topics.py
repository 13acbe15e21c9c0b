"""People on one line, each with a link whose words are their topic: "Ida Ek, SCB (Kartor), Bo Al (Tal)"."""

import re

from archive.imports.reading.links import LinkKind, is_generic, kind_on, label_of
from archive.imports.reading.naming.names import LIKELY, names_in
from archive.imports.reading.naming.people import Person, people_in
from archive.imports.reading.pieces import Line, Link, Piece
from archive.imports.reading.talks.drafts import Draft, take_links
from archive.imports.reading.talks.topics import topic_piece
from archive.imports.reading.words import SPEAKERS

_JOINT = re.compile(r"^[\s),;.]*(?:\b(?:och|samt|and)\b)?\s*", re.IGNORECASE)


def linked_topics(line: Line, slot: int, known: frozenset[str]) -> list[Draft]:
    """Return the talks of a line whose links are the topics of the people before them, [] for other lines."""
    label = SPEAKERS.match(line.text)
    start = label.end() if label and ":" in label.group() else 0
    found: list[Draft] = []
    for link in line.links:
        people = _people_before(line, link, start, known)
        if not people or not _is_topic(line, link):
            return []
        draft = Draft(topic_piece(label_of(link)), people, slot=slot, place=line.piece.block, certainty=0.9)
        take_links(draft, line, (link,))
        found.append(draft)
        start = link.label.start - line.piece.start + len(link.label.text)
    return found if not re.search(r"\w", line.text[start:]) else []


def _people_before(line: Line, link: Link, start: int, known: frozenset[str]) -> list[Person]:
    lead = line.piece.part(start, link.label.start - line.piece.start)
    joint = _JOINT.match(lead.text)
    lead = lead.part(joint.end() if joint else 0)
    if not lead.text.rstrip().endswith("("):
        return []
    bare: Piece = lead.stripped(" \t\n,;:(–—-")
    people = people_in(bare, known, LIKELY)
    begins = bool(people) and not bare.text[: people[0].name.start - bare.start].strip()
    return people if begins and people[-1].attributes.rest is None else []


def _is_topic(line: Line, link: Link) -> bool:
    is_file = kind_on(line, link) in (LinkKind.DECK, LinkKind.FILM, LinkKind.REPORT)
    return is_file and not is_generic(link) and not names_in(link.label.text)
