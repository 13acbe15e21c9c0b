"""The lines of a page that may be a title, and those that never are: addresses, dates, page numbers.

What the beginnings of several decks have in common are the words of their template, no title of one of them.
A deck is told from another by the words of its cover, so that a deck and its PDF, or two editions of one deck
with another date, are the same here.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from archive.model.naming.dates import MONTH_NAMES
from archive.model.naming.phrases import is_filled_in, is_section
from archive.model.naming.wording import is_within, word_key
from archive.model.pages import Block, BlockField, Page
from archive.model.tidying import shortened, tidy

LINE_MAX_CHARS = 120
_LINES_MAX = 200
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NO_TITLE = re.compile(
    r"""@\S+\.\w | https?:// | ^www\.
    | ^(?:version|sida?|page|bild|slide|författare|author|av|by|datum|date|tel)\b[\s:]*\S*$
    | (?:\.\s?){5} | ^(?:uppdaterad|updated|senast|last|copyright|©|licens|license|issn|isbn|doi)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# What may stand beside the digits of a line that is nothing but a date ("tisdag 3 nov. 2020, kl. 10.00").
_WORDS_OF_DATES = re.compile(
    rf"\b(?:{MONTH_NAMES}|\w{{2,4}}dag(?:en)?|\w{{3,6}}day|den|the|of|kl|klockan|at|st|nd|rd|th|e|am|pm|utc|cet)\b"
)

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


def usable(title: str) -> str:
    """Return a line that says something of its own as it is, "" where it is none that may be a title."""
    is_own = bool(_WORD.search(title)) and not is_filled_in(title) and not is_section(title)
    return title if is_own and not _NO_TITLE.search(title) and not _is_date(title) else ""


def _is_date(line: str) -> bool:
    rest = _WORDS_OF_DATES.sub("", line.casefold())
    return rest != line.casefold() and not any(character.isalpha() for character in rest)


def heading_of(page: Page) -> str:
    """Return the page's title as it is to be written, "" where it has none."""
    titles = (block.text for block in page.blocks if block.field is BlockField.TITLE)
    heading = tidy(next(titles, ""))
    return shortened(heading, 200) if len(heading.split()) <= 40 else ""


def seen_lines(page: Page) -> list[str]:
    """Return the lines that OCR read on a page."""
    blocks = (block for block in page.blocks if block.field is BlockField.OCR)
    lines = (tidy(line) for block in blocks for line in block.text.splitlines())
    return [shortened(line, LINE_MAX_CHARS) for line in lines if _looks_written(line)]


def _looks_written(line: str) -> bool:
    letters = sum(character.isalpha() or character == " " for character in line)
    return bool(usable(line)) and letters >= 0.8 * len(line) and max(map(len, line.split())) > 3


def own_blocks(page: Page) -> list[Block]:
    """Return the blocks that the page's author wrote for everybody."""
    return [block for block in page.blocks if block.field in OWN_FIELDS]


def has_own_words(page: Page) -> bool:
    """Return whether the author wrote any word on the page."""
    return any(_WORD.search(block.text) for block in own_blocks(page))


def own_lines(page: Page) -> Iterator[str]:
    """Yield the lines that the author wrote, as they are to be written."""
    paragraphs = (paragraph.text for block in own_blocks(page) for paragraph in block.paragraphs)
    lines = (line for text in paragraphs for line in text.splitlines())
    return filter(None, map(tidy, islice(lines, _LINES_MAX)))


def stands_on(title: str, page: Page) -> bool:
    """Return whether the words of a title stand on the page, one after the other."""
    return is_within(title, " ".join(block.text for block in own_blocks(page)))


def word_count(text: str) -> int:
    """Return how many words a text has, numbers left out."""
    return len(_LETTERS.findall(text))


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
