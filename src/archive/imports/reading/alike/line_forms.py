"""Lines of one list are read alike: "Firm – Topic" where those beside it are "Anna Ek, vd, Firm – Topic"."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.imports.reading.alike.item_forms import given_by, may_be_speaker, replace_item
from archive.imports.reading.items import Item, PartKind
from archive.imports.reading.line_entries import line_entry, without_remark
from archive.imports.reading.naming.names import LIKELY, names_in
from archive.imports.reading.pieces import Link, Piece
from archive.imports.reading.talks.drafts import TalkParts, bare_of, take_links
from archive.imports.reading.talks.entries import entry_of
from archive.imports.reading.talks.item_talks import draft_of
from archive.imports.reading.talks.topics import LineContent, topic_piece
from archive.imports.reading.words import DOCUMENTS, FACT, MODERATOR, NO_DECK, PAUSE, READING
from archive.model.seminar_pages.seminar_page import BlockKind

_LEAST_ALIKE, _RUN_LEAST = 2, 3
_SHARE = 0.5
_RUN_MOST = 120  # lines: no programme has more, and each costs
_LINE_CHARS = 300
_SIGNS = {
    "–": r"\s+[–—-]+\s+", "—": r"\s+[–—-]+\s+", "-": r"\s+[–—-]+\s+", ":": r":\s+", "|": r"\s*\|\s*",
    ",": r",\s+", "(": r"\s*\(", "\t": r"\t+",
}  # fmt: skip
_LINK = "link"  # the topic is a link, and nothing separates it from what is behind
_QUOTES = " \t\n”\"“»«'"
_OTHERS = (DOCUMENTS, FACT, MODERATOR, NO_DECK, PAUSE, READING)


@dataclass(frozen=True, slots=True)
class _Form:
    """Whether a line begins with those who speak, and the sign between them and the topic."""

    begins_with_people: bool
    sign: str


def lines_alike(items: Sequence[Item], known: frozenset[str]) -> dict[int, TalkParts]:
    """Return the talks of lines that only the lines beside them tell, by `id` of their items."""
    found: dict[int, TalkParts] = {}
    for run in _runs(items):
        forms = [_form(item, _entry(item, known)) for item in run[:_RUN_MOST]]
        counted = Counter(form for form in forms if form is not None)
        form, count = counted.most_common(1)[0] if counted else (None, 0)
        if form is None or count < max(_LEAST_ALIKE, _SHARE * len(forms)):
            continue
        for item, own in zip(run, forms, strict=False):
            draft = _read(item, form, known) if own != form and _is_unsure(item, known) else None
            if draft is not None:
                found[id(item)] = draft
    return found


def _is_unsure(item: Item, known: frozenset[str]) -> bool:
    """Return whether a line names nobody, neither a person nor, apart from the topic, an organisation."""
    text, _ = _text(item)
    names = [name for name in names_in(text.text, known) if name.certainty >= LIKELY]
    return not names and _entry(item, known).organisation is None


def _runs(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Yield lines of one kind that stand one behind the other, at least three."""
    run: list[Item] = []
    for item in [*items, None]:
        line = item.head if item is not None else None
        is_line = item is not None and line is not None and not (item.level or item.is_row or item.body)
        is_line = is_line and line is not None and line.is_first and len(line.text) < _LINE_CHARS
        if run and (not is_line or item is None or _kind(item) != _kind(run[-1])):
            if len(run) >= _RUN_LEAST:
                yield run
            run = []
        if is_line and item is not None:
            run.append(item)


def _kind(item: Item) -> tuple[BlockKind | None, int, bool, PartKind]:
    line = item.head
    kind = line.kind if line is not None else None
    return (kind, line.level if line is not None else 0, bool(item.time), item.section)


def _text(item: Item) -> tuple[Piece, list[tuple[int, int]]]:
    assert item.head is not None
    assert item.title is not None
    text, emphases = bare_of(item.head, item.title)
    return without_remark(text), emphases


def _entry(item: Item, known: frozenset[str]) -> LineContent:
    assert item.head is not None
    return line_entry(item.head, *_text(item), known)


def _form(item: Item, entry: LineContent) -> _Form | None:
    """Return the form of a line that was read with certainty."""
    if entry.topic is None or not entry.people or entry.people[0].certainty < LIKELY:
        return None
    text, _ = _text(item)
    person = entry.people[0]
    starts = [one.start for one in (person.name, person.role, person.organisation) if one is not None]
    topic, people = entry.topic.start, min(starts)
    before = text.text[: max(topic, people) - text.start].rstrip(_QUOTES.replace("\t", ""))
    if _link_of(item, topic) is not None and topic < people:
        return _Form(False, _LINK)
    return _Form(people < topic, before[-1]) if before[-1:] in _SIGNS else None


def _link_of(item: Item, start: int) -> Link | None:
    """Return the link that a line begins with, at a place in the block."""
    links = item.head.links if item.head is not None else ()
    return links[0] if links and links[0].label.start <= start < links[0].label.start + 3 else None


def titles_alike(items: Sequence[Item], known: frozenset[str]) -> dict[int, TalkParts]:
    """Return the talks of headings that only those beside them tell ("Firm: Topic"), by `id` of items."""
    levels: dict[int, list[Item]] = {}
    for item in items:
        if item.level and item.title is not None and not (item.is_cancelled or item.is_pause):
            levels.setdefault(item.level, []).append(item)
    found: dict[int, TalkParts] = {}
    for group in levels.values():
        forms = [_form(item, entry_of(_text(item)[0], (), known)) for item in group[:_RUN_MOST]]
        counted = Counter(form for form in forms if form is not None)
        form, count = counted.most_common(1)[0] if counted else (None, 0)
        if form is None or count < max(_LEAST_ALIKE, _SHARE * len(forms)):
            continue
        for item, own in zip(group, forms, strict=False):
            is_unsure = own != form and not names_in(_text(item)[0].text, known)
            given = _read(item, form, known) if is_unsure else None
            draft = _with_body(item, given, known) if given is not None else None
            if draft is not None:
                found[id(item)] = draft
    return found


def _with_body(item: Item, given: TalkParts, known: frozenset[str]) -> TalkParts | None:
    assert item.head is not None
    assert given.topic is not None
    head = replace(item.head, piece=given.topic)
    given.decks, given.films, given.reports = [], [], []
    return draft_of(replace_item(item, head, given.topic, item.body), known, given)


def _read(item: Item, form: _Form, known: frozenset[str]) -> TalkParts | None:
    """Return the talk of a line by the form of the lines beside it, None where it does not fit."""
    assert item.head is not None
    text, _ = _text(item)
    link = _link_of(item, text.start + len(text.text) - len(text.text.lstrip()))
    if form.sign == _LINK:
        end = link.label.start + len(link.label.text) - text.start if link is not None else 0
        spans = [(end, end)] if end else []
    else:
        spans = [match.span() for match in re.finditer(_SIGNS[form.sign], text.text)]
    if item.is_cancelled or item.section is PartKind.DOCUMENTS or not spans:
        return None
    sign = spans[0] if form.begins_with_people else spans[-1]
    before, behind = text.part(0, sign[0]), text.part(sign[1])
    people, topic = (before, behind) if form.begins_with_people else (behind, before)
    people = people.stripped(" \t\n.,;()" + _QUOTES)
    topic = topic_piece(topic)
    is_other = any(one.match(part.text) for one in _OTHERS for part in (text, people, topic))
    if is_other or not may_be_speaker(people) or not re.search(r"\w{3}", topic.text):
        return None
    draft = given_by(people, known)
    if draft is not None:
        draft.topic, draft.slot, draft.place, draft.certainty = topic, item.slot, text.block, 0.75
        take_links(draft, item.head)
    return draft
