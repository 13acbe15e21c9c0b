"""The talks of one event, in order, and what stands between them."""

from collections.abc import Sequence

from archive.imports.reading.group_headings import stands_above_talks
from archive.imports.reading.items import Item, items_of
from archive.imports.reading.loose_lines import keep, take_line
from archive.imports.reading.naming.people import people_in
from archive.imports.reading.pieces import Line
from archive.imports.reading.programme_state import Programme, State, add
from archive.imports.reading.talks.drafts import Draft
from archive.imports.reading.talks.headed_prose import headed_talk, heads_of_talks, speakers_alike
from archive.imports.reading.talks.item_talks import draft_of
from archive.imports.reading.talks.prose import told_talks
from archive.imports.reading.talks.told_below import timed_talk, told_below
from archive.imports.reading.words import FACT


def programme_of(lines: Sequence[Line], known: frozenset[str]) -> Programme:
    """Return the programme that some lines tell."""
    state = State(Programme(), known)
    parent: Item | None = None
    group = 0
    items = items_of(lines)
    known = known | speakers_alike(items)
    state.known = known
    headed = heads_of_talks(items, known)
    for item in items:
        state.is_between |= item.group != group
        group = item.group
        if item.head is not None and item.head.piece.block in headed:
            add(state, headed_talk(item, known))
            parent = None
        elif item.level:
            parent = _headed(state, item, parent)
        elif item.time or item.is_row:
            _scheduled(state, item)
        else:
            take_line(state, item)
    return state.programme


def _headed(state: State, item: Item, parent: Item | None) -> Item | None:
    """Take a heading with what stands below it: a talk, or several that it stands above."""
    if stands_above_talks(item, state.known):
        _body_alone(state, item)
        return None
    draft = draft_of(item, state.known)
    is_child = parent is not None and item.level > parent.level
    if draft is None and is_child and parent is not None:
        draft = _of_parent(item, parent, state.known)
    draft = draft or told_below(item, state.known)
    if draft is not None:
        add(state, draft)
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


def _body_alone(state: State, item: Item, *, is_text: bool = False) -> None:
    for line in item.body:
        if is_text and not line.links and not told_talks(line.piece, state.known):
            keep(state, line)
            continue
        take_line(state, Item(line, line.piece, item.section, slot=item.slot))


def _scheduled(state: State, item: Item) -> None:
    if item.is_row and item.head is not None and FACT.fullmatch(item.head.text.strip(" :") + ":"):
        state.programme.facts += [item.head, *item.body]
        return
    state.has_begun = True
    told = timed_talk(item, state.known)
    if told is not None:
        add(state, told)
        return
    draft = draft_of(item, state.known) or told_below(item, state.known)
    if draft is not None:
        add(state, draft)
        return
    for line in (item.head, *item.body):
        if line is not None:
            state.programme.loose += [(line, link) for link in line.links]
    if not item.is_pause:
        state.last = None
