"""Reads the bytes of a page, whatever they are; nothing is fetched and no script is run."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree
from lxml import html as lxml_html

from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.webpage.decoding import decoded
from archive.ingest.extractors.webpage.facts import facts_of
from archive.ingest.extractors.webpage.outline import outline_of
from archive.ingest.extractors.webpage.records import (
    BLOCKS_A_PART,
    BLOCKS_MAX,
    OutlineBlock,
    OutlinePart,
    OutlineRecord,
)
from archive.model.extraction import Outcome

ENGINE = "lxml"
PAGE_MAX_BYTES = 10 * 1024 * 1024
_TEXT_MAX_CHARS = 2_000_000
_DAMAGED = "The web page cannot be read. Save it anew as HTML and import that."
_NO_WORDS = "The web page has no words: it may be made by a script. Save it from a browser and import that."
_LONG = "The page is longer than is read; what comes after its first {size} MB was left out."
_BROKEN_OFF = "The page is nested too deep or broken: what comes after that place was left out."
_CUT = "The page has more text than is read: only the first {count} blocks were."


class WebPageReader:
    """Reads one page. `content_type` is the header that it came with, "" for none."""

    def __init__(self, content_type: str = "") -> None:
        self._content_type = content_type

    def extract(self, file: BinaryIO, limits: ReadLimits) -> Iterator[OutlineRecord]:
        """Yield what is known of the page, its blocks, then a Finish. Never raises on a bad page."""
        size = min(PAGE_MAX_BYTES, limits.unpacked_max_bytes)
        data = file.read(size + 1)
        remarks = [_LONG.format(size=size // (1024 * 1024))] if len(data) > size else []
        try:
            root, is_whole = _parsed(decoded(data[:size], self._content_type))
        except (etree.LxmlError, ValueError, AssertionError):
            yield Finish(Outcome.DAMAGED, _DAMAGED if data.strip() else _NO_WORDS, engine=ENGINE)
            return
        if not is_whole:
            remarks.append(_BROKEN_OFF)
        outline = outline_of(root)
        blocks, was_cut = _bounded(outline.blocks)
        remarks += outline.remarks
        if was_cut:
            remarks.append(_CUT.format(count=len(blocks)))
        yield facts_of(root, remarks)
        for start in range(0, len(blocks), BLOCKS_A_PART):
            yield OutlinePart(tuple(blocks[start : start + BLOCKS_A_PART]))
        if not blocks:
            yield Finish(Outcome.EMPTY_NEEDS_OCR, _NO_WORDS, engine=ENGINE)
            return
        yield Finish(Outcome.OK_PARTIAL if remarks else Outcome.OK, " ".join(remarks)[:400], engine=ENGINE)


def _bounded(blocks: list[OutlineBlock]) -> tuple[list[OutlineBlock], bool]:
    kept: list[OutlineBlock] = []
    left = _TEXT_MAX_CHARS
    for block in blocks[:BLOCKS_MAX]:
        left -= len(block.text)
        if left < 0:
            return kept, True
        kept.append(block)
    return kept, len(blocks) > BLOCKS_MAX


def _parsed(text: str) -> tuple[Any, bool]:
    """Return the page's root and whether the parser came to its end; nothing from elsewhere is loaded."""
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    data = text.replace("\0", "").encode("utf-8", "replace")
    root = lxml_html.document_fromstring(data, parser=parser)
    return root, all(entry.level_name != "FATAL" for entry in parser.error_log)
