"""Headings that stand above several talks, which the lines below tell or list."""

import re

from archive.imports.reading.headings import ends_with_speaker, names_speaker
from archive.imports.reading.items import Item
from archive.imports.reading.links import LinkKind, is_generic, kind_on
from archive.imports.reading.naming.names import names_in
from archive.imports.reading.pieces import Line, Piece
from archive.imports.reading.talks.drafts import bare_of
from archive.imports.reading.talks.entries import entry_of
from archive.imports.reading.talks.prose import told_talks
from archive.imports.reading.words import FACT, MODERATOR, NUMBER, PANEL, SPEAKERS
from archive.model.seminar_pages.seminar_page import BlockKind

_FILE_OF = re.compile(
    r"^\W*(?:se |ladda (?:ner|hem) |hämta )?(?:presentation(?:en|er)?|bilder(?:na)?|bildspel(?:et)?"
    r"|ppt|powerpoint|pdf|slides)\s(?!\w*:)(?:\w+\s)?(?:[A-Z]\b|\d|av\b|från\b|med\b|del\b|by\b"
    r"|from\b)",
    re.IGNORECASE,
)


def stands_above_talks(item: Item, known: frozenset[str]) -> bool:
    """Return whether the lines below a heading are talks of their own: told in sentences, or listed."""
    told = 0
    listed: set[str] = set()
    if any(_names_speakers(line, known) for line in item.body):
        return False
    spoken = [line for line in item.body if not line.is_link]
    if len(spoken) == 1 and len(item.body) > 1 and ends_with_speaker(spoken[0].text):
        return False  # "Polisen: Ida Ek, Bo Al" and the decks of each
    speaking = {
        name.text for line in spoken if names_speaker(line.text) for name in names_in(line.text, known)
    }
    for line in item.body:
        text, emphases = bare_of(line, line.piece)
        if (
            MODERATOR.match(text.text)
            or FACT.match(text.text)
            or SPEAKERS.match(text.text)
            or _only_says_file(line)
        ):
            continue
        talks = told_talks(text, known)
        told += len([talk for talk in talks if talk.people])
        if not talks and is_listed(line):
            entry = entry_of(*without_number(text, emphases), known)
            is_of_them = (
                line.is_link and len(speaking) > 1 and {one.value for one in entry.people} <= speaking
            )
            if (
                entry.topic is not None
                and entry.people
                and not is_of_them
                and len(entry.topic.text.split()) > 1
            ):
                listed.add(entry.people[0].value)
    return told > 1 or len(listed) > 1


def _names_speakers(line: Line, known: frozenset[str]) -> bool:
    """Return whether a line names the speakers of the talk that the heading is: "Föreläsare: Anna Ek"."""
    label = SPEAKERS.match(line.text)
    return label is not None and ":" in label.group() and bool(names_in(line.text[label.end() :], known))


def _only_says_file(line: Line) -> bool:
    """Return whether the words of a line's link say what file it is and whose: "Se film med …"."""
    return line.is_link and any(
        kind_on(line, link) is LinkKind.FILM or is_generic(link) or _FILE_OF.match(link.label.text)
        for link in line.links
    )


def is_listed(line: Line) -> bool:
    """Return whether a line may be one of a list of talks."""
    return (
        line.kind is BlockKind.ITEM
        or line.is_link
        or NUMBER.match(line.text) is not None
        or bool(line.emphases)
        or len(line.text) < 160
        or PANEL.match(line.text) is not None
    )


def without_number(text: Piece, emphases: list[tuple[int, int]]) -> tuple[Piece, list[tuple[int, int]]]:
    """Return a line without its number, and its emphases counted anew."""
    number = NUMBER.match(text.text)
    if number is None:
        return text, emphases
    return text.part(number.end()), [(start - number.end(), end - number.end()) for start, end in emphases]
