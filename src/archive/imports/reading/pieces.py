"""The lines of a page, and pieces of them that know where they stand."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urlsplit

from archive.model.seminar_pages.page_outline import PageOutline
from archive.model.seminar_pages.seminar_page import BlockKind, Passage, ReadField, SourceBlock

T = TypeVar("T")
LINE_MAX_CHARS = 2_000
LINES_MAX = 10_000
_SHORT_FORM = re.compile(r"\s(?:(?:ek|ideell)\.? för|m\. ?fl|[Pp]rof\. em)$")  # with its full stop
_LABEL_CHARS = 24
_FILE = re.compile(r"\.(?:pdf|pptx?|ppsx?|odp)(?:$|[?#])|/download/", re.IGNORECASE)
_FILES_LEAST = 2
_GAP = re.compile(r"(?<!\s)\s{3,}(?=[.,;!?](?:\s|$))")  # where a link in a bracket stood
_EDGES = " \t\n,;:|–—-_/•·"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some letters of a block: `start` is the place of the first of them in it."""

    text: str
    block: int
    start: int

    def part(self, start: int, end: int | None = None) -> "Piece":
        """Return the letters `start` to `end` of this piece."""
        start = max(start, 0)
        return Piece(self.text[start:end], self.block, self.start + start)

    def stripped(self, letters: str = _EDGES) -> "Piece":
        """Return the piece without spaces and separators around it."""
        left = len(self.text) - len(self.text.lstrip(letters))
        text = self.text.strip(letters)
        if text.endswith((" för", " fl", " em")) and _SHORT_FORM.search(text):
            text = self.text[left : left + len(text) + 1].rstrip(letters.replace(".", ""))
        return Piece(text, self.block, self.start + left)

    @property
    def passage(self) -> Passage:
        """Return where the piece stands."""
        return Passage(self.block, self.start, self.start + len(self.text))


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a line: its address and letters; `is_elsewhere`: on another site than the page's files."""

    address: str
    label: Piece
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block. Emphases are places in the line; `is_first` is the first line of its block.

    `under` is the text of the heading, or of the line in bold, above it.
    """

    piece: Piece
    kind: BlockKind
    level: int
    table: int
    row: int
    column: int
    links: tuple[Link, ...]
    emphases: tuple[tuple[int, int], ...]
    is_first: bool = True
    under: str = ""

    @property
    def text(self) -> str:
        """Return the letters of the line."""
        return self.piece.text

    @property
    def is_heading(self) -> bool:
        """Return whether the line is a heading."""
        return self.kind is BlockKind.HEADING

    @property
    def is_strong(self) -> bool:
        """Return whether the whole line is emphasised, and no link."""
        letters = sum(end - start for start, end in _joined(self.emphases))
        return bool(self.emphases) and letters >= 0.9 * len(self.text.strip())

    @property
    def label_end(self) -> int:
        """Return where an emphasised label that the line begins with ends, 0 for none: "**Plats** Falun"."""
        first, end = self.emphases[0] if self.emphases else (1, 0)
        return end if first == 0 and 1 < end <= _LABEL_CHARS and end < len(self.text.rstrip()) else 0

    @property
    def is_link(self) -> bool:
        """Return whether nearly the whole line is one link or several."""
        letters = sum(len(link.label.text) for link in self.links)
        return letters >= 0.8 * len(self.text.strip(" .|")) > 0


def lines_of(outline: PageOutline) -> list[Line]:
    """Return the lines of a page in order."""
    lines: list[Line] = []
    under = ""
    elsewhere = _elsewhere(outline)
    for number, block in enumerate(outline.blocks):
        for line in _lines(number, block, elsewhere):
            lines.append(replace(line, under=under))
            if line.is_heading or (line.is_strong and not line.links):
                under = line.text
    return lines


def _elsewhere(outline: PageOutline) -> frozenset[str]:
    """Return the addresses of files on sites that have but one of the page's, where another has more."""
    addresses = dict.fromkeys(link.address for block in outline.blocks for link in block.links)
    files = {one: _site(one) for one in addresses if _FILE.search(one)}
    counts = Counter([*files.values(), _site(outline.address)])
    most = max(counts.values(), default=0)
    return frozenset(one for one, site in files.items() if counts[site] == 1 and most > _FILES_LEAST)


def _site(address: str) -> str:
    """Return the host of an address without its first label: "forening.se" of "www.forening.se"."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.partition(".")[2] if host.count(".") > 1 else host


def _lines(number: int, block: SourceBlock, elsewhere: frozenset[str]) -> Iterator[Line]:
    start = 0
    for text in _cut_lines(block.text):
        end = start + len(text)
        if text.strip():
            links = tuple(
                Link(
                    link.address,
                    _cut(Piece(block.text, number, 0), link.start, link.end, start, end),
                    link.address in elsewhere,
                )
                for link in block.links
                if link.start < end and link.end > start
            )
            emphases = tuple(
                (max(first, start) - start, min(last, end) - start)
                for first, last in block.emphases
                if first < end and last > start
            )
            piece = Piece(text, number, start)
            place = (block.table, block.row, block.column)
            yield Line(piece, block.kind, block.level, *place, links, emphases, start == 0)
        start = end + 1


_GOES_ON = re.compile(r"(?<![–—])(?<![–—] )\n|\n(?![a-zåäö])")  # not "vem äter –\nvem vet?"


def _cut_lines(text: str) -> Iterator[str]:
    """Yield the lines of a text; one that is longer than anybody writes comes in parts, cut at spaces."""
    for line in _GOES_ON.split(text):
        rest = line
        while len(rest) > LINE_MAX_CHARS:
            at = rest.rfind(" ", LINE_MAX_CHARS // 2, LINE_MAX_CHARS)
            at = at if at > 0 else LINE_MAX_CHARS
            yield rest[:at]
            rest = rest[at + 1 :]  # a letter less, as at the end of a line
        yield rest


def _cut(whole: Piece, start: int, end: int, first: int, last: int) -> Piece:
    return whole.part(max(start, first), min(end, last))


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans without those that stand within others."""
    reached = 0
    for start, end in sorted(spans):
        if end > reached:
            yield max(start, reached), end
            reached = end


def squeezed(text: str) -> str:
    """Return a text with its spaces joined."""
    return " ".join(text.split())


def capitalised(text: str) -> str:
    """Return a text with a capital first letter, unless its first word has one further on ("eHälsa")."""
    first = text.split(" ", 1)[0]
    if not text or any(letter.isupper() for letter in first[1:]):
        return text
    return text[0].upper() + text[1:]


def field_of(
    pieces: Iterable[Piece], certainty: float = 1.0, *, joint: str = " ", capital: bool = False
) -> ReadField[str | None]:
    """Return the field whose value are some pieces together; of none, that of what is not said."""
    kept = [piece for piece in pieces if piece.text.strip()]
    value = joint.join(squeezed(_GAP.sub("", piece.text)) for piece in kept)
    if not value:
        return ReadField(None)
    passages = tuple(piece.passage for piece in kept)
    return ReadField(capitalised(value) if capital else value, certainty, passages)


_SENTENCE_END = re.compile(r"(?<=[.!?])[\s]+(?=[A-ZÅÄÖÉ”\"»(0-9])|\n")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-ZÅÄÖ]|[Bb]l|[Ff]il|[Tt]ekn|[Mm]ed|[Pp]rof|[Ee]m|ek|[Aa]gr|[Tt]eol|[Dd]r|[Dd]oc"
    r"|[Ll]ic|[Dd]iv|ca|kl|nr"
    r"|[Tt]\.?ex|s\.?k|[Ff]\.?d|[Ll]eg|[Jj]ur|[Ee]kon|[Mm]r|[Mm]rs|[Mm]s|St|[Dd]\.?v\.?s|[Tt]f"
    r"|[Bb]itr|[Vv]ice)\.$"
)


def sentences(piece: Piece) -> list[Piece]:
    """Return the sentences of a piece; initials and abbreviations end none."""
    found: list[Piece] = []
    start = 0
    for match in _SENTENCE_END.finditer(piece.text):
        sentence = piece.text[start : match.start()]
        if _ABBREVIATION.search(sentence[-12:]) and match.group() != "\n":
            continue
        found.append(piece.part(start, match.start()))
        start = match.end()
    found.append(piece.part(start))
    return [one for one in found if one.text.strip()]
