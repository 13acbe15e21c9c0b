"""A topic in bold, or as a heading, and the sentence below it that tells who spoke on it."""

import re

from archive.imports.reading.headings import STRONG_LEVEL
from archive.imports.reading.items import Item
from archive.imports.reading.links import LinkKind, kind_on
from archive.imports.reading.naming.before_names import before_name
from archive.imports.reading.naming.verbs import FINITE
from archive.imports.reading.pieces import Line, sentences
from archive.imports.reading.talks.drafts import Draft, bare_of, take_links
from archive.imports.reading.talks.prose import told_talks
from archive.imports.reading.talks.speech import ToldTalk
from archive.imports.reading.talks.topics import topic_piece
from archive.imports.reading.words import NO_DECK, NOT_ABSTRACT

_LINES = 5


def _is_file(line: Line) -> bool:
    return any(kind_on(line, link) in (LinkKind.DECK, LinkKind.FILM) for link in line.links)


def told_below(item: Item, known: frozenset[str]) -> Draft | None:
    """Return the talk of a heading whose first line tells of it, and of nothing else; None elsewhere."""
    if (
        not (item.level or item.time)
        or item.title is None
        or item.is_cancelled
        or item.is_pause
        or not item.body
    ):
        return None
    told = [
        one for line in item.body for one in told_talks(bare_of(line, line.piece)[0], known) if one.people
    ]
    is_beside = item.level == STRONG_LEVEL and item.body[0].piece.block == item.title.block
    is_beside = is_beside or (not item.level and bool(item.head and item.head.is_strong))
    is_short = item.level < STRONG_LEVEL and len(item.body) <= _LINES
    is_short = is_short and (bool(item.time) or any(map(_is_file, item.body)))
    if len(told) != 1 or not (is_beside or is_short) or told[0].sentence.block != item.body[0].piece.block:
        return None
    draft = Draft(topic_piece(item.title), list(told[0].people), list(told[0].moderators), slot=item.slot)
    draft.abstract, draft.place, draft.certainty = [told[0].sentence, *told[0].more], item.title.block, 0.85
    for one in item.body:
        take_links(draft, one)
    return draft


def timed_talk(item: Item, known: frozenset[str]) -> Draft | None:
    """Return the talk that a sentence behind a time tells of: "17.15 Ellen Ek, vd, går igenom reglerna"."""
    if item.title is None or item.is_row or item.is_pause or item.is_cancelled or item.head is None:
        return None
    text = bare_of(item.head, item.title)[0]
    talks = told_talks(text.stripped(" \t\n–-"), known)
    if len(talks) != 1 or not talks[0].people or talks[0].people[0].name.start > talks[0].topic.start:
        return None
    lead = text.part(0, talks[0].people[0].name.start - text.start)
    last = talks[0].people[-1].name
    between = text.text[last.start + len(last.text) - text.start : talks[0].topic.start - text.start]
    behind = re.search(rf"\s{FINITE}\s", f"{between} ")
    if behind is None or (lead.text.strip(" –-") and before_name(lead).role is None):
        return None
    draft = draft_of_told(talks[0], item)
    for one in (item.head, *item.body):
        take_links(draft, one)
    draft.abstract += [
        sentence
        for line in item.body
        if not line.is_link
        for sentence in sentences(bare_of(line, line.piece)[0])
        if not NO_DECK.match(sentence.text) and not NOT_ABSTRACT.match(sentence.text)
    ]
    return draft


def draft_of_told(talk: ToldTalk, item: Item) -> Draft:
    """Return the talk that a sentence tells of."""
    more = [one for one in talk.more if not NO_DECK.match(one.text) and not NOT_ABSTRACT.match(one.text)]
    return Draft(
        talk.topic, list(talk.people), list(talk.moderators), [], talk.organisation, more,
        slot=item.slot, certainty=0.95 if talk.people else 0.7, is_told=True, place=talk.sentence.block,
    )  # fmt: skip
