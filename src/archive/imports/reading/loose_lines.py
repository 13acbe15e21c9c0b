"""Lines that no heading, time or table holds: sentences that tell of talks, lists of talks, links, text."""

import re
from dataclasses import replace

from archive.imports.reading.dates import dates_in
from archive.imports.reading.events.places import place_in
from archive.imports.reading.gathering import (
    is_file_of_last,
    is_of_talk,
    take_called,
    take_decks_of_several,
    take_linked,
    take_links_alone,
)
from archive.imports.reading.group_headings import is_listed
from archive.imports.reading.items import Item, PartKind
from archive.imports.reading.line_entries import (
    ENTRY_MAX_CHARS,
    ends_with_speaker,
    is_quoted,
    line_entry,
    of_firm_ahead,
    without_remark,
)
from archive.imports.reading.links import GENERIC, LinkTarget, kind_on
from archive.imports.reading.naming.names import LIKELY, names_in
from archive.imports.reading.naming.people import people_in
from archive.imports.reading.pieces import Line, Piece, sentences
from archive.imports.reading.programme_state import ProgrammeState, add
from archive.imports.reading.speaker_lines import take_speakers
from archive.imports.reading.talks.drafts import TalkParts, bare_of, share_links, take_links
from archive.imports.reading.talks.prose import told_talks
from archive.imports.reading.talks.text_behind import goes_on_about, may_be_title
from archive.imports.reading.talks.told_below import draft_of_told, strong_lead
from archive.imports.reading.talks.topics import LineContent, topic_piece
from archive.imports.reading.words import (
    FACT,
    LED_BY,
    MODERATOR,
    NO_DECK,
    NOT_ABSTRACT,
    NUMBER,
    PAUSE,
)
from archive.model.seminar_pages.seminar_page import BlockKind

_BREAKS_OFF = re.compile(
    r"\s(?:på|i|vid|med|av|för|till|och|samt|som|att|the|at|in|on|of|and|var|är)$", re.IGNORECASE
)
_WHERE = re.compile(r"\b(?:lokal|plats|tid|datum|arrangör|venue|place)\s?:", re.IGNORECASE)
_JOINTS = re.compile(r"\b(?:och|samt|eller|and)\b")
_HELD = re.compile(r"\b(?:hölls|ägde rum|genomfördes|arrangerades|anordnades)\b", re.IGNORECASE)
_CREDIT = re.compile(r"\W*(?:foto|bild|photo|text|av|by|kontakt|ansvarig|skriven av)\b\s?:?", re.IGNORECASE)
_TITLE_MAX_CHARS = 160
_TOPIC_LEAST_CHARS = 4
_TOPIC_MOST_CHARS = 200


def take_line(state: ProgrammeState, item: Item) -> None:
    """Take the line that an item is."""
    line = item.head
    assert line is not None
    if item.is_cancelled and line.kind is BlockKind.ITEM and len(line.text) < _TITLE_MAX_CHARS:
        return
    if item.section is PartKind.DOCUMENTS and is_of_talk(state, line):
        state.programme.loose += [(line, link) for link in line.links]
        return
    text, emphases = bare_of(line, line.piece)
    bold = line.text[: line.label_end].strip()
    is_fact = bool(bold) and FACT.fullmatch(bold.rstrip(" :") + ":") is not None
    if (is_fact or (_WHERE.search(text.text) and dates_in(text.text))) and not line.links:
        keep(state, line)
        return
    if (
        take_topic_below(state, line, text, item.slot)
        or take_linked(state, item, line)
        or take_decks_of_several(state, line)
    ):
        return
    entry = line_entry(line, text, emphases, state.known)
    if (
        _led(state, line, text)
        or take_speakers(state, item, line, text, entry)
        or _told(state, item, line, text, entry)
    ):
        return
    if FACT.match(text.text) or PAUSE.match(text.text):
        state.title = None
        keep(state, line)
    elif line.links and (
        not re.search(r"\w{2}", _JOINTS.sub("", text.text)) or is_file_of_last(state, item, line)
    ):
        take_links_alone(state, item, line)
    elif not (_listed(state, item, line, text, entry) or take_called(state, item, line, text)):
        _text(state, line, text)


def _led(state: ProgrammeState, line: Line, text: Piece) -> bool:
    """Take a line that names who leads a part of the programme; return whether it does."""
    for at, sentence in enumerate(sentences(text)[:3]):
        led = MODERATOR.match(sentence.text) or LED_BY.match(sentence.text)
        people = people_in(sentence.part(led.end()), state.known) if led else []
        if led and people:
            if at and any(talk.moderators for talk in told_talks(text, state.known)):
                return False  # the talks of the paragraph have their moderators
            last = None if state.is_between else state.last
            (state.programme.moderators if last is None else last.moderators).extend(people)
            if at:
                keep(state, line)
            return True
    return False


def _told(state: ProgrammeState, item: Item, line: Line, text: Piece, entry: LineContent) -> bool:
    before = sentences(state.pending.piece)[-1:] if state.pending is not None else []
    told = told_talks(text, state.known, before[0] if before else None)
    if not told or any(words.match(text.text) for words in (MODERATOR, FACT, NO_DECK)):
        return False
    is_entry = entry.topic is not None and any(one.certainty >= LIKELY for one in entry.people)
    if is_entry and is_listed(line) and not any(talk.people for talk in told):
        return False
    if is_entry and entry.topic is not None and _is_behind_colon(text, entry.topic):
        return False  # "Ida Ek, SLU: Ljus, buskar och bänkar"
    first = told[0].sentence.start - text.start
    if (
        first > 0
        and place_in(text.part(0, first)) is not None
        and not names_in(text.text[:first], state.known)
    ):  # "Kvällen hölls på Möja. Ida Ek …"
        keep(state, replace(line, piece=text.part(0, first), links=(), emphases=()))
    title = strong_lead(line, state.known) if len(told) == 1 and told[0].people else None
    for talk in told:
        add(state, draft_of_told(talk, item, title))
    share_links(state.programme.talks[-len(told) :], [talk.sentence for talk in told], line)
    state.is_closed = bool(line.links)
    return True


def _is_behind_colon(text: Piece, topic: Piece) -> bool:
    """Return whether a topic begins right behind a colon, with a capital letter, and ends the line."""
    at = topic.start - text.start
    is_last = not re.search(r"\w", text.text[at + len(topic.text) :])
    is_last = is_last and len(sentences(text.part(0, at))) == 1  # not "Ida Ek berättade. Bilder: …"
    return text.text[:at].rstrip().endswith(":") and topic.text[:1].isupper() and is_last


def _listed(state: ProgrammeState, item: Item, line: Line, text: Piece, entry: LineContent) -> bool:
    """Take a line that names a topic and who spoke on it; return whether it does."""
    is_item = line.kind is BlockKind.ITEM or bool(line.links)
    text = without_remark(text)
    sure = [one for one in entry.people if one.certainty >= LIKELY or is_item]
    may_be = is_listed(line) and (len(text.text) < ENTRY_MAX_CHARS or bool(entry.more))
    is_file = entry.topic is not None and line.is_link and GENERIC.match(entry.topic.text) is not None
    if not entry.people and _follows_list(state, item, line):
        entry = of_firm_ahead(text, entry)
    is_firm = entry.organisation is not None and not entry.people and _follows_list(state, item, line)
    if entry.topic is None or not (sure or is_firm) or not may_be or len(entry.topic.text) < 3 or is_file:
        return False
    follows = state.last is not None and not state.last.is_told
    is_sentence = not is_item and text.text.rstrip().endswith(".") and len(text.text.split()) > 4
    begins_quoted = re.match(r"\W*[”\"“»]\W*", text.text) is not None and entry.topic.start < text.start + 4
    if (
        (
            is_sentence
            and not (_is_behind_colon(text, entry.topic) or ends_with_speaker(text, entry, follows=follows))
        )
        or PAUSE.match(entry.topic.text)
        or _CREDIT.match(text.text)
        or (_BREAKS_OFF.search(entry.topic.text) and not (begins_quoted or is_quoted(text, entry.topic)))
        or _HELD.search(entry.topic.text)
    ):
        return False
    draft = TalkParts(
        entry.topic, list(entry.people), [], list(entry.commentators),
        entry.organisation if is_firm else None, slot=item.slot, place=text.block,
    )  # fmt: skip
    draft.abstract = [
        one for one in entry.more if not NO_DECK.match(one.text) and not NOT_ABSTRACT.match(one.text)
    ]
    draft.certainty = 0.92 if is_item or NUMBER.match(text.text) else 0.8
    take_links(draft, line)
    add(state, draft, from_documents=item.section is PartKind.DOCUMENTS)
    state.is_closed = True
    return True


def _follows_list(state: ProgrammeState, item: Item, line: Line) -> bool:
    """Return whether a deck stands in one line with those of talks before it: "Nya regler, Polisen"."""
    last = state.last
    is_other = any(kind_on(line, link) is not LinkTarget.DECK for link in line.links)
    if line.kind is BlockKind.ITEM and last is not None and last.has_speaker and not is_other:
        return last.place == line.piece.block - 1 and item.section is not PartKind.DOCUMENTS
    is_deck = line.is_link and all(kind_on(line, link) is LinkTarget.DECK for link in line.links)
    is_beside = state.last is not None and state.last.place == line.piece.block and bool(state.last.people)
    return is_deck and is_beside and item.section is not PartKind.DOCUMENTS


def _text(state: ProgrammeState, line: Line, text: Piece) -> None:
    last = state.last
    goes_on = last is not None and (line.piece.block == last.place or not state.is_closed)
    if last is not None and goes_on and goes_on_about(last, line, text, state.known):
        last.abstract += [
            one for one in sentences(text) if not NO_DECK.match(one.text) and not NOT_ABSTRACT.match(one.text)
        ]
        take_links(last, line)
        state.gathers = False
        return
    kinds = {kind_on(line, link) for link in line.links}
    if kinds - {LinkTarget.NONE, LinkTarget.PAGE}:
        state.programme.loose += [(line, link) for link in line.links]
    keep(state, line)
    state.gathers = False
    state.pending = line if line.kind is BlockKind.PARAGRAPH and not line.links else None
    state.title = line if may_be_title(text) else None


def keep(state: ProgrammeState, line: Line) -> None:
    """Keep a line that stands before the programme: it may tell of the event as a whole."""
    if not state.programme.talks and not state.has_begun:
        state.programme.intro.append(line)


def take_topic_below(state: ProgrammeState, line: Line, text: Piece, slot: int) -> bool:
    """Take a line that is the topic of those named on the line above it; return whether it is.

    In one item of a list: "Linn Ek, VTI", then "Cykla mera".
    """
    last = state.last
    if last is None or line.is_first or line.kind is not BlockKind.ITEM or not state.gathers:
        return False
    own = [one for one in last.people if one.name.block == line.piece.block]
    stripped = text.text.strip()
    if not own or not _TOPIC_LEAST_CHARS <= len(stripped) <= _TOPIC_MOST_CHARS:
        return False
    if any(name.certainty >= LIKELY for name in names_in(text.text, state.known)):
        return False
    last.people = [one for one in last.people if one not in own]
    if not last.has_speaker and last in state.programme.talks:
        state.programme.talks.remove(last)
    draft = TalkParts(topic_piece(text), own, slot=slot, place=text.block, certainty=0.88)
    draft.decks, last.decks = last.decks if not last.people else [], last.decks if last.people else []
    take_links(draft, line)
    add(state, draft)
    state.gathers = True
    return True
