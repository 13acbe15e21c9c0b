"""The reader of plain text."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.bounded import within_limits
from archive.ingest.extractors.flowing.flow import Flow
from archive.ingest.extractors.flowing.web_slides import parts
from archive.ingest.filetypes.plain_text import encoding_of
from archive.model.extraction import Outcome
from archive.model.pages import BlockField, Page

ENGINE = "text"
_HEAD_BYTES = 64 * 1024
_TITLE_MAX_CHARS = 120
_LINE_MAX_CHARS = 2_000  # a text without line ends is still dealt out to pages
_BULLET = re.compile(r"\s*(?:[-*•–]|\d{1,3}[.)])\s+(?=\S)")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_DAMAGED = "The text has letters in no known encoding. Save it as UTF-8 and add it again."
_LOST = "Some letters could not be read; they are shown as �."


class TextExtractor:
    """Reads plain text in UTF-8, UTF-16, UTF-32 or Windows-1252."""

    engine = ENGINE
    fields = frozenset({BlockField.TITLE, BlockField.BODY, BlockField.NOTES})

    def extract(self, file: BinaryIO, limits: ReadLimits) -> Iterator[Page | Finish]:
        """Yield the text in pages, at form feeds or as printed ones would end, then a Finish."""
        data = file.read(limits.unpacked_max_bytes + 1)
        encoding = encoding_of(data[:_HEAD_BYTES])
        if not encoding:
            yield Finish(Outcome.DAMAGED, _DAMAGED, engine=ENGINE)
            return
        text = data[: limits.unpacked_max_bytes].decode(encoding, "replace")
        problem = _LOST if "�" in text else ""
        if len(data) > limits.unpacked_max_bytes:
            problem = "Only the beginning of the text was read."
        yield from within_limits(_flow(text).pages(), limits, ENGINE, {}, problem)


def _flow(text: str) -> Flow:
    flow = Flow(ENGINE)
    is_first = True
    for number, part in enumerate(text.split("\f")):
        if number:
            flow.end_page()
        for run, is_note in parts(part.replace("\r\n", "\n").replace("\r", "\n")):
            if is_note:
                flow.block(BlockField.NOTES, [run])
                continue
            for paragraph in re.split(r"\n[ \t]*(?:\n[ \t]*)+", run):
                _add(flow, paragraph.strip("\n"), is_first)
                is_first = is_first and not paragraph.strip()
    return flow


def _add(flow: Flow, paragraph: str, is_first: bool) -> None:
    """Add the lines between two empty ones. A short first line on its own is the title."""
    lines = paragraph.split("\n")
    heading = _MARKDOWN_HEADING.match(lines[0])
    if heading:
        flow.heading(lines[0][heading.end() :].rstrip("# "))
        lines = lines[1:]
    elif is_first and len(lines) == 1 and len(lines[0]) <= _TITLE_MAX_CHARS:
        flow.heading(lines[0])
        return
    for line in lines:
        is_item = _BULLET.match(line) is not None
        for start in range(0, len(line), _LINE_MAX_CHARS):
            flow.paragraph(line[start : start + _LINE_MAX_CHARS], bullet=is_item)
