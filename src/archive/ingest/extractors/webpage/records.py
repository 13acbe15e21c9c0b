"""What the child yields of a page: parts of its outline, and how they become frames."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from archive.ingest.extractors import frames
from archive.ingest.extractors.base import Finish
from archive.ingest.framing import framed
from archive.model.seminar_pages.seminar_page import BlockKind

BLOCKS_A_PART = 200
BLOCKS_MAX = 20_000
BLOCK_MAX_CHARS = 20_000
ADDRESS_MAX_CHARS = 4_000
LINKS_A_BLOCK = 500
EMPHASES_A_BLOCK = 500
NUMBER_MAX = 100_000
LEVEL_MAX = 100
FACT_MAX_CHARS = 500
HINTS_MAX = 20
SITE_NAMES_MAX = 12
REMARKS_MAX = 20


@dataclass(frozen=True, slots=True)
class OutlineBlock:
    """A block with the addresses as they stand in the page: (address, start, end)."""

    kind: BlockKind
    text: str
    level: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    links: tuple[tuple[str, int, int], ...] = ()
    emphases: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """Some blocks of a page, in order."""

    blocks: tuple[OutlineBlock, ...]


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What stands around the blocks; `base` is the address of the element of that name, "" for none."""

    title: str = ""
    base: str = ""
    language: str = ""
    published_on: str = ""
    site_names: tuple[str, ...] = ()
    hints: tuple[Mapping[str, str], ...] = field(default=())
    remarks: tuple[str, ...] = ()


OutlineRecord = OutlinePart | PageFacts | Finish


def encode(record: OutlineRecord, text_max_chars: int) -> bytes:
    """Return the frame of one record, with its length. Raises ValueError when it would be too large."""
    if isinstance(record, Finish):
        return frames.encode(record, text_max_chars)
    message = _part(record) if isinstance(record, OutlinePart) else _facts(record)
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "ignore")
    if len(body) > frames.FRAME_MAX_BYTES:
        raise ValueError("frame too large")
    return framed(body)


def _part(part: OutlinePart) -> dict[str, object]:
    return {"kind": "outline", "blocks": [_block(block) for block in part.blocks]}


def _block(block: OutlineBlock) -> list[object]:
    links = [[address[:ADDRESS_MAX_CHARS], start, end] for address, start, end in block.links]
    place = [min(number, NUMBER_MAX) for number in (block.table, block.row, block.column)]
    return [str(block.kind), block.text, min(block.level, LEVEL_MAX), *place, links, _lists(block.emphases)]


def _lists(spans: Sequence[tuple[int, int]]) -> list[list[int]]:
    return [list(span) for span in spans]


def _facts(facts: PageFacts) -> dict[str, object]:
    return {
        "kind": "facts",
        "title": facts.title[:FACT_MAX_CHARS],
        "base": facts.base[:ADDRESS_MAX_CHARS],
        "language": facts.language[:FACT_MAX_CHARS],
        "published_on": facts.published_on[:FACT_MAX_CHARS],
        "site_names": [name[:FACT_MAX_CHARS] for name in facts.site_names[:SITE_NAMES_MAX]],
        "hints": [
            {name: value[:FACT_MAX_CHARS] for name, value in hint.items()} for hint in facts.hints[:HINTS_MAX]
        ],
        "remarks": [remark[:FACT_MAX_CHARS] for remark in facts.remarks[:REMARKS_MAX]],
    }
