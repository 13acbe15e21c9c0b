"""Speakers and files that lines give to the talk told before them, and when that ends."""

import re
from itertools import takewhile

from archive.imports.reading.items import Item, PartKind
from archive.imports.reading.links import LinkTarget, is_generic, kind_on, label_of, says_file
from archive.imports.reading.naming.names import LIKELY, names_in
from archive.imports.reading.naming.organisations import may_be_organisation
from archive.imports.reading.naming.people import PersonOnPage, people_in
from archive.imports.reading.naming.roles import is_role
from archive.imports.reading.pieces import Line, Link, Piece
from archive.imports.reading.programme_state import ProgrammeState, add
from archive.imports.reading.talks.drafts import TalkParts, bare_of, take_links
from archive.imports.reading.talks.filed import called_talk, filed_talk
from archive.imports.reading.talks.matching import match_in_order
from archive.imports.reading.talks.topics import LineContent, topic_piece
from archive.imports.reading.words import SPEAKERS
from archive.model.seminar_pages.seminar_page import BlockKind

_FILE_LABEL_CHARS = 60
_SEVERAL = 2
_PROSE_WORDS = 8
_JOINT = re.compile(r"\b(?:och|samt)\b|[^\w\s]")
_JOINT_BEFORE = re.compile(r"^[\s),;.]*(?:\b(?:och|samt|and)\b)?\s*", re.IGNORECASE)


def end_gathering(state: ProgrammeState, entry: LineContent, text: Piece) -> None:
    """End the list of speakers below "Föreläsare:" where each has a topic: "Anna Ek, SCB: Statistik"."""
    last = state.last
    if not state.gathers or last is None or last.people or last.topic is not None or not entry.people:
        return
    behind = text.text[entry.people[-1].name.start - text.start :]
    is_topic = entry.topic is not None and len(entry.topic.text.split()) > 1 and not is_role(entry.topic.text)
    is_topic = is_topic and entry.topic is not None and not may_be_organisation(entry.topic.text)
    is_apart = re.search(r"\s[–—-]\s", behind) is not None and is_topic
    if entry.topic is not None and (re.search(r":\s+\S", behind) or is_apart):
        state.programme.talks.remove(last)
        state.last, state.gathers = None, False


def is_of_talk(state: ProgrammeState, line: Line) -> bool:
    """Return whether the links of a list of files are those of talks that were told before."""
    is_film = any(kind_on(line, link) is LinkTarget.FILM for link in line.links)
    return bool(line.links) and (state.has_programme or (is_film and bool(state.programme.talks)))


def is_file_of_last(state: ProgrammeState, item: Item, line: Line) -> bool:
    """Return whether a line is but a link to the deck of the talk told right before: "Camillas bilder"."""
    is_told = state.last is not None and state.last.is_told and not state.last.decks
    is_told = is_told or state.pending is not None
    is_file = line.is_link and len(line.text) < _FILE_LABEL_CHARS and all(map(says_file, line.links))
    has_name = any(name.certainty >= LIKELY for name in names_in(line.text, state.known))
    return is_told and is_file and not has_name and item.section is not PartKind.DOCUMENTS


def take_links_alone(state: ProgrammeState, item: Item, line: Line) -> None:
    """Give links without further words to the talk that was told before them."""
    state.gathers = False
    if state.pending is not None and any(kind_on(line, link) is LinkTarget.DECK for link in line.links):
        draft = filed_talk(bare_of(state.pending, state.pending.piece)[0], item.slot, state.known)
        if draft is not None:
            if state.programme.intro[-1:] == [state.pending]:
                state.programme.intro.pop()
            add(state, draft)
    if state.last is not None:
        take_links(state.last, line)
        state.is_closed = True
    else:
        state.programme.loose += [(line, link) for link in line.links]


def take_decks_of_several(state: ProgrammeState, line: Line) -> bool:
    """Give the decks on one line to the talks told before it: "Ulrikas bilder | Kristers bilder"."""
    decks = [link for link in line.links if kind_on(line, link) is LinkTarget.DECK]
    told = _told_last(state) if decks else []
    apart = line.text
    for link in line.links:
        apart = apart.replace(link.label.text, " ", 1)
    known = {person.value for talk in told for person in talk.people}
    named = {name.text for link in decks for name in names_in(link.label.text, state.known)}
    if len(told) < _SEVERAL or len(_JOINT.sub(" ", apart).split()) > 1 or not named <= known:
        return False
    is_one = len(decks) == 1
    if is_one and (is_generic(decks[0]) or len(line.links) > 1):
        return False
    left = match_in_order(told, line)
    if len(left) == len(line.links):
        return False
    state.programme.loose += left
    state.is_closed, state.gathers = True, False
    return True


def _told_last(state: ProgrammeState) -> list[TalkParts]:
    """Return the talks that were told last, in sentences."""
    return list(takewhile(lambda talk: talk.is_told, reversed(state.programme.last_talks())))[::-1]


def take_linked(state: ProgrammeState, item: Item, line: Line) -> bool:
    """Take a line of people whose topics are the words of links behind them; return whether it is one."""
    found = _linked_topics(line, item.slot, state.known)
    for draft in found:
        add(state, draft)
    return bool(found)


def _linked_topics(line: Line, slot: int, known: frozenset[str]) -> list[TalkParts]:
    """Return the talks of a line whose links are the topics of the people before them, [] for other lines."""
    label = SPEAKERS.match(line.text)
    start = label.end() if label and ":" in label.group() else 0
    found: list[TalkParts] = []
    for link in line.links:
        people = _people_before(line, link, start, known)
        if not people or not _is_topic_of(line, link):
            return []
        draft = TalkParts(
            topic_piece(label_of(link)), people, slot=slot, place=line.piece.block, certainty=0.9
        )
        take_links(draft, line, (link,))
        found.append(draft)
        start = link.label.start - line.piece.start + len(link.label.text)
    return found if not re.search(r"\w", line.text[start:]) else []


def _people_before(line: Line, link: Link, start: int, known: frozenset[str]) -> list[PersonOnPage]:
    lead = line.piece.part(start, link.label.start - line.piece.start)
    joint = _JOINT_BEFORE.match(lead.text)
    lead = lead.part(joint.end() if joint else 0)
    if not lead.text.rstrip().endswith("("):
        return []
    bare: Piece = lead.stripped(" \t\n,;:(–—-")
    people = people_in(bare, known, LIKELY)
    begins = bool(people) and not bare.text[: people[0].name.start - bare.start].strip()
    return people if begins and people[-1].attributes.rest is None else []


def _is_topic_of(line: Line, link: Link) -> bool:
    is_file = kind_on(line, link) in (LinkTarget.DECK, LinkTarget.FILM, LinkTarget.REPORT)
    return is_file and not is_generic(link) and not names_in(link.label.text)


def take_called(state: ProgrammeState, item: Item, line: Line, text: Piece) -> bool:
    """Take a paragraph that has a talk's title in quotes, or marked, and who gave it; return whether it does.

    It has a deck, or stands among paragraphs that tell of talks.
    """
    is_prose = (
        line.kind is BlockKind.PARAGRAPH and not line.is_heading and len(text.text.split()) > _PROSE_WORDS
    )
    is_filed = any(kind_on(line, link) is LinkTarget.DECK for link in line.links)
    if not is_prose or not (is_filed or (state.last is not None and state.last.is_told)):
        return False
    marked = [line.piece.part(first, last) for first, last in line.emphases if not line.is_strong]
    draft = called_talk(text.stripped(), item.slot, state.known, marked)
    draft = draft or (filed_talk(text.stripped(), item.slot, state.known) if is_filed else None)
    if draft is None:
        return False
    take_links(draft, line)
    add(state, draft)
    return True
