"""Headings that are no talk: those above several talks, and those that only open more on the talk above."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from archive.imports.reading.headings import ends_with_speaker, level_in, names_speaker
from archive.imports.reading.items import Item
from archive.imports.reading.links import LinkTarget, is_generic, kind_on
from archive.imports.reading.naming.names import names_in
from archive.imports.reading.naming.organisations import is_surely_organisation
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
_TALK = (
    r"(?:föredraget|föreläsningen|presentationen|programpunkten|seminariet|passet|sessionen|samtalet|ämnet"
    r"|talaren|innehållet|the talk|this talk|this session)"
)
_OPENS_TEXT = re.compile(
    rf"\W*(?:(?:läs|visa|se|veta) (?:mer(?: om {_TALK})?|sammanfattning(?:en)?|beskrivning(?:en)?|abstract)"
    rf"|mer(?: information| info| om {_TALK})?|om {_TALK}|"
    rf"(?:kort )?sammanfattning(?:en)?(?: av {_TALK})?|{_TALK} i korthet|i korthet|kort om {_TALK}|referat"
    r"|abstract|summary|beskrivning|innehåll|detaljer|fördjupning|ingress|read more|show more|more|details"
    r"|description|about(?: the talk| this talk)?)\W*",
    re.IGNORECASE,
)  # of an accordion: "Läs mer", "Om föreläsningen"
_OPENS_FILES = re.compile(
    r"\W*(?:presentation(?:en|er|erna)?|bilder(?:na)?|bildspel(?:et)?|åhörarkopior(?:na)?|material(?:et)?|filer(?:na)?"
    r"|dokument(?:ation(?:en)?)?|ladda ner|länkar|film(?:en|er)?|inspelning(?:en|ar)?|video|slides"
    r"|downloads?|recording)\W*",
    re.IGNORECASE,
)
_OPENER_CHARS = 50


def without_openers(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without headings that only open more on the talk above: "Läs mer", "Abstract".

    They stand below other headings, deeper than these or again and again, with a text behind them; or, again
    and again and deeper, with files: those are the talk's then.
    """
    may_be = [bool(line.is_heading or line.is_strong) and _opens(line) for line in lines]
    counted = Counter(line.text.strip().lower() for line, opens in zip(lines, may_be, strict=True) if opens)
    found: list[Line] = []
    head: Line | None = None
    is_opened = False
    for at, line in enumerate(lines):
        level, count = level_in(line), counted[line.text.strip().lower()]
        if head is not None and may_be[at] and _is_opener(lines, at, head, count):
            is_opened = True
            continue
        if level:
            head, is_opened = line, False
        found.append(replace(line, under=head.text) if is_opened and head is not None else line)
    return found


def _opens(line: Line) -> bool:
    text = line.text
    is_short = not line.links and not line.table and len(text) < _OPENER_CHARS
    return is_short and bool(_OPENS_TEXT.fullmatch(text) or _OPENS_FILES.fullmatch(text))


def _is_opener(lines: Sequence[Line], at: int, head: Line, count: int) -> bool:
    line, below = lines[at], lines[at + 1] if at + 1 < len(lines) else None
    is_deeper = level_in(line) > level_in(head)
    if below is None or level_in(below):
        return False
    if _OPENS_TEXT.fullmatch(line.text) and not below.is_link:
        return is_deeper or count > 1
    return is_deeper and count > 1 and bool(_OPENS_FILES.fullmatch(line.text)) and below.is_link


def firms_above(items: Sequence[Item]) -> dict[int, Piece]:
    """Return organisations that are headings, by the blocks of the headings below them: none for only one."""
    found: dict[int, Piece] = {}
    firm: Item | None = None
    for item in items:
        if not item.level or item.title is None:
            continue
        if firm is not None and item.level > firm.level and firm.title is not None:
            found[item.title.block] = firm.title
        else:
            firm = item if is_surely_organisation(item.title.text) and not item.body else None
    return found if len({one.text for one in found.values()}) > 1 else {}


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
        kind_on(line, link) is LinkTarget.FILM or is_generic(link) or _FILE_OF.match(link.label.text)
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
