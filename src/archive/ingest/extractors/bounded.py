"""Keep the words of one page within a bound."""

from collections.abc import Sequence
from dataclasses import replace

from archive.model.pages import Block, Paragraph


def cut_blocks(blocks: Sequence[Block], max_chars: int) -> tuple[tuple[Block, ...], bool]:
    """Return the blocks up to `max_chars` characters together, and whether anything was cut off."""
    kept: list[Block] = []
    left = max_chars
    for block in blocks:
        length = len(block.text)
        if length > left:
            part = _cut_block(block, left)
            return (*kept, *([part] if part.text else [])), True
        kept.append(block)
        left -= length
    return tuple(kept), False


def _cut_block(block: Block, max_chars: int) -> Block:
    paragraphs: list[Paragraph] = []
    left = max_chars
    for paragraph in block.paragraphs:
        if left <= 0:
            break
        paragraphs.append(replace(paragraph, text=paragraph.text[:left]))
        left -= len(paragraph.text) + 1
    rows: list[tuple[str, ...]] = []
    for row in block.rows:
        left -= sum(len(cell) + 1 for cell in row)
        if left < 0:
            break
        rows.append(row)
    return replace(block, paragraphs=tuple(paragraphs), rows=tuple(rows))
