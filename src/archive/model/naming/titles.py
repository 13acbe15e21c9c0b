"""What a document is called that nobody gave a title.

The title in a file's properties is often that of the template or of an older deck, so it counts where the
first pages say the same. Else the first page is read as people read a cover: its heading, its first words,
what OCR saw on it; then later headings, and at last the name of the file. What other decks of the archive
say as well is their template's, and gives way to what only this one says.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile
from types import MappingProxyType

from archive.model.naming.file_names import readable_name
from archive.model.naming.page_lines import (
    LINE_MAX_CHARS,
    has_own_words,
    heading_of,
    own_blocks,
    own_lines,
    seen_lines,
    stands_on,
    usable,
    word_count,
)
from archive.model.naming.phrases import (
    is_about_template,
    is_filled_in,
    is_kind,
    is_section,
    printed_name,
    real_title,
)
from archive.model.naming.wording import begins, is_within, word_key
from archive.model.pages import BlockField, Page
from archive.model.tidying import shortened, tidy

PAGES_READ = 10
"""How many pages from the first one a title may be read from."""

_WORDS_OF_TITLE_MIN = 3  # a first line with fewer words is a beginning, and the next line goes on
_WORDS_OF_TITLE_MAX = 16
_COVER_WORDS_MAX = 40
_SEEN_COVER_WORDS_MAX = 25
# Two talks may well have one title; three decks that differ, and yet say the same on their covers, have a
# template in common. What stands only in the properties or further in is the template's sooner.
_OTHERS_WITH_COVER_MAX = 1
_ANY_SUFFIX = ".pdf"

_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3}[.!?])\s")
# "Petros Likidis", "Region Gävleborg": a person or a body, or else a title in English.
_NAMES = re.compile(r"(?:[A-ZÅÄÖÉÜ][^\W\d_]+[\s,&/.-]+){1,3}[A-ZÅÄÖÉÜ][^\W\d_]+")
# "Karin Bredenberg, Metadatastrateg": who speaks, and as what.
_NAME_AND_ROLE = re.compile(rf"{_NAMES.pattern}(?:\s*[,(|/]|\s+[-–—]\s|$)")


@dataclass(frozen=True, slots=True)
class NamedFile:
    """What a file has to be named by.

    `pages` are the first ones that everybody may see, in order; `properties` the file's own.
    """

    filename: str
    pages: Sequence[Page] = ()
    properties: Mapping[str, str] | None = None


def title_of(file: NamedFile, others: Mapping[str, int] = MappingProxyType({})) -> str:
    """Return what the document is called: the first of all candidates that says something of its own.

    Args:
        file: the name, the pages and the properties to choose from.
        others: how many other decks begin with a line, too, by its `word_key`.
    """
    candidates = list(filter(None, _candidates(file)))
    if not candidates:
        return readable_name(file.filename)
    title, cover = candidates[0], _cover(file)
    if not stands_on(title, cover):
        return next((text for text in candidates if not _is_shared(text, cover, others)), title)
    if not _is_shared(title, cover, others):
        return title
    own = (text for text in candidates if stands_on(text, cover) and not _is_shared(text, cover, others))
    return next(own, "") or _first_own_words(cover, others) or title


def _cover(file: NamedFile) -> Page:
    return next(dropwhile(_is_of_template, file.pages[:PAGES_READ]), Page(1))


def _is_shared(title: str, cover: Page, others: Mapping[str, int]) -> bool:
    count = others.get(word_key(title), 0)
    return count > (_OTHERS_WITH_COVER_MAX if stands_on(title, cover) else 0)


def _first_own_words(cover: Page, others: Mapping[str, int]) -> str:
    """Return the first words of a cover that neither other decks have nor name who speaks; "" if none."""
    return _first_words(cover, lambda line: not others.get(word_key(line)) and not _NAME_AND_ROLE.match(line))


def _candidates(file: NamedFile) -> Iterator[str]:
    given = _property_title(file)
    pages = list(dropwhile(_is_of_template, file.pages[:PAGES_READ]))
    first = pages[0] if pages else Page(1)
    heading = heading_of(first)
    if given and _names_page(given, first, heading):
        yield _better_written(given, heading)
    if given and any(word_key(given) == word_key(heading_of(page)) for page in pages[1:2]):
        yield given
    yield _whole_heading(first, heading)
    if given and any(stands_on(given, page) for page in pages[1:2]):
        yield given
    if not is_section(heading):
        yield _first_words(first)
    if not has_own_words(first):
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
    if not heading or not usable(heading):
        return stands_on(title, page)
    if is_within(title, heading):
        return word_count(title) >= min(_WORDS_OF_TITLE_MIN, word_count(heading))
    return word_count(title) >= _WORDS_OF_TITLE_MIN and stands_on(title, page)


def _better_written(given: str, heading: str) -> str:
    """Return the heading where it says the same as the title given and is not in capitals."""
    is_same = word_key(given) == word_key(heading)
    return heading if is_same and not heading.isupper() else given


def _whole_heading(page: Page, heading: str) -> str:
    """Return the first page's heading; one that only says "Policy" is the line that begins with it."""
    title = usable(heading)
    if not title or not is_kind(title):
        return title
    longer = (
        line
        for line in own_lines(page)
        if line.casefold().startswith(f"{title.casefold()} ") and word_count(line) <= _WORDS_OF_TITLE_MAX
    )
    return next(longer, "")


def _weak_heading(heading: str) -> Iterator[str]:
    if not is_filled_in(heading) and is_kind(heading):
        yield heading


def _first_words(page: Page, is_wanted: Callable[[str], bool] = bool) -> str:
    """Return the first words of a page that has no heading of its own: whole lines, three words or more."""
    lines = [line for line in own_lines(page) if usable(line) and not is_kind(line) and is_wanted(line)]
    title = ""
    for line in [line for line in lines if not _NAMES.fullmatch(line)] or lines:
        title = f"{title} {line}".strip()
        if word_count(title) >= _WORDS_OF_TITLE_MIN:
            break
    named = (block.paragraphs[0].text for block in page.blocks if block.field is BlockField.SECTION)
    title = next((name for name in map(tidy, named) if word_count(name) > 1 and begins(title, name)), title)
    sentence = _SENTENCE_END.split(title, maxsplit=1)[0]
    return tidy(shortened(sentence, LINE_MAX_CHARS))


def _behind_pictures(first: Page, following: Sequence[Page]) -> Iterator[str]:
    """Yield titles for a document whose first page has no words of its own, but a logo or a picture.

    A cover behind it comes first, then a cover that OCR read, and then what OCR read on a page full of words.
    """
    seen = seen_lines(first)
    for page in following[:1]:
        if sum(word_count(block.text) for block in own_blocks(page)) <= _COVER_WORDS_MAX:
            yield _whole_heading(page, heading_of(page))
    if sum(map(word_count, seen)) <= _SEEN_COVER_WORDS_MAX:
        yield from seen[:1]
    yield from _headings(following[:1])
    yield from seen[:1]


def _headings(pages: Sequence[Page]) -> Iterator[str]:
    yield from (title for page in pages if (title := usable(heading_of(page))) and not is_kind(title))


def _is_of_template(page: Page) -> bool:
    return is_about_template(heading_of(page))
