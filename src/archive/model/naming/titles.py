"""What a document is called that nobody gave a title.

The title in a file's properties is often that of the template or of an older deck, so it counts where the
first pages say the same. Else the first page is read as people read a cover: its heading, its first words,
what OCR saw on it; then later headings, and at last the name of the file.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile, islice

from archive.model.naming.dates import MONTH_NAMES
from archive.model.naming.file_names import readable_name
from archive.model.naming.phrases import (
    is_about_template,
    is_filled_in,
    is_kind,
    is_section,
    printed_name,
    real_title,
)
from archive.model.naming.wording import begins, is_within, word_key
from archive.model.pages import Block, BlockField, Page
from archive.model.tidying import shortened, tidy

PAGES_READ = 10
"""How many pages from the first one a title may be read from."""

# What everybody may read of a page, and what its author wrote for it.
_OWN_FIELDS = frozenset(
    {
        BlockField.TITLE,
        BlockField.BODY,
        BlockField.BOX,
        BlockField.GROUP,
        BlockField.TABLE,
        BlockField.DIAGRAM,
    }
)
_WORDS_OF_TITLE_MIN = 3  # a first line with fewer words is a beginning, and the next line goes on
_WORDS_OF_TITLE_MAX = 16
_LINE_MAX_CHARS = 120
_LINES_MAX = 200
_COVER_WORDS_MAX = 40
_SEEN_COVER_WORDS_MAX = 25
_ANY_SUFFIX = ".pdf"

_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NO_TITLE = re.compile(
    r"""@\S+\.\w | https?:// | ^www\.
    | ^(?:version|sida?|page|bild|slide|författare|author|av|by|datum|date|tel)\b[\s:]*\S*$
    | (?:\.\s?){5} | ^(?:uppdaterad|updated|senast|last|copyright|©|licens|license|issn|isbn|doi)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3}[.!?])\s")
# "Petros Likidis", "Region Gävleborg": a person or a body, or else a title in English.
_NAMES = re.compile(r"(?:[A-ZÅÄÖÉÜ][^\W\d_]+[\s,&/.-]+){1,3}[A-ZÅÄÖÉÜ][^\W\d_]+")
# What may stand beside the digits of a line that is nothing but a date ("tisdag 3 nov. 2020, kl. 10.00").
_WORDS_OF_DATES = re.compile(
    rf"\b(?:{MONTH_NAMES}|\w{{2,4}}dag(?:en)?|\w{{3,6}}day|den|the|of|kl|klockan|at|st|nd|rd|th|e|am|pm|utc|cet)\b"
)


@dataclass(frozen=True, slots=True)
class NamedFile:
    """What a file has to be named by.

    `pages` are the first ones that everybody may see, in order; `properties` the file's own.
    """

    filename: str
    pages: Sequence[Page] = ()
    properties: Mapping[str, str] | None = None


def title_of(file: NamedFile) -> str:
    """Return what the document is called: the first of all candidates that says something of its own."""
    return next(filter(None, _candidates(file)), "") or readable_name(file.filename)


def _candidates(file: NamedFile) -> Iterator[str]:
    given = _property_title(file)
    pages = list(dropwhile(_is_of_template, file.pages[:PAGES_READ]))
    first = pages[0] if pages else Page(1)
    heading = _heading(first)
    if given and _names_page(given, first, heading):
        yield _better_written(given, heading)
    if given and any(word_key(given) == word_key(_heading(page)) for page in pages[1:2]):
        yield given
    yield _whole_heading(first, heading)
    if given and any(_stands_on(given, page) for page in pages[1:2]):
        yield given
    if not is_section(heading):
        yield _first_words(first)
    if not _has_own_words(first):
        yield from _behind_pictures(first, pages[1:])
    yield given
    name = readable_name(file.filename)
    if len(_WORD.findall(name)) > 1:
        yield name
    yield from _headings(pages[1:])
    yield from _weak_heading(heading)


def _property_title(file: NamedFile) -> str:
    title = tidy((file.properties or {}).get("title", ""))
    title = printed_name(title) or title
    title = readable_name(title + _ANY_SUFFIX) if "_" in title and " " not in title else title
    return "" if not real_title(title) or is_filled_in(title) or is_section(title) else title


def _names_page(title: str, page: Page, heading: str) -> bool:
    """Return whether a page says the same as a title, in its heading or in words enough to be its title."""
    if not heading or not _usable(heading):
        return _stands_on(title, page)
    if is_within(title, heading):
        return _word_count(title) >= min(_WORDS_OF_TITLE_MIN, _word_count(heading))
    return _word_count(title) >= _WORDS_OF_TITLE_MIN and _stands_on(title, page)


def _better_written(given: str, heading: str) -> str:
    """Return the heading where it says the same as the title given and is not in capitals."""
    is_same = word_key(given) == word_key(heading)
    return heading if is_same and not heading.isupper() else given


def _usable(title: str) -> str:
    is_own = bool(_WORD.search(title)) and not is_filled_in(title) and not is_section(title)
    return title if is_own and not _NO_TITLE.search(title) and not _is_date(title) else ""


def _is_date(line: str) -> bool:
    rest = _WORDS_OF_DATES.sub("", line.casefold())
    return rest != line.casefold() and not any(character.isalpha() for character in rest)


def _heading(page: Page) -> str:
    """Return the page's title as it is to be written, "" where it has none."""
    titles = (block.text for block in page.blocks if block.field is BlockField.TITLE)
    heading = tidy(next(titles, ""))
    return shortened(heading, 200) if len(heading.split()) <= 40 else ""


def _whole_heading(page: Page, heading: str) -> str:
    """Return the first page's heading; one that only says "Policy" is the line that begins with it."""
    title = _usable(heading)
    if not title or not is_kind(title):
        return title
    longer = (
        line
        for line in _lines(page)
        if line.casefold().startswith(f"{title.casefold()} ") and _word_count(line) <= _WORDS_OF_TITLE_MAX
    )
    return next(longer, "")


def _weak_heading(heading: str) -> Iterator[str]:
    if not is_filled_in(heading) and is_kind(heading):
        yield heading


def _first_words(page: Page) -> str:
    """Return the first words of a page that has no heading of its own: whole lines, three words or more."""
    lines = [line for line in _lines(page) if _usable(line) and not is_kind(line)]
    title = ""
    for line in [line for line in lines if not _NAMES.fullmatch(line)] or lines:
        title = f"{title} {line}".strip()
        if _word_count(title) >= _WORDS_OF_TITLE_MIN:
            break
    named = (block.paragraphs[0].text for block in page.blocks if block.field is BlockField.SECTION)
    title = next((name for name in map(tidy, named) if _word_count(name) > 1 and begins(title, name)), title)
    sentence = _SENTENCE_END.split(title, maxsplit=1)[0]
    return tidy(shortened(sentence, _LINE_MAX_CHARS))


def _behind_pictures(first: Page, following: Sequence[Page]) -> Iterator[str]:
    """Yield titles for a document whose first page has no words of its own, but a logo or a picture.

    A cover behind it comes first, then a cover that OCR read, and then what OCR read on a page full of words.
    """
    seen = _seen_lines(first)
    for page in following[:1]:
        if sum(_word_count(block.text) for block in _own_blocks(page)) <= _COVER_WORDS_MAX:
            yield _whole_heading(page, _heading(page))
    if sum(map(_word_count, seen)) <= _SEEN_COVER_WORDS_MAX:
        yield from seen[:1]
    yield from _headings(following[:1])
    yield from seen[:1]


def _headings(pages: Sequence[Page]) -> Iterator[str]:
    yield from (title for page in pages if (title := _usable(_heading(page))) and not is_kind(title))


def _seen_lines(page: Page) -> list[str]:
    """Return the lines that OCR read on a page."""
    blocks = (block for block in page.blocks if block.field is BlockField.OCR)
    lines = (tidy(line) for block in blocks for line in block.text.splitlines())
    return [shortened(line, _LINE_MAX_CHARS) for line in lines if _looks_written(line)]


def _looks_written(line: str) -> bool:
    letters = sum(character.isalpha() or character == " " for character in line)
    return bool(_usable(line)) and letters >= 0.8 * len(line) and max(map(len, line.split())) > 3


def _own_blocks(page: Page) -> list[Block]:
    return [block for block in page.blocks if block.field in _OWN_FIELDS]


def _has_own_words(page: Page) -> bool:
    return any(_WORD.search(block.text) for block in _own_blocks(page))


def _lines(page: Page) -> Iterator[str]:
    paragraphs = (paragraph.text for block in _own_blocks(page) for paragraph in block.paragraphs)
    lines = (line for text in paragraphs for line in text.splitlines())
    return filter(None, map(tidy, islice(lines, _LINES_MAX)))


def _stands_on(title: str, page: Page) -> bool:
    return is_within(title, " ".join(block.text for block in _own_blocks(page)))


def _is_of_template(page: Page) -> bool:
    return is_about_template(_heading(page))


def _word_count(text: str) -> int:
    return len(_LETTERS.findall(text))
