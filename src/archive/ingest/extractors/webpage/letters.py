"""The text of one block while it is walked through: spaces joined, with the places of links and emphases."""

import re
from dataclasses import dataclass, field

from archive.analysis.normalize import normalize
from archive.ingest.extractors.webpage.records import (
    BLOCK_MAX_CHARS,
    EMPHASES_A_BLOCK,
    LINKS_A_BLOCK,
)

_SOURCE_SPACES = re.compile(r"[ \t\n\r\f]+")
_WIDE_GAP = re.compile(" ?\u00a0[\u00a0 ]+|\u00a0?[\u2002-\u2005]+|\t+")
_SPACES = " \t\n"
_FULL_CHARS = BLOCK_MAX_CHARS // 2


@dataclass(slots=True)
class _Open:
    """An element that is walked through: `address` is that of a link, None for an emphasis."""

    address: str | None
    start: int


@dataclass(slots=True)
class Letters:
    """Text in the making. Offsets are those of the text as it ends up."""

    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _last: str = "\n"
    _open: list[_Open] = field(default_factory=list)
    links: list[tuple[str, int, int]] = field(default_factory=list)
    emphases: list[tuple[int, int]] = field(default_factory=list)
    is_cut: bool = False

    def add(self, text: str) -> None:
        """Add text as it stands in the source."""
        joined = _WIDE_GAP.sub("\t", _SOURCE_SPACES.sub(" ", text))
        # Only after the gaps are found, which are made of spaces that do not break.
        joined = _joined(normalize(joined))
        if self._last in _SPACES:
            joined = joined.lstrip(_SPACES) if self._last != " " else joined.removeprefix(" ")
        self._put(joined)

    @property
    def is_full(self) -> bool:
        """Return whether the block is so long that another one should begin."""
        return self._length > _FULL_CHARS

    def line_break(self) -> bool:
        """End the line; return whether it was empty, so that a new block begins."""
        if self._last == "\n":
            return self._length > 0
        self._put("\n")
        return False

    def opened(self, address: str | None) -> None:
        """Begin a link, or with None an emphasis."""
        self._open.append(_Open(address, self._length))

    def closed(self) -> None:
        """End what was begun last."""
        self._span(self._open.pop())

    def taken(self) -> tuple[str, list[tuple[str, int, int]], list[tuple[int, int]]]:
        """Return the text with its links and emphases, and begin anew; what is open goes on."""
        for each in self._open:
            self._span(each)
            each.start = 0
        text = "".join(self._parts)
        links = [(address, *span) for address, *ends in self.links if (span := _trimmed(text, *ends))]
        emphases = [span for ends in self.emphases if (span := _trimmed(text, *ends))]
        self._parts, self._length, self._last = [], 0, "\n"
        self.links, self.emphases = [], []
        kept = text.rstrip(_SPACES)
        return kept, links[:LINKS_A_BLOCK], emphases[:EMPHASES_A_BLOCK]

    def _put(self, text: str) -> None:
        room = BLOCK_MAX_CHARS - self._length
        if len(text) > room:
            self.is_cut = True
            text = text[:room]
        if text:
            self._parts.append(text)
            self._length += len(text)
            self._last = text[-1]

    def _span(self, each: _Open) -> None:
        if each.start >= self._length and each.address is None:
            return
        if each.address is None:
            self.emphases.append((each.start, self._length))
        elif self._length > each.start:
            self.links.append((each.address, each.start, self._length))


def _joined(text: str) -> str:
    return re.sub(r" *\t[ \t]*", "\t", re.sub(r"\n+", " ", text)) if "\t" in text or "\n" in text else text


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
