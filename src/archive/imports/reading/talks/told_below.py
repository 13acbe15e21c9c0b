"""A topic in bold, or as a heading, and the sentence below it that tells who spoke on it."""

import re

from archive.imports.reading.dates import dates_in
from archive.imports.reading.headings import STRONG_LEVEL, is_group
from archive.imports.reading.items import Item
from archive.imports.reading.links import LinkTarget, kind_on
from archive.imports.reading.naming.before_names import before_name
from archive.imports.reading.naming.names import names_in
from archive.imports.reading.naming.organisations import is_surely_organisation
from archive.imports.reading.naming.roles import is_role
from archive.imports.reading.naming.verbs import FINITE
from archive.imports.reading.pieces import Line, Piece, sentences
from archive.imports.reading.talks.drafts import TalkParts, bare_of, take_links
from archive.imports.reading.talks.prose import told_talks
from archive.imports.reading.talks.speech import ToldTalk
from archive.imports.reading.talks.topics import topic_piece
from archive.imports.reading.words import (
    DOCUMENTS,
    FACT,
    MINOR,
    MODERATOR,
    NO_DECK,
    NOT_ABSTRACT,
    PAUSE,
    SPEAKERS,
    TIMES,
)

_LINES = 5
_LEAD_AT, _TITLE_CHARS = 2, 160
_PART = re.compile(
    r"(?:(?:på|under|efter|före)\s)?(?:dagens|kvällens)?\s?(?:först(?: ut)?|sist(?: ut)?|därefter|sedan|sen"
    r"|slutligen|näst\w* ut|nu|(?:för|efter)middag(?:en)?|morgon(?:en)?|kväll(?:en)?|lunch(?:en)?|kaffe(?:t)?"
    r"|(?:in|av)ledning(?:en)?|avslutning(?:en)?|om (?:föredraget|föreläsningen)"
    r"|(?:första|andra|tredje|fjärde|sista|nästa) (?:talare|punkt|pass|föredrag\w*|föreläsning\w*|ut)"
    r"|talare|program(?:met)?|dag(?:en)?|obs|nyhet(?:er)?|tips|fråga|svar)",
    re.IGNORECASE,
)  # "Först ut:"


def _is_file(line: Line) -> bool:
    return any(kind_on(line, link) in (LinkTarget.DECK, LinkTarget.FILM) for link in line.links)


def told_below(item: Item, known: frozenset[str]) -> TalkParts | None:
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
    draft = TalkParts(topic_piece(item.title), list(told[0].people), list(told[0].moderators), slot=item.slot)
    draft.abstract, draft.place, draft.certainty = [told[0].sentence, *told[0].more], item.title.block, 0.85
    for one in item.body:
        take_links(draft, one)
    return draft


def timed_talk(item: Item, known: frozenset[str]) -> TalkParts | None:
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


def strong_lead(line: Line, known: frozenset[str]) -> Piece | None:
    """Return the topic in bold that a line begins with: "**Åns tillstånd.** Ida Ek gick igenom …"."""
    first, last = line.emphases[0] if line.emphases else (0, 0)
    lead = line.piece.part(first, last)
    is_ended = re.search(r"[.:?!”]\W*$", lead.text) or re.match(r"\s*[.:,–—|-]\s", line.text[last:])
    if first > _LEAD_AT or not is_ended or not re.search(r"\w{3}", lead.text) or names_in(lead.text, known):
        return None
    text = lead.text.strip()
    bare = text.strip(" .:")
    words = (FACT, PAUSE, MINOR, MODERATOR, SPEAKERS, DOCUMENTS, TIMES)
    is_other = any(one.match(text) for one in words) or is_group(bare) or is_surely_organisation(bare)
    is_other = is_other or _PART.fullmatch(bare) is not None or bool(dates_in(text)) or is_role(bare)
    return None if is_other or len(text) > _TITLE_CHARS else topic_piece(lead)


def draft_of_told(talk: ToldTalk, item: Item, title: Piece | None = None) -> TalkParts:
    """Return the talk that a sentence tells of; `title` is what stands in bold before the sentence."""
    more = [one for one in talk.more if not NO_DECK.match(one.text) and not NOT_ABSTRACT.match(one.text)]
    return TalkParts(
        title or talk.topic, list(talk.people), list(talk.moderators), [], talk.organisation, more,
        slot=item.slot, certainty=0.95 if talk.people else 0.7, is_told=True, place=talk.sentence.block,
    )  # fmt: skip
