"""Requests made by chance, of every kind that queries and the protocol allow; see `generated_indexes`."""

from collections.abc import Callable, Iterator
from random import Random

from archive.index.query import (
    AllOf,
    AnyOf,
    BestOf,
    FacetFilter,
    MatchAll,
    MatchNone,
    NoneOf,
    Query,
    Term,
    TermPhrase,
    TermPrefix,
)
from archive.index.schema import Facet, TextField
from archive.index.search import Fallback, PageRef, Scope, SearchRequest, Sort
from tests.index.generated_indexes import FACET_VALUES, WORDS, Plan

PHRASE_FIELDS = (
    TextField.EXACT,
    TextField.EXACT,
    TextField.TITLE,
    TextField.NOTES_EXACT,
    TextField.SPEAKER,
    TextField.EVENT,
)
_FIELDS: tuple[TextField, ...] = (
    *TextField,
    TextField.TEXT,
    TextField.TEXT,
    TextField.EXACT,
    TextField.TITLE,
)
_BOOSTS = (1.0, 1.0, 1.0, 2.0, 0.5, 0.3, 0.15, 0.001)
_UNKNOWN_WORD = "vulkan"
_MAX_DEPTH = 3


class RequestMaker:
    """Makes requests that find something in the plan's index, for the most part."""

    def __init__(self, random: Random, plan: Plan) -> None:
        self._random = random
        self._plan = plan
        self._leaves: tuple[Callable[[], Query], ...] = (
            self._term,
            self._term,
            self._term,
            self._phrase,
            self._prefix,
            self._value,
            MatchAll,
            MatchNone,
        )
        self._branches: tuple[Callable[[int], Query], ...] = (self._all, self._any, self._best)

    @property
    def documents(self) -> tuple[str, ...]:
        """Return all documents' identifiers, also removed ones."""
        return self._plan.documents

    def request(self) -> SearchRequest:
        """Return a search."""
        random = self._random
        return SearchRequest(
            query=self.query(),
            scope=self.scope(),
            sort=random.choice((Sort.RELEVANCE, *Sort)),
            offset=random.choice((0, 0, 0, 1, 3, 10, 1000)),
            limit=random.choice((10, 10, 20, 100, 3, 1, 0)),
            best=random.choice((3, 3, 1, 0, 10)),
            facets=tuple(random.sample(list(Facet), k=random.choice((0, 1, 4)))),
            facet_limit=random.choice((50, 50, 3, 1)),
            document=random.choice((*self.documents, "unknown", "")),
            fallback=random.choice((None, None, Fallback(self.query(), random.choice((1, 3, 10, 1000))))),
        )

    def pages(self) -> tuple[PageRef, ...]:
        """Return some pages, of which not all exist."""
        random = self._random
        names = [*self.documents, "unknown"]
        return tuple(
            {
                PageRef(random.choice(names), random.randint(1, 6)): None
                for _ in range(random.choice((0, 1, 9)))
            }
        )

    def scope(self) -> Scope:
        """Return what a visitor may see and has chosen."""
        random = self._random
        filters = {
            facet: random.sample([*FACET_VALUES[facet], "unknown"], k=random.randint(0, 2))
            for facet in random.sample(list(FACET_VALUES), k=random.choice((0, 0, 1, 2)))
        }
        return Scope(random.choice((0, 0, 1, 2)), filters, self.masked())

    def masked(self) -> frozenset[str]:
        """Return documents to leave out, mostly none."""
        names = [*self._plan.documents, "unknown"]
        return frozenset(self._random.sample(names, k=min(len(names), self._random.choice((0, 0, 1, 4)))))

    def query(self, depth: int = 0) -> Query:
        """Return a query of at most four floors."""
        if depth < _MAX_DEPTH and self._random.random() < 0.55:
            return self._random.choice(self._branches)(depth + 1)
        return self._random.choice(self._leaves)()

    def word(self) -> str:
        """Return a word, mostly one that occurs often."""
        random = self._random
        if random.random() < 0.05:
            return _UNKNOWN_WORD
        return random.choice(WORDS[:16] if random.random() < 0.6 else WORDS)

    def beginning(self) -> str:
        """Return the first letters of a word."""
        return self.word()[: self._random.choice((1, 2, 3, 3, 4))]

    def field(self) -> TextField:
        """Return a field, mostly one that many pages have."""
        chosen: TextField = self._random.choice(_FIELDS)
        return chosen

    def _boost(self) -> float:
        return self._random.choice(_BOOSTS)

    def _term(self) -> Term:
        return Term(self.field(), self.word(), self._boost())

    def _phrase(self) -> TermPhrase:
        random = self._random
        field = random.choice(PHRASE_FIELDS)
        length = random.choice((2, 2, 2, 3, 1, 0))
        written = _in_a_row(random, self._plan, field, length) if random.random() < 0.8 else ()
        words = written or tuple(self.word() for _ in range(length))
        return TermPhrase(field, words, self._boost())

    def _prefix(self) -> TermPrefix:
        # Which terms are the most frequent is decided with removed pages or without them as the engine will;
        # where there are such pages, all terms are taken.
        most = 64 if self._plan.removes else self._random.choice((64, 3, 1))
        return TermPrefix(self.field(), self.beginning(), self._boost(), most)

    def _value(self) -> FacetFilter:
        facet = self._random.choice(list(FACET_VALUES))
        values = [*FACET_VALUES[facet], "unknown"]
        return FacetFilter(facet, tuple(self._random.sample(values, k=self._random.choice((1, 1, 2, 3, 0)))))

    def _children(self, depth: int) -> Iterator[Query]:
        for _ in range(self._random.choice((2, 2, 3, 4, 1, 0))):
            yield self.query(depth)

    def _all(self, depth: int) -> AllOf:
        return AllOf(
            tuple(NoneOf(child) if self._random.random() < 0.25 else child for child in self._children(depth))
        )

    def _any(self, depth: int) -> AnyOf:
        return AnyOf(tuple(self._children(depth)), self._random.choice((1.0, 1.0, 0.8)))

    def _best(self, depth: int) -> BestOf:
        return BestOf(tuple(self._children(depth)))


def kinds(query: Query) -> set[type]:
    """Return the kinds of nodes in a query."""
    children: tuple[Query, ...] = ()
    if isinstance(query, AllOf | AnyOf | BestOf):
        children = query.children
    elif isinstance(query, NoneOf):
        children = (query.child,)
    return {type(query)}.union(*map(kinds, children))


def _in_a_row(random: Random, plan: Plan, field: TextField, length: int) -> tuple[str, ...]:
    """Return words that were written one after the other in a field, () where chance finds none."""
    for _ in range(8):
        document = random.choice(random.choice(plan.batches) or (None,))
        tokens = random.choice(document.pages).terms.get(field, ()) if document and document.pages else ()
        by_position = {token.position: token.term for token in tokens}
        starts = [at for at in by_position if all(at + nth in by_position for nth in range(length))]
        if starts and length:
            start = random.choice(starts)
            return tuple(by_position[start + nth] for nth in range(length))
    return ()
