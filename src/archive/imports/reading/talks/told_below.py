"""A topic in bold and the sentence below it that tells who spoke on it."""

from archive.imports.reading.headings import STRONG_LEVEL
from archive.imports.reading.items import Item
from archive.imports.reading.talks.drafts import Draft, bare_of, take_links
from archive.imports.reading.talks.prose import told_talks
from archive.imports.reading.talks.topics import topic_piece


def told_below(item: Item, known: frozenset[str]) -> Draft | None:
    """Return the talk of a line in bold, where one in the same paragraph tells of it; None elsewhere."""
    if (
        item.level != STRONG_LEVEL
        or item.title is None
        or item.is_cancelled
        or item.is_pause
        or not item.body
    ):
        return None
    line = item.body[0]
    told = [one for one in told_talks(bare_of(line, line.piece)[0], known) if one.people]
    if len(told) != 1 or line.piece.block != item.title.block:
        return None
    draft = Draft(topic_piece(item.title), list(told[0].people), list(told[0].moderators), slot=item.slot)
    draft.abstract, draft.place, draft.certainty = [told[0].sentence, *told[0].more], item.title.block, 0.85
    for one in item.body:
        take_links(draft, one)
    return draft
