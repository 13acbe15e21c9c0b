"""Talks in the making, and the links that they get."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from archive.imports.reading.linked.file_words import FILE_BRACKET, OWNED_FILE
from archive.imports.reading.links import (
    TAIL,
    LinkTarget,
    is_generic,
    is_named_for_file,
    kind_on,
    label_of,
    says_file,
)
from archive.imports.reading.naming.people import PersonOnPage
from archive.imports.reading.pieces import Line, Link, Piece

_OR = re.compile(r"\s*(?:eller|och|samt|or|and)\s*(?:på\s)?")
_EMPTY_BRACKET = re.compile(
    r"[(\[](?:[\s,;|/–-]*"
    r"|\s?(?:se|hämta|ladda (?:ner|ned|hem)|läs|öppna|titta på|här är)\b[^()\[\]]{0,40}?\s{3,}"
    r"|\s?(?:ingen|inga|inget|ej|inte|no|utan)\s(?:\w*presentation|\w*bilder|bildspel|slides|\w*material"
    r"|underlag"
    r"|åhörarkopi|power ?point|ppt|dokumentation|filer|på (?:webben|nätet)|för (?:spridning|publicering)"
    r"|tillgänglig|inlämna|publicera|inspel)\w*[^()\[\]]{0,30}"
    r"|\s?(?:bilder(?:na)?|presentation(?:en)?|bildspel(?:et)?|åhörarkopior(?:na)?|materialet|film(?:en)?)\s"
    r"(?:saknas|kommer|ej|finns (?:inte|ej)|publiceras (?:inte|ej))[^()\[\]]{0,30})[)\]]",
    re.IGNORECASE,
)

_OPENS = re.compile(r"[(\[][\s,;|/–-]*(?:(?:och|samt|and)\s+)?(?:se(?:\säven)?:?\s+)?$")
_CLOSES = re.compile(r"\s*(?:[)\],;|/–-]|(?:och|samt|and)\b)")
_BRACKET_CHARS, _PAPER_WORDS = 200, 4


@dataclass(slots=True)
class TalkParts:
    """A talk in the making: pieces of the page. `organisation` and `role` are those of somebody unnamed."""

    topic: Piece | None
    people: list[PersonOnPage] = field(default_factory=list)
    moderators: list[PersonOnPage] = field(default_factory=list)
    commentators: list[PersonOnPage] = field(default_factory=list)
    organisation: Piece | None = None
    abstract: list[Piece] = field(default_factory=list)
    decks: list[Link] = field(default_factory=list)
    films: list[Link] = field(default_factory=list)
    reports: list[Link] = field(default_factory=list)
    slot: int = 0
    certainty: float = 1.0
    is_told: bool = False
    is_minor: bool = False
    place: int = 0
    role: Piece | None = None

    @property
    def has_speaker(self) -> bool:
        """Return whether anybody gives the talk."""
        return bool(self.people or self.organisation)


def bare_of(line: Line, piece: Piece) -> tuple[Piece, list[tuple[int, int]]]:
    """Return a line's words without the labels of links that say only what file they lead to.

    Behind it: the letters that are emphasised, counted from the piece's start.
    """
    start = piece.start - line.piece.start
    text = piece.text
    removed: list[tuple[int, int]] = []
    for link in line.links:
        at = link.label.start - piece.start
        if at < 0 or at >= len(text):
            continue
        kept = label_of(link)
        kind = kind_on(line, link)
        is_empty = is_generic(link) or is_named_for_file(link) or kind is LinkTarget.REPORT
        is_file = kind in (LinkTarget.DECK, LinkTarget.FILM)
        is_empty = is_empty or (is_file and (_stands_apart(text, at, link) or _is_in_bracket(text, at, link)))
        is_empty = is_empty or _is_beside_file(text, at, link, removed, is_paper=kind is LinkTarget.PAPER)
        first = 0 if is_empty else max(kept.start - link.label.start, 0)
        last = 0 if is_empty else first + len(kept.text)
        end = at + len(link.label.text)
        text = text[:at] + " " * first + text[at + first : at + last] + " " * (end - at - last) + text[end:]
        removed += [(at, end)] if is_empty else []
    for (_, last), (first, _) in pairwise(removed):
        if _OR.fullmatch(text[last:first]):  # "<bilderna> eller <filmen>"
            text = text[:last] + " " * (first - last) + text[first:]
    for bracket in (_EMPTY_BRACKET, FILE_BRACKET):
        text = bracket.sub(lambda match: " " * len(match.group()), text)
    emphases = [(first - start, last - start) for first, last in line.emphases]
    return Piece(text, piece.block, piece.start), emphases


def _stands_apart(text: str, at: int, link: Link) -> bool:
    """Return whether a link stands behind a sentence and says what file it is: "Anna Eks presentation"."""
    before = text[:at].rstrip()
    return before[-1:] in (".", "!", "?", "|") and says_file(link)


def _is_beside_file(
    text: str, at: int, link: Link, removed: Sequence[tuple[int, int]], *, is_paper: bool
) -> bool:
    """Return whether a paper's link stands in a bracket, or behind another file's: "bilder, checklista".

    Another file's stands so only as the last of a bracket that begins with one: "(bilder, hela uppsatsen)".
    """
    before, behind = text[:at].rstrip(" ,;|/·–-"), text[at + len(link.label.text) :]
    end = removed[-1][1] if removed else -1
    is_behind = len(before.rstrip()) <= end <= at or before.endswith((")", "]"))
    if not is_paper:
        is_last = re.match(r"\s*[)\]]", behind) is not None and bool(removed)
        return is_last and re.search(r"[(\[][\s,;|/–-]*$", text[:at][-_BRACKET_CHARS:]) is not None
    is_apart = is_behind or _OPENS.search(text[:at][-_BRACKET_CHARS:]) is not None
    is_short = len(link.label.text.split()) <= _PAPER_WORDS
    return is_apart and is_short and not re.match(r"\s*\w", behind)


def _is_in_bracket(text: str, at: int, link: Link) -> bool:
    """Return whether a link that says whose file it is fills a bracket, alone or beside others."""
    behind = text[at + len(link.label.text) :]
    is_apart = _OPENS.search(text[:at][-_BRACKET_CHARS:]) is not None and _CLOSES.match(behind) is not None
    return is_apart and OWNED_FILE.match(TAIL.sub("", link.label.text)) is not None


def share_links(drafts: Sequence[TalkParts], told: Sequence[Piece], line: Line) -> None:
    """Give talks told on one line its links, each to the one whose sentence stands before the link."""
    for link in line.links:
        at = sum(sentence.start <= link.label.start for sentence in told)
        inside = [draft for draft in drafts if _is_inside(draft.topic, link)]
        if len(inside) == 1 and kind_on(line, link) in (LinkTarget.PAPER, LinkTarget.REPORT):
            inside[0].decks.append(link)  # the words of the link are what the talk was about
            continue
        own = [draft for draft in drafts if any(_is_named(one, link) for one in draft.people)]
        take_links(own[0] if len(own) == 1 else drafts[max(at - 1, 0)], line, (link,))


def _is_inside(topic: Piece | None, link: Link) -> bool:
    """Return whether the words of a link are some of a topic told in a sentence."""
    start, end = link.label.start, link.label.start + len(link.label.text)
    is_same = topic is not None and topic.block == link.label.block
    return (
        is_same
        and topic is not None
        and topic.start <= start + 1
        and end <= topic.start + len(topic.text) + 1
    )


def _is_named(person: PersonOnPage, link: Link) -> bool:
    """Return whether the words of a link have somebody's surname."""
    return re.search(rf"\b{re.escape(person.value.split()[-1])}s?\b", link.label.text) is not None


def take_links(draft: TalkParts, line: Line, links: Sequence[Link] | None = None) -> None:
    """Give a talk the decks, films and reports that a line links to, or some of them."""
    for link in line.links if links is None else links:
        kind = kind_on(line, link)
        if kind is LinkTarget.DECK:
            draft.decks.append(link)
        elif kind is LinkTarget.FILM:
            draft.films.append(link)
        elif kind is LinkTarget.REPORT:
            draft.reports.append(link)


def links_in(lines: Sequence[Line]) -> Iterator[tuple[Line, Link]]:
    """Yield the links of some lines, each with its line."""
    for line in lines:
        for link in line.links:
            yield line, link
