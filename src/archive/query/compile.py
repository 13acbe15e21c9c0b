"""From a visitor's tree to the tree of index terms that engines compile.

What is known about a talk (field `ABOUT`) holds for all its pages. So that a question about the talk alone
does not bring every one of them, at least one word must stand on the page itself, or the page be the talk's
first (field `LEAD`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeGuard

from archive.analysis.analyzer import Analyzer
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
from archive.query.ast import (
    And,
    Everything,
    Not,
    Nothing,
    Or,
    ParsedQuery,
    Phrase,
    Prefix,
    SearchField,
    Values,
    Word,
)
from archive.query.query_expansion import Expander, Expansion
from archive.query.quotations import without_quotation_marks
from archive.query.word_readings import ON_THE_PAGE, WordExpander, all_of

# The condition that a page itself says something must not change the order of the pages that meet it.
_CONDITION_BOOST = 0.001

# Words that need not all be there add with this power: pages with more of them come first.
_SOME_WORDS_POWER = 0.8

_FACETS = {
    SearchField.YEAR: Facet.YEAR,
    SearchField.KIND: Facet.KIND,
    SearchField.LANGUAGE: Facet.LANGUAGE,
}


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    """What a question stands for.

    `strict` is met by pages that have all that was asked; `relaxed`, where there is one, also by pages with
    some of the words, those with most of them first. `loose`, where there is one, is for questions that
    neither finds anything for: phrases, too, are words then. `widened` says what was added to the words.
    """

    strict: Query
    relaxed: Query | None
    widened: tuple[Expansion, ...]
    loose: Query | None = None


def expand_fully(
    query: ParsedQuery, analyzer: Analyzer, notes: bool, widener: Expander | None
) -> CompiledQuery:
    """Return what a question stands for, widened by `widener` (None: not at all).

    `notes` as for `expand`.
    """
    if widener is not None:
        widener = widener.for_question([word.text for word in _plain_words(query)])
    expander = _Expander(analyzer, notes, widener, is_strict=True)
    strict = expander.question(query)
    some = _Expander(analyzer, notes, widener, is_strict=False)
    relaxed = some.some_of(query)
    loosened = without_quotation_marks(query)
    return CompiledQuery(strict, relaxed, expander.widened, some.some_of(loosened) if loosened else None)


def expand(query: ParsedQuery, analyzer: Analyzer, notes: bool, widener: Expander | None = None) -> Query:
    """Return the tree of index terms that a question stands for.

    `notes`: whether staff-only words (speaker notes, comments) are searched, too; without it, what is asked
    of the notes matches nothing. Stop words beside other words are left out; where nothing else is asked,
    they are looked up in their surface form.
    """
    return _Expander(analyzer, notes, widener, is_strict=True).question(query)


class _Expander:
    def __init__(self, analyzer: Analyzer, notes: bool, widener: Expander | None, is_strict: bool) -> None:
        self._words = WordExpander(analyzer, notes, widener, is_strict)
        # What is excluded means what was typed and no more.
        self._excluded = _Expander(analyzer, notes, None, is_strict) if widener else self

    @property
    def widened(self) -> tuple[Expansion, ...]:
        return tuple(self._words.widened)

    def some_of(self, query: ParsedQuery) -> Query | None:
        """Return a tree that some of a question's words meet, or None where all of them are needed.

        Only words that merely stand beside each other are let go; what is excluded, phrases and fields hold.
        """
        if not isinstance(query, And):
            return None
        children = self._without_stop_words(query.children)
        words = [child for child in children if isinstance(child, Word) and child.field is None]
        if len(words) < 2:
            return None
        loose = [self._tree(word, TextField.LEAD) for word in words]
        pairs = self._pairs(words, TextField.LEAD).values()
        some: Query = AnyOf(tuple(loose), _SOME_WORDS_POWER)
        if pairs:
            some = AnyOf((some, *pairs))
        others = [child for child in children if child not in words]
        return all_of((some, *self._trees(others, TextField.ABOUT))) if others else some

    def question(self, query: ParsedQuery) -> Query:
        """Return a tree under which each page says something itself, or is its talk's first."""
        if isinstance(query, Or):
            return AnyOf(tuple(self.question(child) for child in query.children))
        if not isinstance(query, And):
            return self._tree(query, TextField.LEAD)
        children = self._without_stop_words(query.children)
        if any(_is_on_the_page(child) for child in children):
            return self._all(children, TextField.ABOUT)
        alternatives = [leaf for child in children for leaf in _alternatives(child)]
        if len(alternatives) < 2:
            return self._all(children, TextField.LEAD)
        own = BestOf(
            (
                *(self._tree(leaf, TextField.LEAD) for leaf in dict.fromkeys(alternatives)),
                *self._pairs(children, TextField.LEAD).values(),
            )
        )
        return AllOf((*self._trees(children, TextField.ABOUT), _weakened(own)))

    def _tree(self, query: ParsedQuery, talk: TextField) -> Query:
        """Return a query's tree; words are looked up in the field `talk`, too (ABOUT or LEAD)."""
        match query:
            case And(children):
                return self._all(self._without_stop_words(children), talk)
            case Or(children):
                return AnyOf(tuple(self._tree(child, talk) for child in children))
            case Not():
                return AllOf(self._trees((Everything(), query), talk))
            case Values(field, values):
                return FacetFilter(_FACETS[field], values)
            case Everything():
                return MatchAll()
            case Nothing():
                return MatchNone()
            case Word() | Phrase() | Prefix():
                return self._words.expand(query, talk)

    def _all(self, children: Sequence[ParsedQuery], talk: TextField) -> Query:
        return all_of(self._trees(children, talk))

    def _trees(self, children: Sequence[ParsedQuery], talk: TextField) -> tuple[Query, ...]:
        """Return a tree a child; one for two neighbouring words that may be one word together."""
        pairs = self._pairs(children, talk)
        found: list[Query] = []
        for at, child in enumerate(children):
            if at in pairs:
                both = AllOf((self._tree(child, talk), self._tree(children[at + 1], talk)))
                found.append(BestOf((both, pairs[at])))
            elif at - 1 not in pairs:
                found.append(self._child(child, talk))
        return tuple(found)

    def _child(self, child: ParsedQuery, talk: TextField) -> Query:
        # What a page is not about is asked of all that is known about its talk.
        return (
            NoneOf(self._excluded._tree(child.child, TextField.ABOUT))
            if isinstance(child, Not)
            else self._tree(child, talk)
        )

    def _pairs(self, children: Sequence[ParsedQuery], talk: TextField) -> dict[int, Query]:
        """Return what two neighbouring words mean together, by the place of the first; no word is in two."""
        found: dict[int, Query] = {}
        is_alone = sum(map(_is_plain, children)) == 2
        for at, (first, second) in enumerate(pairwise(children)):
            if at - 1 not in found and _is_plain(first) and _is_plain(second):
                together = self._words.pair(first, second, talk, is_alone)
                if together is not None:
                    found[at] = together
        return found

    def _without_stop_words(self, children: Sequence[ParsedQuery]) -> tuple[ParsedQuery, ...]:
        """Return the children without unneeded stop words: all of them if nothing else is asked."""
        asked = [child for child in children if not isinstance(child, Not | Values | Everything)]
        if all(self._words.is_stop_word(child) for child in asked):
            return tuple(children)
        return tuple(child for child in children if not self._words.is_stop_word(child))


def _plain_words(query: ParsedQuery) -> tuple[Word, ...]:
    return tuple(leaf for leaf in _leaves(query) if _is_plain(leaf))


def _is_plain(query: ParsedQuery) -> TypeGuard[Word]:
    """Return whether the query is a word asked of all of a page."""
    return isinstance(query, Word) and query.field is None


def _is_on_the_page(query: ParsedQuery) -> bool:
    """Return whether the query can only be met by the page's own words."""
    if isinstance(query, Phrase):
        return query.field in ON_THE_PAGE
    return isinstance(query, Word | Prefix) and query.field in (SearchField.TITLE, SearchField.NOTES)


def _alternatives(query: ParsedQuery) -> tuple[ParsedQuery, ...]:
    """Return what may be met by a talk's words alone, with all that stands beside it in an Or."""
    if isinstance(query, Word | Prefix):
        return () if query.field else (query,)
    if not isinstance(query, And | Or):
        return ()
    return tuple(leaf for child in query.children for leaf in _leaves(child))


def _leaves(query: ParsedQuery) -> tuple[ParsedQuery, ...]:
    if isinstance(query, And | Or):
        return tuple(leaf for child in query.children for leaf in _leaves(child))
    return () if isinstance(query, Not) else (query,)


def _weakened(tree: Query) -> Query:
    """Return the tree with hardly any score."""
    match tree:
        case Term() | TermPhrase() | TermPrefix():
            return replace(tree, boost=tree.boost * _CONDITION_BOOST)
        case AllOf(children) | AnyOf(children) | BestOf(children):
            return replace(tree, children=tuple(_weakened(child) for child in children))
    return tree
