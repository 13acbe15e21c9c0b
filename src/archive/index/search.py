"""A search as every engine takes it, and its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from archive.index.query import Query
from archive.index.schema import Facet


class Sort(StrEnum):
    """Order of groups; relevance is that of the best page.

    Ties: newest date first, then by `IndexDocument.group_order`, by `order`, and last by group identifier.

    Groups without a date or title come last in every order by it.
    """

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a visitor may see and has chosen.

    Attributes:
        max_rank: Pages above this visibility rank do not exist for this search, nor in any count.
        filters: Per facet the chosen values. A page must have one of the values of each facet; a facet
            without values is no filter.
        masked: Documents to leave out because a pending change hides or deletes them.
    """

    max_rank: int = 0
    filters: Mapping[Facet, Sequence[str]] = field(default_factory=dict)
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fallback:
    """What is found, too, where few groups match a search's own query.

    Where fewer than `enough` groups match that, whatever values are chosen, the pages that match `query` are
    found as well, but of all other groups only; these come last in every order.
    """

    query: Query
    enough: int


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search: which pages, for whom, in which order, and what of the answer is wanted.

    Attributes:
        query: Which pages match.
        scope: Which of them the visitor may see and has chosen.
        sort: The order of groups.
        offset: How many groups to leave out at the beginning.
        limit: How many groups to return at most.
        best: How many of its best pages each group comes with.
        facets: The facets whose values are counted.
        facet_limit: How many values of each at most.
        document: One whose matching pages are wanted, too, wherever its group is in the order; "" for none.
        fallback: What is found, too, where few groups match; None for nothing.
    """

    query: Query
    scope: Scope = Scope()
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    best: int = 3
    facets: Sequence[Facet] = ()
    facet_limit: int = 50
    document: str = ""
    fallback: Fallback | None = None


@dataclass(frozen=True, slots=True)
class PageRef:
    """A page by its document and number."""

    document: str
    number: int


@dataclass(frozen=True, slots=True)
class GroupHit:
    """A group that matches: its best pages (best first) and all its matching pages (reading order).

    Reading order is by `IndexDocument.order`, document identifier, then page number; it also decides between
    equally good pages.
    `is_fallback`: its pages match the request's fallback and not its query. An engine may make `pages` while
    somebody goes through them.
    """

    group: str
    best: tuple[PageRef, ...]
    pages: Sequence[PageRef]
    is_fallback: bool = False


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many groups and pages would match with this value chosen."""

    value: str
    groups: int
    pages: int


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """Groups of one result page, exact totals, and counts.

    Counts of a facet leave out that facet's own filter; most groups first, of equal ones most pages, then by
    value. `document_pages`:
    the numbers of the matching pages of the request's document, in reading order. `fallback_groups` and
    `fallback_pages`: how many of the totals match the request's fallback only.
    """

    groups: tuple[GroupHit, ...]
    total_groups: int
    total_pages: int
    facets: Mapping[Facet, tuple[FacetCount, ...]] = field(default_factory=dict)
    document_pages: tuple[int, ...] = ()
    fallback_groups: int = 0
    fallback_pages: int = 0
