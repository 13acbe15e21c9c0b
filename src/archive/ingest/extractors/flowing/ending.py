"""Deals out pages within the limits and says how the reading ended."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.bounded import cut_blocks
from archive.model.extraction import Outcome
from archive.model.pages import Page

_LONG = "The page has more text than is read."


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
