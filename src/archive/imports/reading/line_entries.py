"""What one loose line says: the whole of it, its link, or its first sentence."""

import re

from archive.imports.reading.group_headings import without_number
from archive.imports.reading.links import is_generic, label_of
from archive.imports.reading.naming.before_names import before_name
from archive.imports.reading.naming.firms_of_lines import of_firm_behind
from archive.imports.reading.naming.names import LIKELY
from archive.imports.reading.naming.organisations import may_be_organisation
from archive.imports.reading.naming.people import people_in
from archive.imports.reading.naming.roles import is_role
from archive.imports.reading.pieces import Line, Piece, sentences
from archive.imports.reading.talks.entries import entry_of
from archive.imports.reading.talks.topics import LineContent, topic_piece
from archive.imports.reading.words import DOCUMENTS, FACT, MODERATOR, NO_DECK, READING, SPEAKERS
from archive.model.seminar_pages.seminar_page import BlockKind

ENTRY_MAX_CHARS = 500
_LEAD_CHARS = 12
_DASH = re.compile(r"[”\"“»«]?\s*(?:\s[–—-]+\s|[–—|]\s?|,\s|\s?\(|av\s)")
_WHO_TELLS = re.compile(r"\b(?:sade|säger|menade|menar|berättade|berättar|konstaterade|tyckte|tycker)\b")
_AHEAD = re.compile(r"\W{0,3}(?P<firm>[A-ZÅÄÖ][^:–]{2,50}):\s+(?=[A-ZÅÄÖ”\"])")


def line_entry(
    line: Line, text: Piece, emphases: list[tuple[int, int]], known: frozenset[str]
) -> LineContent:
    """Return what a line says; of a long one what its first sentence does, the others go on about it."""
    bare, strong = without_number(text, emphases)
    bare = without_remark(bare)
    label, rest = _label_and_rest(line, bare)
    if label is not None and rest is not None:
        entry = entry_of(label, (), known)
        if entry.topic is not None and entry.people:
            return LineContent(entry.topic, entry.people, entry.commentators, None, (rest,), entry.certainty)
    by_link = _people_and_link(line, bare, known)
    if by_link is not None:
        return by_link
    found = entry_of(bare, strong, known)
    first, *others = sentences(bare) or [bare]
    tells = others and all(len(one.text.split()) > 4 for one in others)
    if not tells or (len(text.text) < ENTRY_MAX_CHARS and len(first.text.split()) < 4):
        return found
    entry = entry_of(first.stripped(" \t\n."), strong, known)
    has_all = len(entry.people) == len(found.people) and entry.topic is not None
    is_paragraph = line.kind is BlockKind.PARAGRAPH and not line.is_link
    if not entry.people or not has_all or is_paragraph:
        return found
    return LineContent(
        entry.topic, entry.people, entry.commentators, entry.organisation, tuple(others), entry.certainty
    )


def without_remark(text: Piece) -> Piece:
    """Return a line without a last sentence that says that there is no deck ("Inga bilder.")."""
    *others, last = sentences(text) or [text]
    return text.part(0, last.start - text.start) if others and NO_DECK.match(last.text) else text


def _people_and_link(line: Line, text: Piece, known: frozenset[str]) -> LineContent | None:
    """Read people with a colon and a link that is the topic: "Jens Bok, Tyréns: <Garage som hus>"."""
    if len(line.links) != 1 or is_generic(line.links[0]):
        return None
    at = line.links[0].label.start - text.start
    lead = text.part(0, at) if at > 0 else text
    topic = label_of(line.links[0])
    if (
        not lead.text.rstrip().endswith(":")
        or not topic.text
        or re.search(r"\w", text.text[at + len(topic.text) :])
    ):
        return None
    people = of_firm_behind(people_in(lead.stripped(), known, LIKELY))
    first = lead.part(0, people[0].name.start - lead.start) if people else lead
    begins = bool(people) and (len(first.text) < _LEAD_CHARS or before_name(first).role is not None)
    return LineContent(topic_piece(topic), tuple(people)) if begins else None


def _label_and_rest(line: Line, text: Piece) -> tuple[Piece | None, Piece | None]:
    """Part a line that begins with a link and goes on with a sentence about what is behind it."""
    if not line.links:
        return None, None
    end = line.links[0].label.start + len(line.links[0].label.text) - text.start
    rest = text.part(end).stripped(" \t\n.,;:–—-")
    begins = line.links[0].label.start <= text.start + 2 and 0 < end < len(text.text)
    tells = len(rest.text.split()) > 6 and rest.text[:1].isupper() and not people_in(rest)
    return (text.part(0, end).stripped(" \t\n."), rest) if begins and tells else (None, None)


def ends_with_speaker(text: Piece, entry: LineContent, *, follows: bool) -> bool:
    """Return whether a line is as one of a list but for its full stop: "”Byn” – Bo Al, polis.".

    `follows` tells that it stands behind a talk of a list; else the topic has to be in quotes.
    """
    if entry.topic is None or not entry.people or entry.more or _WHO_TELLS.search(entry.topic.text):
        return False
    first, last = entry.people[0], entry.people[-1]
    is_told = last.attributes.rest is not None or not (last.role or last.organisation)
    end = entry.topic.start + len(entry.topic.text)
    between = text.text[end - text.start : first.name.start - text.start]
    dash = _DASH.match(between)
    lead = between[dash.end() :].strip() if dash is not None else ""
    is_apart = dash is not None and (not lead or is_role(lead))  # not "– det sade Bo Al"
    return is_apart and not is_told and (follows or is_quoted(text, entry.topic))


def is_quoted(text: Piece, topic: Piece) -> bool:
    """Return whether a quotation mark stands right behind the topic in a line."""
    return text.text[topic.start + len(topic.text) - text.start :][:1] in tuple('”"“»«')


def of_firm_ahead(text: Piece, entry: LineContent) -> LineContent:
    """Return what a line in a list of "who: topic" says where who is a firm: "Rutvik Glas & Plast: Rutor"."""
    ahead = _AHEAD.match(text.text)
    is_label = any(words.match(text.text) for words in (FACT, MODERATOR, SPEAKERS, DOCUMENTS, READING))
    if ahead is None or is_label or not may_be_organisation(ahead["firm"]) or len(ahead["firm"].split()) < 2:
        return entry
    firm = text.part(ahead.start("firm"), ahead.end("firm"))
    topic = topic_piece(text.part(ahead.end()).stripped())
    return LineContent(topic, organisation=firm, certainty=0.8) if topic.text else entry
