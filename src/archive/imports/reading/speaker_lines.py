"""Lines that hold nothing but people: the speakers of the topic above them, or of a talk that they begin."""

from archive.imports.reading.events.labelled_rows import SAYS_WHO
from archive.imports.reading.gathering import end_gathering
from archive.imports.reading.group_headings import without_number
from archive.imports.reading.items import Item
from archive.imports.reading.naming.names import LIKELY
from archive.imports.reading.naming.people import PersonOnPage, are_people, people_in
from archive.imports.reading.pieces import Line, Piece
from archive.imports.reading.programme_state import ProgrammeState, add
from archive.imports.reading.talks.drafts import TalkParts, take_links
from archive.imports.reading.talks.topics import LineContent, topic_piece
from archive.imports.reading.words import SPEAKERS

_TALK_WORDS, _NAME_AT = 25, 3


def take_speakers(state: ProgrammeState, item: Item, line: Line, text: Piece, entry: LineContent) -> bool:
    """Take a line of people without a topic: below a line that is one, or behind "Medverkande:"."""
    end_gathering(state, entry, text)
    if _talked(state, item, line, text):
        return True
    if SAYS_WHO.fullmatch(line.under) and are_people(text, state.known):
        _begin(state, item, text, people_in(text.stripped(" \t\n."), state.known))
        return True
    label = SPEAKERS.match(text.text)
    if label and (":" in label.group() or are_people(text.part(label.end()), state.known)):
        return _labelled(state, item, line, text, label.end())
    is_alone = entry.topic is None or (
        state.gathers and len(entry.people) == 1 and line.piece.text[:1].isupper()
    )
    if state.gathers and state.last is not None and entry.people and not is_alone:
        people = people_in(text, state.known)
        if people and people[0].name.start - text.start < _NAME_AT:
            state.last.people += people
            return True
    if not entry.people or not is_alone:
        return False
    if state.gathers and state.last is not None:
        state.last.people += entry.people
    elif not _of_title(state, item, entry):
        return False
    take_links(state.programme.talks[-1], line)
    return True


def _labelled(state: ProgrammeState, item: Item, line: Line, text: Piece, start: int) -> bool:
    """Take the people behind a label, which ends at `start`: "Medverkande: …"."""
    people = people_in(text.part(start).stripped(" \t\n."), state.known)
    is_new = not (state.last is not None and state.last.people)
    if not is_new or not (people or not text.text[start:].strip()):
        return False
    _begin(state, item, text, people)
    take_links(state.programme.talks[-1], line)
    return True


def _of_title(state: ProgrammeState, item: Item, entry: LineContent) -> bool:
    """Begin the talk whose topic is the line above its people; return whether there is one."""
    title = state.title
    if title is None or not any(one.certainty >= LIKELY for one in entry.people):
        return False
    if state.programme.intro[-1:] == [title]:
        state.programme.intro.pop()
    topic, _ = without_number(title.piece, [])
    draft = TalkParts(topic_piece(topic), list(entry.people), slot=item.slot, place=title.piece.block)
    draft.certainty = 0.85
    take_links(draft, title)
    add(state, draft)
    state.gathers = True
    return True


def _talked(state: ProgrammeState, item: Item, line: Line, text: Piece) -> bool:
    """Take a line without a topic that names two who talked with each other: "A i samtal med B"."""
    people = people_in(text.stripped(" \t\n."), state.known, LIKELY) if " i samtal med " in text.text else []
    if len(people) < 2 or state.last is not None or len(text.text.split()) >= _TALK_WORDS:
        return False
    _begin(state, item, text, people)
    take_links(state.programme.talks[-1], line)
    return True


def _begin(state: ProgrammeState, item: Item, text: Piece, people: list[PersonOnPage]) -> None:
    """Give speakers to the last talk, or to one that is named like the event."""
    if state.last is not None:
        state.last.people += people
    else:
        add(state, TalkParts(None, people, slot=item.slot, certainty=0.85, is_told=True, place=text.block))
    state.gathers = True
