"""Headings that are topics, each above a text that tells who spoke: where several stand alike on a page."""

import re
from collections.abc import Sequence

from archive.imports.reading.headings import STRONG_LEVEL, is_group, is_speaker, names_speaker
from archive.imports.reading.items import Item
from archive.imports.reading.links import label_of
from archive.imports.reading.naming.names import LIKELY
from archive.imports.reading.naming.people import PersonOnPage, are_people, people_in
from archive.imports.reading.pieces import Line, Piece, sentences
from archive.imports.reading.talks.drafts import TalkParts, bare_of, take_links
from archive.imports.reading.talks.prose import told_talks
from archive.imports.reading.talks.speech import NO_TALK, ToldTalk
from archive.imports.reading.talks.topics import topic_piece
from archive.imports.reading.words import DOCUMENTS, LED_BY, MINOR, MODERATOR, NO_DECK, NOT_ABSTRACT
from archive.review.folding import joined

_LIKE_NAME = re.compile(r"[A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][\w-]+)?(?:\s[A-ZÅÄÖ][\w-]+){1,2}")
_LEAST_ALIKE = 2
_MOST_LINES = 8
_PAUSE_WORDS, _PROSE_WORDS = 2, 8


def heads_of_talks(items: Sequence[Item], known: frozenset[str]) -> frozenset[int]:
    """Return the blocks of headings that are topics of what the text below each tells, [] for too few."""
    by_level: dict[int, list[int]] = {}
    told = 0
    for item in items:
        if not _may_be_headed(item):
            continue
        talks = _told(item, known)
        speakers = _speakers(item, talks, known)
        if speakers and item.head is not None:
            by_level.setdefault(item.level, []).append(item.head.piece.block)
            told += bool(talks)
    found = max(by_level.values(), key=len, default=[])
    return frozenset(found if len(found) >= _LEAST_ALIKE and told else [])


def speakers_alike(items: Sequence[Item]) -> frozenset[str]:
    """Return names, written together, that headings are which stand among headings that are sure names."""
    by_level: dict[int, list[str]] = {}
    for item in items:
        if item.level and item.title is not None and item.body:
            by_level.setdefault(item.level, []).append(item.title.text.strip())
    found: set[str] = set()
    for texts in by_level.values():
        sure = [text for text in texts if is_speaker(text) and names_speaker(text)]
        if len(sure) >= _LEAST_ALIKE and 2 * len(sure) > len(texts):
            found |= {joined(text) for text in texts if _LIKE_NAME.fullmatch(text)}
    return frozenset(found)


def headed_talk(item: Item, known: frozenset[str], others: frozenset[str] = frozenset()) -> TalkParts:
    """Return the talk of a heading with the text below it; links called as `others` are theirs."""
    assert item.title is not None
    talks = _told(item, known)
    draft = TalkParts(topic_piece(item.title), list(_speakers(item, talks, known)), slot=item.slot)
    draft.moderators = [one for talk in talks for one in talk.moderators]
    draft.place, draft.certainty = item.title.block, 0.85
    draft.abstract = [
        one
        for line in item.body
        if not line.is_link
        for one in sentences(bare_of(line, line.piece)[0])
        if not any(words.match(one.text) for words in (NO_DECK, NOT_ABSTRACT, MODERATOR))
        and not are_people(one, known)
    ]
    for line in item.body:
        if not (line.is_link and _is_called(line, others)):
            take_links(draft, line)
    return draft


def _is_called(line: Line, others: frozenset[str]) -> bool:
    """Return whether a link is called as another talk is."""
    return any(joined(label_of(link).text) in others for link in line.links)


def _may_be_headed(item: Item) -> bool:
    title = item.title
    if not 0 < item.level < STRONG_LEVEL or title is None or item.is_cancelled:
        return False
    if item.is_pause and len(title.text.split()) <= _PAUSE_WORDS:
        return False
    is_other = (
        is_speaker(title.text)
        or is_group(title.text)
        or DOCUMENTS.match(title.text)
        or MINOR.match(title.text)
    )
    texts = [line for line in item.body if not line.is_link]
    return not is_other and bool(texts) and len(item.body) <= _MOST_LINES and _is_prose(texts[0])


def _is_prose(line: Line) -> bool:
    return not line.table and len(line.text.split()) > _PROSE_WORDS and line.text.rstrip()[-1:] in ".!?”)"


def _told(item: Item, known: frozenset[str]) -> list[ToldTalk]:
    found = [one for line in item.body for one in told_talks(bare_of(line, line.piece)[0], known)]
    return [one for one in found if one.people]


def _speakers(item: Item, talks: Sequence[ToldTalk], known: frozenset[str]) -> tuple[PersonOnPage, ...]:
    """Return who spoke below a heading, () where that is not one person or several in one breath."""
    if len({person.value for talk in talks for person in talk.people[:1]}) > 1:
        return ()
    if talks:
        return talks[0].people
    for line in item.body:
        for sentence in sentences(line.piece):
            named = _named(sentence, known)
            if named:
                return named
    return ()


def _named(sentence: Piece, known: frozenset[str]) -> tuple[PersonOnPage, ...]:
    if NO_TALK.search(sentence.text) or MODERATOR.match(sentence.text) or LED_BY.match(sentence.text):
        return ()
    people = people_in(sentence, known, LIKELY)
    if not people or not (people[0].role or people[0].organisation):
        return ()
    same = [one for one in people if one.organisation == people[0].organisation and one.organisation]
    return tuple(same or people[:1])
