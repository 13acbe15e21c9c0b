"""What stands alike is read alike: items whose speakers stand where those of the items beside them do.

Most items of a programme are read by what they say: names, roles, organisations that are known. Their form
(which line is the topic, which has the speakers, which says what they are) is that of the items beside them,
too, whose words tell nothing: "Forskare från LTU", firms without a known word, roles in no list.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.imports.reading.headings import is_group, is_speaker
from archive.imports.reading.items import Item, PartKind
from archive.imports.reading.naming.attributes import attributes_of
from archive.imports.reading.naming.firms_of_lines import group_of
from archive.imports.reading.naming.names import LIKELY, names_in
from archive.imports.reading.naming.organisations import is_surely_organisation
from archive.imports.reading.naming.people import PersonOnPage, people_in
from archive.imports.reading.pieces import Line, Piece
from archive.imports.reading.talks.drafts import TalkParts, bare_of
from archive.imports.reading.talks.item_talks import draft_of
from archive.imports.reading.talks.topics import topic_piece
from archive.imports.reading.words import (
    CANCELLED,
    DOCUMENTS,
    FACT,
    MINOR,
    MODERATOR,
    NO_DECK,
    NOT_ABSTRACT,
    PAUSE,
    SPEAKERS,
)

_LEAST_ALIKE = 2
_SHARE = 0.5
_GROUP_MOST = 120  # items: no programme has more, and each costs
_SPEAKER_WORDS, _SPEAKER_CHARS = 14, 120
_LINES = 4  # of an item: further down nobody is named who gives the talk
_FROM = re.compile(r"(?P<role>[A-ZÅÄÖ]?[a-zåäö-]+)\s(?:från|vid|på|hos|from|at)\s(?=[A-ZÅÄÖ])")

_Place = tuple[int, int]
"""A column of a row, 0 elsewhere, and the line in it: (0, 1) is the first line below a title."""
_TITLE: _Place = (0, 0)


@dataclass(frozen=True, slots=True)
class _Form:
    """Where the parts of a talk stand."""

    topic: _Place
    people: _Place
    beside: _Place


def read_alike(items: Sequence[Item], known: frozenset[str]) -> dict[int, TalkParts]:
    """Return the talks that only the items beside them tell, by `id` of their items."""
    groups: dict[tuple[object, ...], list[Item]] = defaultdict(list)
    for item in items:
        if _may_be_talk(item):
            groups[(item.level, bool(item.time), item.is_row and item.head and item.head.table)].append(item)
    found: dict[int, TalkParts] = {}
    for group in groups.values():
        if len(group) > _LEAST_ALIKE:
            found |= _of_group(group[:_GROUP_MOST], known)
    return found


def _may_be_talk(item: Item) -> bool:
    if item.head is None or item.title is None or not (item.level or item.time or item.is_row):
        return False
    text = item.title.text
    is_other = item.is_cancelled or item.is_pause or item.section is PartKind.DOCUMENTS
    is_other = is_other or bool(item.columns) or not item.body
    words = (DOCUMENTS, FACT, MODERATOR, PAUSE)
    return not (is_other or is_group(text) or any(one.match(text) for one in words))


def _of_group(group: Sequence[Item], known: frozenset[str]) -> dict[int, TalkParts]:
    read = [draft_of(item, known) for item in group]
    forms = [_form(item, draft) for item, draft in zip(group, read, strict=True)]
    sure = [own for own, draft in zip(forms, read, strict=True) if draft is not None and draft.people]
    counted = Counter(form for form in sure if form is not None)
    form, count = counted.most_common(1)[0] if counted else (None, 0)
    if form is None or count < max(_LEAST_ALIKE, _SHARE * len(group)) or form.topic == form.people:
        return {}
    found: dict[int, TalkParts] = {}
    for item, by_itself, own in zip(group, read, forms, strict=True):
        named = by_itself.people if by_itself is not None else []
        is_named = bool(named) and named[0].certainty >= LIKELY
        is_unsure = own != form and not is_named
        is_unsure |= own is not None and (own.topic, own.people) == (form.beside, form.people)
        draft = _read(item, form, known) if is_unsure else None
        if draft is not None:
            found[id(item)] = draft
    return found


def _form(item: Item, draft: TalkParts | None) -> _Form | None:
    """Return the form of a talk that was read, None where nothing sure speaks."""
    if draft is None or draft.topic is None or not draft.has_speaker:
        return None
    person = draft.people[0] if draft.people else None
    if person is not None and person.certainty < LIKELY:
        return None
    named = person.name if person is not None else draft.organisation
    beside = (person.organisation or person.role) if person is not None else None
    assert named is not None
    people = _place(item, named)
    at = _place(item, beside) if beside is not None else people
    topic = _place(item, draft.topic)
    return _Form(topic, people, at) if topic and people and at else None


def _lines(item: Item) -> dict[_Place, tuple[Line | None, Piece]]:
    """Return the title of an item and what is said below it, without the words that only name a file."""
    assert item.head is not None
    assert item.title is not None
    first = (item.head.column, 0) if item.is_row else _TITLE
    found: dict[_Place, tuple[Line | None, Piece]] = {first: (None, item.title)}
    for line in item.body[: 2 * _LINES]:
        text = bare_of(line, line.piece)[0].stripped(" \t\n|")
        if not re.search(r"\w", text.text) or NO_DECK.match(text.text) or NOT_ABSTRACT.match(text.text):
            continue
        column = line.column if item.is_row else 0
        at = sum(one == column for one, _ in found)
        if at <= _LINES:
            found[column, at] = (line, text)
    return found


def _place(item: Item, piece: Piece) -> _Place | None:
    """Return where in an item a piece stands, None for elsewhere."""
    for place, (_, whole) in _lines(item).items():
        if whole.block == piece.block and whole.start <= piece.start < whole.start + len(whole.text):
            return place
    return None


def _read(item: Item, form: _Form, known: frozenset[str]) -> TalkParts | None:
    """Return the talk of an item by the form of those beside it, None where it does not fit."""
    assert item.head is not None
    assert item.title is not None
    lines = _lines(item)
    if form.topic not in lines or form.people not in lines:
        return None
    people, topic = lines[form.people][1], lines[form.topic][1]
    label = SPEAKERS.match(people.text)
    people = people.part(label.end()) if label and ":" in label.group() else people
    is_title = {form.people: lines[form.people][0] is None, form.topic: lines[form.topic][0] is None}
    if not may_be_speaker(people) or (is_title[form.people] and _is_text(topic)):
        return None
    if is_title[form.topic] and (is_speaker(topic.text) or MINOR.match(topic.text)):
        return None
    given = given_by(people, known)
    if given is None:
        return None
    given.slot, given.place, given.certainty = item.slot, item.head.piece.block, 0.8
    used = {form.people, form.topic}
    if form.beside not in used and form.beside in lines:
        given = _with_beside(given, lines[form.beside][1])
        used.add(form.beside)
    given.topic = topic_piece(topic)
    taken = {id(lines[place][0]) for place in used}
    body = [line for line in item.body if id(line) not in taken or line.links]
    head = item.head if is_title[form.topic] else replace(item.head, piece=topic)
    return draft_of(replace_item(item, head, topic, body), known, given)


def replace_item(item: Item, head: Line, title: Piece, body: list[Line]) -> Item:
    """Return an item with another title and other lines below it."""
    return Item(head, title, item.section, item.level, item.time, item.slot, item.is_row, body=body)


def may_be_speaker(text: Piece) -> bool:
    """Return whether a line is short and no sentence, as lines of speakers are."""
    bare = text.text.strip()
    is_short = len(bare) <= _SPEAKER_CHARS and len(bare.split()) <= _SPEAKER_WORDS
    is_label = any(words.match(bare) for words in (FACT, MODERATOR, DOCUMENTS, PAUSE))
    is_label = is_label or CANCELLED.search(bare) is not None
    return is_short and not is_label and bare[:1].isalpha() and not _is_text(text)


def _is_text(text: Piece) -> bool:
    return text.text.rstrip()[-1:] in ".?!" and len(text.text.split()) > _LEAST_ALIKE


def given_by(text: Piece, known: frozenset[str]) -> TalkParts | None:
    """Return a talk with the speakers that a line has: people, else an organisation with their role."""
    group = group_of(text)
    if group is not None:
        return TalkParts(None, organisation=group[1], role=group[0])
    names = () if is_surely_organisation(text.text) else names_in(text.text, known)
    people = people_in(text, known) if names and not text.text[: names[0].title_start].strip() else []
    if people:
        return TalkParts(None, people)
    origin = _FROM.match(text.text)
    if origin is not None:
        firm = text.part(origin.end()).stripped()
        return TalkParts(None, organisation=firm, role=text.part(0, origin.end("role")))
    is_named = text.text[:1].isupper() or text.text.split()[0].islower() is False
    return TalkParts(None, organisation=text.stripped(" \t\n,;.")) if is_named else None


def _with_beside(draft: TalkParts, text: Piece) -> TalkParts:
    """Return a talk whose people are what a line of their own says: role, organisation."""
    found = attributes_of(Piece(", " + text.text, text.block, text.start - 2))
    role, firm = found.role, found.organisation
    if role is None and firm is None:
        comma = text.text.find(", ")
        role = text.part(0, comma) if comma > 0 else None
        firm = text.part(comma + 2) if comma > 0 else text
    elif role is None and firm is not None and firm.start == text.start and ", " in firm.text:
        comma = text.text.find(", ")
        role, firm = text.part(0, comma), text.part(comma + 2)
    draft.people = [_told(one, role, firm) for one in draft.people]
    return draft


def _told(person: PersonOnPage, role: Piece | None, firm: Piece | None) -> PersonOnPage:
    return replace(person, role=person.role or role, organisation=person.organisation or firm)
