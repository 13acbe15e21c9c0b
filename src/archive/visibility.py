"""Who may see what: the one policy. Nothing else compares ranks or looks at `hidden` to decide it.

A *rank* is how strict a record is (`Visibility.rank`). A visitor sees records of ranks up to their own;
hidden slides, speaker notes, comments and the files of older versions are for staff alone. The slides of
an older version go on being seen by those who could see them, since they may have been cited.
`catalogue/visibility.py` has the same rules as SQL conditions, the index as the ranks of its pages; a
property test holds them together.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from archive.model.naming.wording import is_within
from archive.model.pages import UNSEARCHED_FIELDS, Block, BlockField, Page
from archive.model.visibility import OriginalsPolicy, Visibility

STAFF_FIELDS = frozenset({BlockField.NOTES, BlockField.COMMENT})
"""Fields that only staff read and search until staff say otherwise."""

_ABOUT_CONTENT = frozenset({"title", "subject", "description", "keywords"})
"""Properties of a file that say what is in it; programs fill them in from its first slide, hidden or not."""

_STAFF_RANK = Visibility.STAFF.rank
_READABLE_BY_ALL = frozenset(BlockField) - STAFF_FIELDS - UNSEARCHED_FIELDS
_READABLE_BY_STAFF = frozenset(BlockField) - UNSEARCHED_FIELDS


class _HasHidden(Protocol):
    @property
    def hidden(self) -> bool:
        """Return whether its author has hidden the slide."""
        ...


_Page = TypeVar("_Page", bound=_HasHidden)


def strictest_rank(levels: Iterable[Visibility]) -> int:
    """Return the rank of a record whose parts (document, talk, event) have these levels; 0 without parts."""
    return max((level.rank for level in levels), default=0)


def may_see(visitor: Visibility, rank: int) -> bool:
    """Return whether a visitor may see a record of a rank."""
    return rank <= visitor.rank


def finds_more_than_everybody(visitor: Visibility) -> bool:
    """Return whether a visitor may find what not everybody finds."""
    return not may_see(Visibility.PUBLIC, visitor.rank)


def may_see_page(visitor: Visibility, page: _HasHidden) -> bool:
    """Return whether a visitor who may see the document may see this page of it."""
    return may_see_hidden_pages(visitor) or not page.hidden


def may_see_hidden_pages(visitor: Visibility) -> bool:
    """Return whether a visitor sees the slides that their author has hidden."""
    return visitor.rank >= _STAFF_RANK


def may_see_staff_words(visitor: Visibility) -> bool:
    """Return whether a visitor reads and searches speaker notes and comments."""
    return visitor.rank >= _STAFF_RANK


def may_see_old_versions(visitor: Visibility) -> bool:
    """Return whether a visitor may have the files of versions that were replaced, and a list of these."""
    return visitor.rank >= _STAFF_RANK


def may_see_old_version(visitor: Visibility, seen_then: Visibility) -> bool:
    """Return whether a visitor who may see the document may see the slides of a version that was replaced.

    `seen_then`: who could see the document when it was replaced. Whoever could, may have cited a slide of
    it; who could not then does not get it now, though the document has been opened since.
    """
    return may_see(visitor, seen_then.rank)


def is_hidden_since(page: _HasHidden, chosen: _HasHidden, is_like_hidden: bool) -> bool:
    """Return whether a slide of a version that was replaced is hidden now.

    Args:
        page: the slide as it was.
        chosen: the same as staff have chosen since.
        is_like_hidden: whether a hidden slide of the document's shown version has the same words.
    """
    return page.hidden or chosen.hidden or is_like_hidden


def may_have_original(visitor: Visibility, policy: OriginalsPolicy, holds_staff_words: bool) -> bool:
    """Return whether a visitor who may see the document may have the file itself.

    `holds_staff_words`: whether it holds hidden slides, notes, comments or the like, or may hold them.
    """
    if visitor.rank >= _STAFF_RANK or policy is OriginalsPolicy.EVERYBODY:
        return True
    return policy is OriginalsPolicy.CLEAN and not holds_staff_words


def may_have_clean_copy(visitor: Visibility, policy: OriginalsPolicy) -> bool:
    """Return whether a visitor who may see the document may have a copy of what everybody may see of it."""
    return visitor.rank >= _STAFF_RANK or policy is not OriginalsPolicy.STAFF


def is_for_staff_alone(level: Visibility) -> bool:
    """Return whether a record of a level is seen by nobody but staff, as a draft is."""
    return level is Visibility.STAFF


def previewed_by(level: Visibility) -> Visibility:
    """Return through whose eyes a preview shows a record of a level: a draft is shown as everybody will."""
    return Visibility.PUBLIC if is_for_staff_alone(level) else level


def policy_of(document: OriginalsPolicy | None, setting: OriginalsPolicy) -> OriginalsPolicy:
    """Return who gets a document's original: what staff have chosen for it, else what the setting says."""
    return document or setting


def is_for_everybody(rank: int, page: _HasHidden) -> bool:
    """Return whether every visitor may see a page of a document of a rank."""
    return index_rank(rank, page) == Visibility.PUBLIC.rank


def index_rank(rank: int, page: _HasHidden) -> int:
    """Return the rank from which on a page of a document of a rank is found."""
    return _STAFF_RANK if page.hidden else rank


def visible_pages(visitor: Visibility, pages: Iterable[_Page]) -> list[_Page]:
    """Return those pages of a document that a visitor may see, in their order."""
    return [page for page in pages if may_see_page(visitor, page)]


def is_for_staff(page: _HasHidden, block: Block) -> bool:
    """Return whether only staff may read a block of a page, whatever the rank of its document."""
    return page.hidden or block.field in STAFF_FIELDS


def readable_fields(visitor: Visibility) -> frozenset[BlockField]:
    """Return the fields of a page whose words a visitor may read; page numbers are read by nobody."""
    return _READABLE_BY_STAFF if may_see_staff_words(visitor) else _READABLE_BY_ALL


def readable_blocks(visitor: Visibility, blocks: Iterable[Block]) -> list[Block]:
    """Return those blocks of a page that a visitor may read, in their order."""
    fields = readable_fields(visitor)
    return [block for block in blocks if block.field in fields]


def open_properties(properties: Mapping[str, str], pages: Sequence[Page]) -> dict[str, str]:
    """Return those of a file's properties that everybody may read.

    A title, a subject, keywords or a description are left out where they stand on a hidden page and not on
    one that everybody may see. `pages` are all pages of the file, or the hidden ones and some.
    """
    hidden = [block.text for page in pages if page.hidden for block in page.blocks]
    if not hidden:
        return dict(properties)
    shown = [
        block.text
        for page in pages
        if not page.hidden
        for block in readable_blocks(Visibility.PUBLIC, page.blocks)
    ]
    return {
        name: text
        for name, text in properties.items()
        if name not in _ABOUT_CONTENT or _stands_in(text, shown) or not _stands_in(text, hidden)
    }


def _stands_in(text: str, texts: Iterable[str]) -> bool:
    return any(is_within(text, one) for one in texts)
