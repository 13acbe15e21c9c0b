"""Lines that no heading, time or table holds: sentences that tell of talks, lists of talks, links, text."""

import re
from dataclasses import replace

from archive.imports.reading.dates import dates_in
from archive.imports.reading.events.labelled_rows import SAYS_WHO
from archive.imports.reading.events.places import place_in
from archive.imports.reading.gathering import (
    end_gathering,
    is_file_of_last,
    is_of_talk,
    take_decks_of_several,
    take_linked,
    take_links_alone,
)
from archive.imports.reading.group_headings import is_listed, without_number
from archive.imports.reading.items import Item, Section
from archive.imports.reading.line_entries import ENTRY_MAX_CHARS, line_entry
from archive.imports.reading.links import GENERIC, LinkKind, kind_on
from archive.imports.reading.naming.names import LIKELY, names_in
from archive.imports.reading.naming.people import Person, are_people, people_in
from archive.imports.reading.pieces import Line, Piece, sentences
from archive.imports.reading.programme_state import State, add
from archive.imports.reading.talks.drafts import Draft, bare_of, share_links, take_links
from archive.imports.reading.talks.prose import told_talks
from archive.imports.reading.talks.told_below import draft_of_told
from archive.imports.reading.talks.topics import Entry, topic_piece
from archive.imports.reading.topics_below import take_topic_below
from archive.imports.reading.words import (
    DOCUMENTS,
    FACT,
    LED_BY,
    MODERATOR,
    NO_DECK,
    NOT_ABSTRACT,
    NUMBER,
    PAUSE,
    PROGRAMME,
    SPEAKERS,
)
from archive.model.seminar_pages.seminar_page import BlockKind

_BREAKS_OFF = re.compile(
    r"\s(?:på|i|vid|med|av|för|till|och|samt|som|att|the|at|in|on|of|and|var|är)$", re.IGNORECASE
)
_JOINTS = re.compile(r"\b(?:och|samt|eller|and)\b")
_HELD = re.compile(r"\b(?:hölls|ägde rum|genomfördes|arrangerades|anordnades)\b", re.IGNORECASE)
_CREDIT = re.compile(r"\W*(?:foto|bild|photo|text|av|by|kontakt|ansvarig|skriven av)\b\s?:?", re.IGNORECASE)
_CLOSING = re.compile(
    r"^\W*(?:(?:under|på) (?:lunchen|pausen|kvällen|eftermiddagen|förmiddagen|dagen)|efter (?:lunchen|seminariet|pausen|föredragen)|dagen"
    r"|kvällen|(?:i )?(?:\w+s )?(?:avslutande )?panel(?:en|samtalet)?|nästa|(?:ett )?(?:stort |varmt )?tack|(?:seminariet|konferensen|mötet|webbinariet) (?:avslutades|rundades|fortsatte))\b"
    r"|\b(?:tackade|tackar|mingel|hälsade välkommen|ses (?:igen|på|i|nästa)|välkomna (?:tillbaka|på|till))\b",
    re.IGNORECASE,
)
_TITLE_MAX_CHARS, _TALK_WORDS = 160, 25
_BEGINNING_CHARS = 40


def take_line(state: State, item: Item) -> None:
    """Take the line that an item is."""
    line = item.head
    assert line is not None
    if item.is_cancelled and line.kind is BlockKind.ITEM and len(line.text) < _TITLE_MAX_CHARS:
        return
    if item.section is Section.DOCUMENTS and is_of_talk(state, line):
        state.programme.loose += [(line, link) for link in line.links]
        return
    text, emphases = bare_of(line, line.piece)
    bold = line.text[: line.label_end].strip()
    if bold and FACT.fullmatch(bold.rstrip(" :") + ":") and not line.links:
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
        or _speakers(state, item, line, text, entry)
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
    elif not _listed(state, item, line, text, entry):
        _text(state, line, text)


def _led(state: State, line: Line, text: Piece) -> bool:
    """Take a line that names who leads a part of the programme; return whether it does."""
    for at, sentence in enumerate(sentences(text)[:3]):
        led = MODERATOR.match(sentence.text) or LED_BY.match(sentence.text)
        people = people_in(sentence.part(led.end()), state.known) if led else []
        if led and people:
            last = None if state.is_between else state.last
            (state.programme.moderators if last is None else last.moderators).extend(people)
            if at:
                keep(state, line)
            return True
    return False


def _speakers(state: State, item: Item, line: Line, text: Piece, entry: Entry) -> bool:
    """Take a line of people without a topic: below a line that is one, or behind "Medverkande:"."""
    end_gathering(state, entry, text)
    if _talked(state, item, line, text):
        return True
    if SAYS_WHO.fullmatch(line.under) and are_people(text, state.known):
        _begin(state, item, text, people_in(text.stripped(" \t\n."), state.known))
        return True
    label = SPEAKERS.match(text.text)
    if label and (":" in label.group() or are_people(text.part(label.end()), state.known)):
        people = people_in(text.part(label.end()).stripped(" \t\n."), state.known)
        is_new = not (state.last is not None and state.last.people)
        if is_new and (people or not text.text[label.end() :].strip()):
            _begin(state, item, text, people)
            take_links(state.programme.talks[-1], line)
            return True
        return False
    sure = [one for one in entry.people if one.certainty >= LIKELY]
    is_alone = entry.topic is None or (
        state.gathers and len(entry.people) == 1 and line.piece.text[:1].isupper()
    )
    if state.gathers and state.last is not None and entry.people and not is_alone:
        people = people_in(text, state.known)
        if people and people[0].name.start - text.start < 3:
            state.last.people += people
            return True
    if not entry.people or not is_alone:
        return False
    if state.gathers and state.last is not None:
        state.last.people += entry.people
    elif state.title is not None and sure:
        title = state.title
        if state.programme.intro[-1:] == [title]:
            state.programme.intro.pop()
        topic, _ = without_number(title.piece, [])
        draft = Draft(topic_piece(topic), list(entry.people), slot=item.slot, place=title.piece.block)
        draft.certainty = 0.85
        take_links(draft, title)
        add(state, draft)
        state.gathers = True
    else:
        return False
    take_links(state.programme.talks[-1], line)
    return True


def _talked(state: State, item: Item, line: Line, text: Piece) -> bool:
    """Take a line without a topic that names two who talked with each other: "A i samtal med B"."""
    people = people_in(text.stripped(" \t\n."), state.known, LIKELY) if " i samtal med " in text.text else []
    if len(people) < 2 or state.last is not None or len(text.text.split()) >= _TALK_WORDS:
        return False
    _begin(state, item, text, people)
    take_links(state.programme.talks[-1], line)
    return True


def _begin(state: State, item: Item, text: Piece, people: list[Person]) -> None:
    """Give speakers to the last talk, or to one that is named like the event."""
    if state.last is not None:
        state.last.people += people
    else:
        add(state, Draft(None, people, slot=item.slot, certainty=0.85, is_told=True, place=text.block))
    state.gathers = True


def _told(state: State, item: Item, line: Line, text: Piece, entry: Entry) -> bool:
    told = told_talks(text, state.known)
    if not told or MODERATOR.match(text.text) or FACT.match(text.text):
        return False
    is_entry = entry.topic is not None and any(one.certainty >= LIKELY for one in entry.people)
    if is_entry and is_listed(line) and not any(talk.people for talk in told):
        return False
    first = told[0].sentence.start - text.start
    if (
        first > 0
        and place_in(text.part(0, first)) is not None
        and not names_in(text.text[:first], state.known)
    ):  # "Kvällen hölls på Möja. Ida Ek …"
        keep(state, replace(line, piece=text.part(0, first), links=(), emphases=()))
    for talk in told:
        add(state, draft_of_told(talk, item))
    share_links(state.programme.talks[-len(told) :], [talk.sentence for talk in told], line)
    state.is_closed = bool(line.links)
    return True


def _listed(state: State, item: Item, line: Line, text: Piece, entry: Entry) -> bool:
    """Take a line that names a topic and who spoke on it; return whether it does."""
    is_item = line.kind is BlockKind.ITEM or bool(line.links)
    sure = [one for one in entry.people if one.certainty >= LIKELY or is_item]
    may_be = is_listed(line) and (len(text.text) < ENTRY_MAX_CHARS or bool(entry.more))
    is_file = entry.topic is not None and line.is_link and GENERIC.match(entry.topic.text) is not None
    is_firm = entry.organisation is not None and not entry.people and _follows_list(state, item, line)
    if entry.topic is None or not (sure or is_firm) or not may_be or len(entry.topic.text) < 3 or is_file:
        return False
    is_sentence = not is_item and text.text.rstrip().endswith(".") and len(text.text.split()) > 4
    if (
        is_sentence
        or PAUSE.match(entry.topic.text)
        or _CREDIT.match(text.text)
        or _BREAKS_OFF.search(entry.topic.text)
        or _HELD.search(entry.topic.text)
    ):
        return False
    draft = Draft(
        entry.topic, list(entry.people), [], list(entry.commentators),
        entry.organisation if is_firm else None, slot=item.slot, place=text.block,
    )  # fmt: skip
    draft.abstract = [
        one for one in entry.more if not NO_DECK.match(one.text) and not NOT_ABSTRACT.match(one.text)
    ]
    draft.certainty = 0.92 if is_item or NUMBER.match(text.text) else 0.8
    take_links(draft, line)
    add(state, draft, from_documents=item.section is Section.DOCUMENTS)
    state.is_closed = True
    return True


def _follows_list(state: State, item: Item, line: Line) -> bool:
    """Return whether a deck stands in one line with those of talks before it: "Nya regler, Polisen"."""
    is_deck = line.is_link and all(kind_on(line, link) is LinkKind.DECK for link in line.links)
    is_beside = state.last is not None and state.last.place == line.piece.block and bool(state.last.people)
    return is_deck and is_beside and item.section is not Section.DOCUMENTS


def _text(state: State, line: Line, text: Piece) -> None:
    last = state.last
    goes_on = last is not None and (line.piece.block == last.place or not state.is_closed)
    is_told = last is not None and last.is_told and line.kind is BlockKind.PARAGRAPH and not line.is_link
    is_closing = (
        last is not None and line.piece.block != last.place and _CLOSING.search(text.text) is not None
    )
    is_others = (
        last is not None and line.piece.block != last.place and _is_about_others(last, text, state.known)
    )
    if (
        last is not None
        and goes_on
        and is_told
        and not (is_closing or is_others)
        and len(text.text.split()) > 3
    ):
        last.abstract += [
            one for one in sentences(text) if not NO_DECK.match(one.text) and not NOT_ABSTRACT.match(one.text)
        ]
        take_links(last, line)
        state.gathers = False
        return
    kinds = {kind_on(line, link) for link in line.links}
    if kinds - {LinkKind.NONE, LinkKind.PAGE}:
        state.programme.loose += [(line, link) for link in line.links]
    keep(state, line)
    state.gathers = False
    state.pending = line if line.kind is BlockKind.PARAGRAPH and not line.links else None
    state.title = line if _may_be_title(text) else None


def _is_about_others(last: Draft, text: Piece, known: frozenset[str]) -> bool:
    """Return whether a paragraph begins with somebody who did not give the talk before it."""
    first = (sentences(text) or [text])[0]
    names = [name for name in names_in(first.text, known) if name.certainty >= LIKELY]
    own = {one.value for one in last.people} | {one.value.split()[-1] for one in last.people}
    is_own = any(name.text in own or name.text.split()[-1] in own for name in names)
    return bool(names) and not is_own and names[0].title_start < _BEGINNING_CHARS


def _may_be_title(text: Piece) -> bool:
    """Return whether a line may be the topic of a talk: short, and no sentence."""
    bare = text.text.strip()
    days = dates_in(bare)
    if days and not re.search(
        r"[^\W\d]{3}", bare[: days[0].start].partition("dag")[2] + bare[days[-1].end :]
    ):
        return False  # but a day
    is_label = DOCUMENTS.match(bare) or PROGRAMME.match(bare) or SPEAKERS.fullmatch(bare)
    return 3 < len(bare) < _TITLE_MAX_CHARS and bare[-1] not in ".:,;" and not is_label and "@" not in bare


def keep(state: State, line: Line) -> None:
    """Keep a line that stands before the programme: it may tell of the event as a whole."""
    if not state.programme.talks and not state.has_begun:
        state.programme.intro.append(line)
