"""Makes a page to look over of a description that is none: a line for each thing that it says.

What a program has written down is sure; a field's passage is its own line.
"""

import re
from html import unescape

from archive.model.seminar_pages.seminar_page import (
    BlockKind,
    PageLink,
    Passage,
    ReadField,
    SourceBlock,
    no_addresses,
    no_text,
)

_TAGS = re.compile(r"<[^>]{0,2000}>")
_ENDS_LINE = re.compile(r"<(?:br|/p|/li|/h[1-6]|/div)[^>]{0,200}>", re.IGNORECASE)
_MAX_CHARS = 20_000


class Describing:
    """Collects the lines; `blocks` is what is shown."""

    def __init__(self) -> None:
        self.blocks: list[SourceBlock] = []

    def heading(self, text: str, level: int = 2) -> None:
        """Add a heading."""
        self.blocks.append(SourceBlock(BlockKind.HEADING, text, level))

    def text(self, value: object, label: str = "") -> ReadField[str | None]:
        """Add a line, and return its value as a field; a field without a value for what says nothing."""
        words = plain(value)
        if not words:
            return no_text()
        start = len(label) + 2 if label else 0
        self.blocks.append(SourceBlock(BlockKind.PARAGRAPH, f"{label}: {words}" if label else words))
        place = Passage(len(self.blocks) - 1, start, start + len(words))
        return ReadField(words, passages=(place,))

    def year(self, value: int | None, label: str) -> ReadField[int | None]:
        """Add a line with a year."""
        field = self.text("" if value is None else str(value), label)
        return ReadField(value, passages=field.passages)

    def names(self, values: list[str], label: str) -> ReadField[tuple[str, ...]]:
        """Add a line with names."""
        wanted = tuple(filter(None, map(plain, values)))
        if not wanted:
            return no_addresses()
        return ReadField(wanted, passages=self.text(", ".join(wanted), label).passages)

    def addresses(self, values: list[str], label: str) -> ReadField[tuple[str, ...]]:
        """Add a line for each address; what is no web address is left out."""
        wanted = tuple(dict.fromkeys(one for one in values if is_address(one)))
        places: list[Passage] = []
        for address in wanted:
            words = f"{label}: {address}"
            link = PageLink(address, len(label) + 2, len(words))
            self.blocks.append(SourceBlock(BlockKind.PARAGRAPH, words, links=(link,)))
            places.append(Passage(len(self.blocks) - 1, len(label) + 2, len(words)))
        return ReadField(wanted, passages=tuple(places)) if wanted else no_addresses()


def plain(value: object) -> str:
    """Return a value as text without tags; "" for what is no text."""
    if not isinstance(value, str):
        return ""
    lines = _TAGS.sub("", _ENDS_LINE.sub("\n", value[:_MAX_CHARS]))
    kept = (" ".join(line.split()) for line in unescape(lines).splitlines())
    return "\n".join(line for line in kept if line)


def is_address(value: object) -> bool:
    """Return whether a value is a web address."""
    return isinstance(value, str) and value.startswith(("https://", "http://")) and " " not in value
