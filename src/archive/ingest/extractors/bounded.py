"""Keep the pages of a file within the bounds of a reading, and say what was left out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from archive.ingest.extractors.base import Finish, ReadLimits
from archive.model.extraction import Outcome
from archive.model.pages import Block, Page, Paragraph

_LONG = "The page has more text than is read."


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


def within_limits(
    pages: Iterable[Page], limits: ReadLimits, engine: str, properties: Mapping[str, str], problem: str = ""
) -> Iterator[Page | Finish]:
    """Yield at most `pages_max` pages, each cut to its bound, then a Finish that names what is missing.

    `problem` is a sentence about what could not be read, "" when all could be.
    """
    count, cut = 0, 0
    for page in pages:
        count += 1
        if count > limits.pages_max:
            continue
        blocks, was_cut = cut_blocks(page.blocks, limits.page_text_max_chars)
        cut += was_cut
        yield replace(page, blocks=blocks, broken=page.broken or (_LONG if was_cut else ""))
    messages = [problem] if problem else []
    if count > limits.pages_max:
        messages.append(f"Only the first {limits.pages_max} of {count} pages were read.")
    if cut:
        messages.append(f"{cut} of the pages have more text than is read.")
    category = Outcome.OK_PARTIAL if messages else Outcome.OK
    yield Finish(category, " ".join(messages), properties, count, engine)
