"""What the beginnings of several decks have in common: the words of their template, no title of one of them.

A deck is told from another by the words of its cover, so that a deck and its PDF, or two editions of one
deck with another date, are the same here.
"""

import hashlib
import re
from collections.abc import Sequence
from itertools import islice

from archive.model.naming.wording import word_key
from archive.model.pages import BlockField, Page
from archive.model.tidying import tidy

OWN_FIELDS = frozenset(
    {
        BlockField.TITLE,
        BlockField.BODY,
        BlockField.BOX,
        BlockField.GROUP,
        BlockField.TABLE,
        BlockField.DIAGRAM,
    }
)
"""What everybody may read of a page, and what its author wrote for it."""

_PAGES_READ = 2
_LINES_A_PAGE_MAX = 12
_LINE_WORDS_MIN, _LINE_WORDS_MAX = 2, 24
_COVER_WORDS_MIN = 3
_WORD = re.compile(r"[^\W\d_]{2,}")


def opening_lines(pages: Sequence[Page], title: str) -> frozenset[str]:
    """Return the lines of the first pages, and the title in the properties, as `word_key` has them."""
    lines = {word_key(title)}
    for page in pages[:_PAGES_READ]:
        blocks = [block for block in page.blocks if block.field in OWN_FIELDS]
        headings = [block.text for block in blocks if block.field is BlockField.TITLE]
        texts = (line for block in blocks for line in block.text.splitlines())
        lines |= {word_key(tidy(text)) for text in (*headings, *islice(texts, _LINES_A_PAGE_MAX))}
    return frozenset(line for line in lines if _LINE_WORDS_MIN <= len(line.split()) <= _LINE_WORDS_MAX)


def cover_key(pages: Sequence[Page]) -> str:
    """Return a digest of the words of a deck's cover, which tells it from others; "" where it has none."""
    for page in pages[:_PAGES_READ]:
        texts = (block.text for block in page.blocks if block.field in OWN_FIELDS)
        words = sorted({word.casefold() for text in texts for word in _WORD.findall(text)})
        if len(words) >= _COVER_WORDS_MIN:
            return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]
    return ""
