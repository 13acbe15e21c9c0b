"""From a visitor's tree to the tree of index terms that engines compile.

What is known about a talk (field `ABOUT`) holds for all its pages. So that a question about the talk alone
does not bring every one of them, at least one word must stand on the page itself, or the page be the talk's
first (field `LEAD`).
"""

from collections.abc import Sequence
from dataclasses import replace

from archive.text.analysis import Analyzer
from archive.text.query import (
    And,
    Everything,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Query,
    SearchField,
    Values,
    Word,
)
from archive.text.terms import (
    All,
    Any,
    Best,
    Every,
    Facet,
    Never,
    Term,
    TermPhrase,
    TermPrefix,
    TermTree,
    TextField,
    Value,
    Without,
)
from archive.text.word_terms import ON_THE_PAGE, WordExpander, all_of

# The condition that a page itself says something must not change the order of the pages that meet it.
_CONDITION_BOOST = 0.001

_FACETS = {
    SearchField.YEAR: Facet.YEAR,
    SearchField.KIND: Facet.KIND,
    SearchField.LANGUAGE: Facet.LANGUAGE,
}


def expand(query: Query, analyzer: Analyzer, notes: bool) -> TermTree:
    """Return the tree of index terms that a question stands for.

    `notes`: whether staff-only words (speaker notes, comments) are searched, too; without it, what is asked
    of the notes matches nothing. Stop words beside other words are left out; where nothing else is asked,
    they are looked up in their surface form.
    """
    return _Expander(analyzer, notes).question(query)


class _Expander:
    def __init__(self, analyzer: Analyzer, notes: bool) -> None:
        self._words = WordExpander(analyzer, notes)

    def question(self, query: Query) -> TermTree:
        """Return a tree under which each page says something itself, or is its talk's first."""
        if isinstance(query, Or):
            return Any(tuple(self.question(child) for child in query.children))
        if not isinstance(query, And):
            return self._tree(query, TextField.LEAD)
        children = self._without_stop_words(query.children)
        if any(_is_on_the_page(child) for child in children):
            return self._all(children, TextField.ABOUT)
        alternatives = [leaf for child in children for leaf in _alternatives(child)]
        if len(alternatives) < 2:
            return self._all(children, TextField.LEAD)
        own = Best(tuple(self._tree(leaf, TextField.LEAD) for leaf in dict.fromkeys(alternatives)))
        return All((*self._trees(children, TextField.ABOUT), _weakened(own)))

    def _tree(self, query: Query, talk: TextField) -> TermTree:
        """Return a query's tree; words are looked up in the field `talk`, too (ABOUT or LEAD)."""
        match query:
            case And(children):
                return self._all(self._without_stop_words(children), talk)
            case Or(children):
                return Any(tuple(self._tree(child, talk) for child in children))
            case Not():
                return All(self._trees((Everything(), query), talk))
            case Values(field, values):
                return Value(_FACETS[field], values)
            case Everything():
                return Every()
            case Nothing():
                return Never()
            case Word() | Phrase() | Prefix():
                return self._words.expand(query, talk)

    def _all(self, children: Sequence[Query], talk: TextField) -> TermTree:
        return all_of(self._trees(children, talk))

    def _trees(self, children: Sequence[Query], talk: TextField) -> tuple[TermTree, ...]:
        return tuple(
            # What a page is not about is asked of all that is known about its talk.
            Without(self._tree(child.child, TextField.ABOUT))
            if isinstance(child, Not)
            else self._tree(child, talk)
            for child in children
        )

    def _without_stop_words(self, children: Sequence[Query]) -> tuple[Query, ...]:
        """Return the children without unneeded stop words: all of them if nothing else is asked."""
        asked = [child for child in children if not isinstance(child, Not | Values | Everything)]
        if all(self._words.is_stop_word(child) for child in asked):
            return tuple(children)
        return tuple(child for child in children if not self._words.is_stop_word(child))


def _is_on_the_page(query: Query) -> bool:
    """Return whether the query can only be met by the page's own words."""
    if isinstance(query, Phrase):
        return query.field in ON_THE_PAGE
    return isinstance(query, Word | Prefix) and query.field in (SearchField.TITLE, SearchField.NOTES)


def _alternatives(query: Query) -> tuple[Query, ...]:
    """Return what may be met by a talk's words alone, with all that stands beside it in an Or."""
    if isinstance(query, Word | Prefix):
        return () if query.field else (query,)
    if not isinstance(query, And | Or):
        return ()
    return tuple(leaf for child in query.children for leaf in _leaves(child))


def _leaves(query: Query) -> tuple[Query, ...]:
    if isinstance(query, And | Or):
        return tuple(leaf for child in query.children for leaf in _leaves(child))
    return () if isinstance(query, Not) else (query,)


def _weakened(tree: TermTree) -> TermTree:
    """Return the tree with hardly any score."""
    match tree:
        case Term() | TermPhrase() | TermPrefix():
            return replace(tree, boost=tree.boost * _CONDITION_BOOST)
        case All(children) | Any(children) | Best(children):
            return type(tree)(tuple(_weakened(child) for child in children))
    return tree
