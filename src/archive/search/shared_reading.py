"""How much of its hits a page of results reads: a slide at the bounds alone takes as long as all others.

A file may have 200,000 characters and 20,000 words on each page; an ordinary page has a hundredth of that. So
each hit is given more than an ordinary page has, and what a hit has beyond is shared, in the hits' order.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from archive.catalogue import pages
from archive.catalogue.database.sessions import Session
from archive.catalogue.pages import PageTexts
from archive.highlight.matcher import Matcher
from archive.model.pages import BlockField, Picture

Place = tuple[str, int]
"""A page: the identifier of its version, its number."""

_OWN_CHARS = 10_000
_SHARED_CHARS = 200_000
_OWN_WORDS = 1200
_LONG_PICTURES_MAX = 2
_OWN_MARKS = 100
_SHARED_MARKS = 1000
# What may be read to count matches, in characters: a page takes as long as 500 of them.
READ_MAX = 8_000_000
_PAGE_COST = 500
_MATCHES_MAX = 150_000


class Share:
    """What is given out in turn: to each its own, and of what is beyond as much as others have left."""

    def __init__(self, own: int, shared: int) -> None:
        self._own = own
        self._left = shared

    def take(self, wanted: int) -> int:
        """Return how much of what is wanted may be had."""
        beyond = min(max(0, wanted - self._own), self._left)
        self._left -= beyond
        return min(wanted, self._own + beyond)


def shared_marks() -> Share:
    """Return how many words may be marked on the pictures of a page of results."""
    return Share(_OWN_MARKS, _SHARED_MARKS)


@dataclass(frozen=True, slots=True)
class ReadTexts:
    """The words of pages; `is_all`: none was left out. Of those in `cut` only the beginning is there."""

    pages: dict[Place, PageTexts]
    is_all: bool
    cut: frozenset[Place]


def read_texts(session: Session, shown: Sequence[Place], others: Sequence[Place]) -> ReadTexts:
    """Return the words of pages to show, and of other pages to count on as long as it is not too much.

    Those to show, in the order of hits, share what is long of them.
    """
    read: dict[Place, PageTexts] = {}
    left = READ_MAX
    for place, page in pages.each_text(session, (*shown, *others)):
        read[place] = page
        left -= _PAGE_COST + _char_count(page)
        if left < 0:
            read |= pages.texts_at(session, [place for place in shown if place not in read])
            break
    share = Share(_OWN_CHARS, _SHARED_CHARS)
    bounded = {place: _bounded(read[place], share) for place in shown if place in read}
    cut = frozenset(place for place, page in bounded.items() if page is not read[place])
    return ReadTexts(read | bounded, left >= 0, cut)


class MatchCount:
    """Counts the matches of a page of results, as long as there are not too many."""

    def __init__(self) -> None:
        self._left = _MATCHES_MAX

    def count(self, texts: Iterable[Sequence[tuple[str, str]]], matcher: Matcher) -> tuple[int, bool]:
        """Return how many matches pages have, each (text, language) pairs, and whether all were counted."""
        total = 0
        for page in texts:
            if self._left <= 0:
                return total, False
            found = matcher.count_all(page)
            self._left -= found
            total += found
        return total, True


def read_pictures(session: Session, places: Sequence[Place], words_max: int) -> dict[Place, Picture]:
    """Return the pictures of pages in the order of hits: the first long ones with `words_max` words."""
    read = pages.pictures_at(session, places, min(words_max, _OWN_WORDS))
    long = [place for place in places if place in read and len(read[place].words) >= _OWN_WORDS]
    return read | pages.pictures_at(session, long[:_LONG_PICTURES_MAX], words_max) if long else read


def _bounded(page: PageTexts, share: Share) -> PageTexts:
    """Return a page with as many characters as may be had, whole words; its title is always whole."""
    wanted = _char_count(page)
    left = share.take(wanted)
    return page if left == wanted else replace(page, blocks=tuple(_begun(page.blocks, left)))


def _begun(
    blocks: Collection[tuple[BlockField, str, str]], chars_max: int
) -> Iterator[tuple[BlockField, str, str]]:
    left = chars_max
    for field, text, language in blocks:
        if field is BlockField.TITLE or len(text) <= left:
            yield field, text, language
        elif left > 0:
            yield field, (text[:left].rpartition(" ")[0] or text[:left]), language
        left -= len(text)


def _char_count(page: PageTexts) -> int:
    return sum(len(text) for _, text, _ in page.blocks)
