"""The talks of one event, in order, and what stands between them: its text, links of its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.imports.reading.group_headings import is_listed, stands_above_talks, without_number
from archive.imports.reading.items import Item, Section, items_of
from archive.imports.reading.links import LinkKind, kind_on
from archive.imports.reading.naming.names import LIKELY
from archive.imports.reading.naming.people import Person, people_in
from archive.imports.reading.pieces import Line, Link, Piece, sentences
from archive.imports.reading.talks.drafts import Draft, bare_of, take_links
from archive.imports.reading.talks.entries import entry_of
from archive.imports.reading.talks.item_talks import draft_of
from archive.imports.reading.talks.prose import ToldTalk, told_talks
from archive.imports.reading.words import (
    FACT,
    LED_BY,
    MODERATOR,
    NO_DECK,
    NOT_ABSTRACT,
    NUMBER,
    PAUSE,
)
from archive.model.seminar_page import BlockKind


@dataclass(slots=True)
class Programme:
    """What the lines of one event tell. `loose` are links that belong to no talk yet, with their lines."""

    talks: list[Draft] = field(default_factory=list)
    intro: list[Line] = field(default_factory=list)
    loose: list[tuple[Line, Link]] = field(default_factory=list)
    moderators: list[Person] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    programme: Programme
    known: frozenset[str]
    last: Draft | None = None
    is_closed: bool = False
    is_between: bool = True
    has_begun: bool = False


def programme_of(lines: Sequence[Line], known: frozenset[str]) -> Programme:
    """Return the programme that some lines tell."""
    state = _State(Programme(), known)
    parent: Item | None = None
    for item in items_of(lines):
        if item.level:
            parent = _headed(state, item, parent)
        elif item.time or item.is_row:
            state.has_begun = True
            _scheduled(state, item)
        else:
            _loose(state, item)
    return state.programme


def _headed(state: _State, item: Item, parent: Item | None) -> Item | None:
    """Take a heading with what stands below it: a talk, or several that it stands above."""
    if stands_above_talks(item, state.known):
        _body_alone(state, item)
        return None
    draft = draft_of(item, state.known)
    is_child = parent is not None and item.level > parent.level
    if draft is None and is_child and parent is not None:
        draft = _of_parent(item, parent, state.known)
    if draft is not None:
        _add(state, draft)
        return parent if is_child else item
    if item.is_cancelled or item.is_pause:
        return None
    _body_alone(state, item, is_text=bool(item.body))
    return parent if is_child else item


def _of_parent(item: Item, parent: Item, known: frozenset[str]) -> Draft | None:
    """Return the talk of a heading that is a speaker's name below the heading that is its topic."""
    assert item.title is not None
    people = people_in(item.title, known)
    if not people or parent.title is None or parent.is_cancelled:
        return None
    below = Item(parent.head, parent.title, item.section, parent.level, item.time, item.slot, body=item.body)
    draft = draft_of(below, known) or Draft(parent.title, slot=item.slot)
    draft.people = people + [one for one in draft.people if one.value not in {each.value for each in people}]
    draft.place = item.title.block
    return draft


def _body_alone(state: _State, item: Item, *, is_text: bool = False) -> None:
    for line in item.body:
        if is_text and not line.links and not told_talks(line.piece, state.known):
            continue
        _loose(state, Item(line, line.piece, item.section, slot=item.slot))


def _scheduled(state: _State, item: Item) -> None:
    draft = draft_of(item, state.known)
    if draft is not None:
        _add(state, draft)
        return
    for line in (item.head, *item.body):
        if line is not None:
            state.programme.loose += [(line, link) for link in line.links]
    if not item.is_pause:
        state.last = None


def _loose(state: _State, item: Item) -> None:
    """Take a line that no heading, time or table holds."""
    line = item.head
    assert line is not None
    if item.section is Section.DOCUMENTS and state.programme.talks and line.links:
        state.programme.loose += [(line, link) for link in line.links]
        return
    text, _ = bare_of(line, line.piece)
    if _led(state, text):
        return
    told = told_talks(text, state.known)
    if told and not MODERATOR.match(text.text) and not FACT.match(text.text):
        for talk in told:
            _add(state, _draft_of_told(talk, item))
        take_links(state.programme.talks[-1], line)
        state.is_closed = bool(line.links)
        return
    if FACT.match(text.text) or PAUSE.match(text.text):
        _keep(state, line)
        return
    if line.links and not re.search(r"\w{2}", text.text):
        _links_alone(state, line)
        return
    if not _entry(state, item, line):
        _text(state, line)


def _led(state: _State, text: Piece) -> bool:
    """Take a line that names who leads a part of the programme; return whether it does."""
    for sentence in sentences(text)[:3]:
        led = MODERATOR.match(sentence.text) or LED_BY.match(sentence.text)
        people = people_in(sentence.part(led.end()), state.known) if led else []
        if led and people:
            is_of_talk = state.last is not None and not state.is_between
            target = (
                state.last.moderators if is_of_talk and state.last is not None else state.programme.moderators
            )
            target.extend(people)
            return True
    return False


def _draft_of_told(talk: ToldTalk, item: Item) -> Draft:
    more = [one for one in talk.more if not NO_DECK.match(one.text) and not NOT_ABSTRACT.match(one.text)]
    return Draft(
        talk.topic, list(talk.people), list(talk.moderators), [], talk.organisation, more,
        slot=item.slot, certainty=0.95 if talk.people else 0.7, is_told=True, place=talk.sentence.block,
    )  # fmt: skip


def _links_alone(state: _State, line: Line) -> None:
    """Give links without further words to the talk that was told before them."""
    if state.last is not None:
        take_links(state.last, line)
        state.is_closed = True
    else:
        state.programme.loose += [(line, link) for link in line.links]


def _entry(state: _State, item: Item, line: Line) -> bool:
    """Take a line that names a topic and who spoke on it; return whether it does."""
    text, emphases = bare_of(line, line.piece)
    number = NUMBER.match(text.text)
    entry = entry_of(*without_number(text, emphases), state.known)
    sure = [one for one in entry.people if one.certainty >= LIKELY]
    may_be = is_listed(line) and len(text.text) < 300
    if entry.topic is None or not sure or not may_be or len(entry.topic.text) < 3:
        return False
    if PAUSE.match(entry.topic.text) or _is_credit(text.text):
        return False
    draft = Draft(
        entry.topic, list(entry.people), [], list(entry.commentators), slot=item.slot, place=text.block
    )
    draft.certainty = 0.92 if line.kind is BlockKind.ITEM or line.links or number else 0.8
    take_links(draft, line)
    _add(state, draft)
    state.is_closed = True
    return True


def _is_credit(text: str) -> bool:
    return (
        re.match(r"\W*(?:foto|bild|photo|text|av|by|kontakt|ansvarig|skriven av)\b\s?:?", text, re.IGNORECASE)
        is not None
    )


def _text(state: _State, line: Line) -> None:
    text, _ = bare_of(line, line.piece)
    is_same = state.last is not None and line.piece.block == state.last.place
    if (
        state.last is not None
        and state.last.is_told
        and (is_same or not state.is_closed)
        and not line.is_link
    ):
        state.last.abstract += [
            one for one in sentences(text) if not NO_DECK.match(one.text) and not NOT_ABSTRACT.match(one.text)
        ]
        take_links(state.last, line)
        return
    kinds = {kind_on(line, link) for link in line.links}
    if kinds - {LinkKind.NONE, LinkKind.PAGE}:
        state.programme.loose += [(line, link) for link in line.links]
    _keep(state, line)


def _keep(state: _State, line: Line) -> None:
    if not state.programme.talks and not state.has_begun:
        state.programme.intro.append(line)


def _add(state: _State, draft: Draft) -> None:
    state.programme.talks.append(draft)
    state.last, state.is_closed, state.is_between, state.has_begun = draft, False, False, True
