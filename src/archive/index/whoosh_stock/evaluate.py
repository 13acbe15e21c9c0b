"""Answer a term tree on one segment: page number in the segment → score.

The tree is worked out set by set over whole posting lists instead of with Whoosh's query classes: those drop
pages that score 0 from a union (ArrayUnionMatcher) and lean on searchers that must not be shared.
Pages that were removed since may be among the results; the caller leaves them out by their View.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any, cast

from whoosh.reading import TermNotFound

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
from archive.index.schema import TextField
from archive.index.whoosh.searcher.bm25 import bm25
from archive.index.whoosh_stock.expansion import Expansion
from archive.index.whoosh_stock.snapshot import Leaf, Snapshot
from archive.index.whoosh_stock.statistics import LengthNorms, Statistics

Scores = Mapping[int, float]
_NOTHING: Scores = {}


class Evaluator:
    """Answers trees against one snapshot; for one search, in one thread."""

    def __init__(self, snapshot: Snapshot, leaves: Sequence[Leaf]) -> None:
        self._statistics = Statistics(leaves)
        self._expansion = Expansion(snapshot, leaves)
        self._by_type: Mapping[type, Callable[[Any, Leaf], Scores]] = {
            Term: self._term,
            TermPhrase: self._phrase,
            TermPrefix: self._prefix,
            FacetFilter: self._value,
            AllOf: self._all,
            AnyOf: self._any,
            BestOf: self._best,
            MatchAll: self._every,
            MatchNone: lambda _tree, _leaf: _NOTHING,
        }

    def scores(self, tree: Query, leaf: Leaf) -> Scores:
        """Return the pages of one segment that match, with their scores; `check_tree` has let the tree by."""
        return self._by_type[type(tree)](tree, leaf)

    def _term(self, tree: Term, leaf: Leaf) -> Scores:
        postings = _postings(leaf, tree.field, tree.term)
        if postings is None:
            return _NOTHING
        idf = self._statistics.idf(tree.field, tree.term) * tree.boost
        norms = LengthNorms(self._statistics.average_length(tree.field))
        lengths = leaf.view.segment.lengths(tree.field, leaf.reader)
        found: dict[int, float] = {}
        while postings.is_active():
            page = postings.id()
            found[page] = bm25(idf, postings.weight(), norms[lengths[page]])
            postings.next()
        return found

    def _phrase(self, tree: TermPhrase, leaf: Leaf) -> Scores:
        starts = _phrase_starts(leaf, tree)
        idf = sum(self._statistics.idf(tree.field, term) for term in tree.terms) * tree.boost
        norms = LengthNorms(self._statistics.average_length(tree.field))
        lengths = leaf.view.segment.lengths(tree.field, leaf.reader)
        # The phrase counts as one term whose idf is the sum of its words' (as in Lucene's PhraseQuery).
        return {page: bm25(idf, count, norms[lengths[page]]) for page, count in starts.items()}

    def _prefix(self, tree: TermPrefix, leaf: Leaf) -> Scores:
        expanded = self._expansion.frequent_terms(tree.field, tree.prefix, tree.max_terms)
        return self._best(BestOf(tuple(Term(tree.field, term, tree.boost) for term in expanded)), leaf)

    def _value(self, tree: FacetFilter, leaf: Leaf) -> Scores:
        wanted = set(tree.values)
        units = leaf.view.segment.units
        fitting = {
            n for n, unit in enumerate(units) if not wanted.isdisjoint(unit.facets.get(tree.facet, ()))
        }
        if not fitting:
            return _NOTHING
        return {page: 0.0 for page, unit in enumerate(leaf.view.unit_of) if unit in fitting}

    def _all(self, tree: AllOf, leaf: Leaf) -> Scores:
        kept = []
        for child in tree.children:
            if not isinstance(child, NoneOf | MatchAll):
                kept.append(self.scores(child, leaf))
                if not kept[-1]:
                    return _NOTHING
        taken = [self.scores(child.child, leaf) for child in tree.children if isinstance(child, NoneOf)]
        pages: set[int] = reduce(set.intersection, map(set, kept)) if kept else set(leaf.view.live)
        for scores in taken:
            pages -= scores.keys()
        return {page: sum(scores[page] for scores in kept) for page in pages}

    def _any(self, tree: AnyOf, leaf: Leaf) -> Scores:
        found: dict[int, float] = {}
        for child in tree.children:
            for page, score in self.scores(child, leaf).items():
                found[page] = found.get(page, 0.0) + score**tree.power
        return found if tree.power == 1 else {page: sum_ ** (1 / tree.power) for page, sum_ in found.items()}

    def _best(self, tree: BestOf, leaf: Leaf) -> Scores:
        found: dict[int, float] = {}
        for child in tree.children:
            for page, score in self.scores(child, leaf).items():
                if score > found.get(page, -1.0):
                    found[page] = score
        return found

    def _every(self, _tree: MatchAll, leaf: Leaf) -> Scores:
        return dict.fromkeys(leaf.view.live, 0.0)


def _postings(leaf: Leaf, field: TextField, term: str) -> Any:
    try:
        return leaf.reader.postings(field.value, term)
    except TermNotFound:
        return None


def _phrase_starts(leaf: Leaf, tree: TermPhrase) -> dict[int, int]:
    """Return how often the phrase begins on each page that holds it."""
    pages: set[int] | None = None
    for term in dict.fromkeys(tree.terms):
        postings = _postings(leaf, tree.field, term)
        here = set(postings.all_ids()) if postings else set()
        pages = here if pages is None else pages & here
        if not pages:
            return {}
    places = {term: _positions(leaf, tree.field, term, sorted(pages or ())) for term in set(tree.terms)}
    found = {}
    for page in sorted(pages or ()):
        starts = set(places[tree.terms[0]][page])
        for offset, term in enumerate(tree.terms):
            starts &= {position - offset for position in places[term][page]}
        if starts:
            found[page] = len(starts)
    return found


def _positions(leaf: Leaf, field: TextField, term: str, pages: Sequence[int]) -> dict[int, list[int]]:
    postings = _postings(leaf, field, term)
    found = {}
    for page in pages:
        postings.skip_to(page)
        found[page] = cast("list[int]", postings.value_as("positions"))
    return found
