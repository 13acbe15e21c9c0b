"""Reading a web page to its outline in a confined child; what the child answers is checked."""

import math
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Annotated
from urllib.parse import quote, urljoin, urlsplit

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from archive.analysis.normalize import normalize
from archive.errors import FileRejected
from archive.ingest.extractors import frames
from archive.ingest.extractors.base import Finish
from archive.ingest.extractors.webpage import records
from archive.ingest.reading import wire
from archive.ingest.reading.limits import extract_limits
from archive.ingest.sandbox.base import Limits, Request, Sandbox
from archive.ingest.sandbox.open_sandbox import open_sandbox
from archive.model.extraction import Outcome
from archive.model.seminar_pages.page_outline import PageHint, PageOutline
from archive.model.seminar_pages.seminar_page import BlockKind, PageLink, SourceBlock
from archive.settings.settings import Settings

REGISTRY = "archive.ingest.extractors.webpage.registry"
"""The readers of pages; a sandbox is opened with it."""
_CONTENT_TYPE_MAX_CHARS = 200
_NO_PAGE = "The reader ended before the end of the page."
_SAFE = "%/:?#[]@!$&'()*+,;=~"

_Count = Annotated[int, Field(ge=0, le=records.NUMBER_MAX)]
_Offset = Annotated[int, Field(ge=0, le=records.BLOCK_MAX_CHARS)]
_Text = Annotated[str, Field(min_length=1, max_length=records.BLOCK_MAX_CHARS)]
_Address = Annotated[str, Field(max_length=records.ADDRESS_MAX_CHARS)]
_Fact = Annotated[str, Field(max_length=records.FACT_MAX_CHARS)]
_Links = Annotated[tuple[tuple[_Address, _Offset, _Offset], ...], Field(max_length=records.LINKS_A_BLOCK)]
_Spans = Annotated[tuple[tuple[_Offset, _Offset], ...], Field(max_length=records.EMPHASES_A_BLOCK)]
_Level = Annotated[int, Field(ge=0, le=records.LEVEL_MAX)]
_Block = tuple[BlockKind, _Text, _Level, _Count, _Count, _Count, _Links, _Spans]


class _Untrusted(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _UntrustedPart(_Untrusted):
    kind: Annotated[str, Field(pattern="^outline$")]
    blocks: Annotated[tuple[_Block, ...], Field(max_length=records.BLOCKS_A_PART)]


class _UntrustedHint(_Untrusted):
    name: _Fact
    starts_on: _Fact
    ends_on: _Fact
    place: _Fact
    organiser: _Fact


class _UntrustedFacts(_Untrusted):
    kind: Annotated[str, Field(pattern="^facts$")]
    title: _Fact
    base: _Address
    language: _Fact
    published_on: _Fact
    site_names: Annotated[tuple[_Fact, ...], Field(max_length=records.SITE_NAMES_MAX)]
    hints: Annotated[tuple[_UntrustedHint, ...], Field(max_length=records.HINTS_MAX)]
    remarks: Annotated[tuple[_Fact, ...], Field(max_length=records.REMARKS_MAX)]


_FRAME: TypeAdapter[_UntrustedPart | _UntrustedFacts] = TypeAdapter(_UntrustedPart | _UntrustedFacts)


def read_web_page(
    settings: Settings, file: Path, address: str, content_type: str = "", time_s: float = math.inf
) -> PageOutline:
    """Read the page in `file` in a child process of its own.

    Args:
        settings: those of the archive; the bounds of reading are in them.
        file: the bytes as a server sent them.
        address: where the page is from; relative links count from there. "" leaves them as they are.
        content_type: the header that the server sent, "" for none.
        time_s: how long it may take, where that is less than any file may.

    Raises:
        FileRejected: the page cannot be read, or the child ended before it was.
        PathError: the file cannot be opened.
        PartMissing: no child process can be started.
    """
    with closing(open_sandbox(settings.extract.isolation, REGISTRY)) as sandbox:
        limits = extract_limits(settings)
        limits = replace(limits, wall_time_s=min(limits.wall_time_s, time_s))
        return outline_of(sandbox, file, limits, address, content_type)


def outline_of(sandbox: Sandbox, file: Path, limits: Limits, address: str, content_type: str) -> PageOutline:
    """Read a page in a sandbox that was opened with `REGISTRY`; see `read_web_page`."""
    request = Request("extract", content_type[:_CONTENT_TYPE_MAX_CHARS])
    with sandbox.run(request, file, limits) as untrusted_frames:
        return decode(untrusted_frames, address)


def decode(untrusted_frames: Iterator[bytes], address: str) -> PageOutline:
    """Return the outline that a child answered with.

    Raises WireError for anything but well-formed frames, FileRejected with the child's reason.
    """
    facts: _UntrustedFacts | None = None
    blocks: list[SourceBlock] = []
    finish: Finish | None = None
    for untrusted_frame in untrusted_frames:
        if finish is not None:
            raise wire.WireError
        record = _decoded(untrusted_frame)
        if isinstance(record, Finish):
            finish = record
        elif isinstance(record, _UntrustedFacts):
            if facts is not None:
                raise wire.WireError
            facts = record
        else:
            base = _base(address, facts)
            blocks += [_block(block, base) for block in record.blocks]
            if facts is None or len(blocks) > records.BLOCKS_MAX:
                raise wire.WireError
    if finish is None or facts is None or not finish.category.is_read:
        category = Outcome.CRASH if finish is None else finish.category
        raise FileRejected(category, (finish and finish.message) or _NO_PAGE)
    return _outline(facts, blocks, address)


def _decoded(untrusted_frame: bytes) -> "_UntrustedPart | _UntrustedFacts | Finish":
    try:
        return _FRAME.validate_json(untrusted_frame)
    except ValidationError:
        record = wire.decode(untrusted_frame, 0)
    if not isinstance(record, Finish):
        raise wire.WireError
    return record


def _outline(facts: _UntrustedFacts, blocks: list[SourceBlock], address: str) -> PageOutline:
    hints = (
        PageHint(
            *(
                normalize(getattr(hint, name))
                for name in ("name", "starts_on", "ends_on", "place", "organiser")
            )
        )
        for hint in facts.hints
    )
    return PageOutline(
        address=address,
        title=normalize(facts.title),
        blocks=tuple(blocks),
        language=normalize(facts.language),
        site_names=tuple(map(normalize, facts.site_names)),
        published_on=normalize(facts.published_on),
        hints=tuple(hints),
        remarks=tuple(map(normalize, facts.remarks)),
    )


def _base(address: str, facts: _UntrustedFacts | None) -> str:
    return absolute(facts.base, address) if facts is not None and facts.base else address


def _block(untrusted: _Block, base: str) -> SourceBlock:
    kind, untrusted_text, level, table, row, column, links, emphases = untrusted
    text = normalize(untrusted_text)
    within = len(text)
    return SourceBlock(
        kind, text, level, table, row, column,
        tuple(PageLink(absolute(link[0], base), *link[1:]) for link in links if link[1] < link[2] <= within),
        tuple((start, end) for start, end in emphases if start < end <= within),
    )  # fmt: skip


def absolute(untrusted_target: str, base: str) -> str:
    """Return the address that a link leads to; what has percent signs stays byte for byte, %E4 too.

    Letters that an address cannot hold are written as UTF-8 with percent signs, as browsers do (WHATWG URL).
    """
    target = re.sub(r"[\t\n\r]", "", untrusted_target).strip()
    try:
        joined = urljoin(base, target)
        urlsplit(joined)
    except ValueError:
        return target
    return quote(joined, safe=_SAFE)


# The largest honest frame is far below this; the sandbox refuses larger ones before they are read.
assert records.BLOCKS_A_PART * records.BLOCK_MAX_CHARS * 2 < frames.FRAME_MAX_BYTES
