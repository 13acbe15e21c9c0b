"""A search as every engine takes it, and its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from archive.index.query import Query
from archive.index.schema import Facet


class Sort(StrEnum):
    """Order of groups; relevance is that of the best page. Ties: newest date first, then group identifier.

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


@dataclass(frozen=True, slots=True)
class PageRef:
    """A page by its document and number."""

    document: str
    number: int


@dataclass(frozen=True, slots=True)
class GroupHit:
    """A group that matches: its best pages (best first) and all its matching pages (reading order).

    Reading order is by document identifier, then page number; it also decides between equally good pages.
    """

    group: str
    best: tuple[PageRef, ...]
    pages: tuple[PageRef, ...]


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many groups and pages would match with this value chosen."""

    value: str
    groups: int
    pages: int


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """Groups of one result page, exact totals, and counts.

    Counts of a facet leave out that facet's own filter; most groups first, then by value. `document_pages`:
    the numbers of the matching pages of the request's document, in reading order.
    """

    groups: tuple[GroupHit, ...]
    total_groups: int
    total_pages: int
    facets: Mapping[Facet, tuple[FacetCount, ...]] = field(default_factory=dict)
    document_pages: tuple[int, ...] = ()
