"""From a visitor's question and the readings of its words to the queries that engines answer.

The second of two passes: a pure function, without analyser, lexicon or index (`word_reader.py` has asked
them). What is known about a talk (field `ABOUT`) holds for all its pages. So that a question about the talk
alone does not bring every one of them, at least one word must be on the page itself, or the page be the
talk's first (field `LEAD`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archive.index.file_words import named_file
from archive.index.query import (
    AllOf,
    AnyOf,
    BestOf,
    FacetFilter,
    MatchAll,
    MatchNone,
    NoneOf,
    Query,
    all_of,
    boosted,
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
    alternatives,
    is_plain,
    without_quotation_marks,
)
from archive.query.query_expansion import Expansion
from archive.query.word_queries import Lookup, WordQueries
from archive.query.word_readings import Readings, is_on_the_page

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
class SomeWords:
    """What pages with some of a question's words meet.

    Attributes:
        query: met by them, best by those with most of the words.
        words: each word as typed, with what pages meet that have it, its translation, or a talk that has.
    """

    query: Query
    words: tuple[tuple[str, Query], ...]


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    """What a question means to an engine.

    Attributes:
        strict: met by pages that have all that was asked.
        relaxed: for pages with some of the words; None where all of them are needed.
        widened: what was added to the typed words where all of them are asked for.
        translated: the translations that are added to it where some words will do.
        loose: for questions that neither finds anything for: phrases, too, are words then; None where that
            changes nothing.
    """

    strict: Query
    relaxed: SomeWords | None
    widened: tuple[Expansion, ...]
    loose: SomeWords | None = None
    translated: tuple[Expansion, ...] = ()


def compile_query(query: ParsedQuery, readings: Readings, notes: bool) -> CompiledQuery:
    """Return the queries of a question.

    Stop words next to other words are left out; where nothing else is asked, they are looked up in their
    surface form. What is excluded means what was typed and no more.

    Args:
        query: the question.
        readings: those of all its words.
        notes: whether staff-only words (speaker notes, comments) are searched, too; without it, what is
            asked of the notes matches nothing.
    """
    strict = _Compiler(readings, Lookup(notes, is_strict=True, is_translated=readings.is_single_word(query)))
    some = _Compiler(readings, Lookup(notes, is_strict=False))
    loosened = without_quotation_marks(query)
    every = strict.question(query)
    added = strict.added
    having = _Compiler(readings, Lookup(notes, is_strict=True))
    relaxed = _some_words(query, readings, having, some)
    return CompiledQuery(
        every,
        relaxed,
        added,
        _some_words(loosened, readings, having, some) if loosened else None,
        tuple(one for one in some.added if one not in added),
    )


def _some_words(
    query: ParsedQuery, readings: Readings, having: "_Compiler", some: "_Compiler"
) -> SomeWords | None:
    found = some.some_of(query)
    words = readings.optional_words(query)
    return SomeWords(found, tuple((word.text, having.word(word)) for word in words)) if found else None


class _Compiler:
    """Compiles with one way to look words up."""

    def __init__(self, readings: Readings, lookup: Lookup) -> None:
        self._readings = readings
        self._words = WordQueries(lookup)
        self._excluded = (
            _Compiler(readings, replace(lookup, is_expanded=False)) if lookup.is_expanded else self
        )
        self._is_expanded = lookup.is_expanded

    @property
    def added(self) -> tuple[Expansion, ...]:
        """Return what was added to the words of all that was compiled so far, in order."""
        return tuple(self._words.added)

    def word(self, word: Word) -> Query:
        """Return what a page with a word meets, or one whose talk has it."""
        return self._query(word, TextField.ABOUT)

    def some_of(self, query: ParsedQuery) -> Query | None:
        """Return a query that some of a question's words meet, or None where all of them are needed.

        Only words that merely follow each other may be missing; what is excluded, phrases and fields hold.
        """
        words = self._readings.optional_words(query)
        if not words or not isinstance(query, And):
            return None
        each = tuple(self._query(word, TextField.LEAD) for word in words)
        pairs = self._pairs(words, TextField.LEAD).values()
        some: Query = AnyOf(each, _SOME_WORDS_POWER)
        if pairs:
            some = AnyOf((some, *pairs))
        children = self._readings.without_stop_words(query.children)
        others = [child for child in children if child not in words]
        return all_of((some, *self._queries(others, TextField.ABOUT))) if others else some

    def question(self, query: ParsedQuery) -> Query:
        """Return a query under which each page says something itself, or is its talk's first."""
        if isinstance(query, Or):
            return AnyOf(tuple(self.question(child) for child in query.children))
        if not isinstance(query, And):
            return self._query(query, TextField.LEAD)
        name = self._readings.file_name(query)
        return BestOf((self._of_and(query), named_file(name))) if name else self._of_and(query)

    def _of_and(self, query: And) -> Query:
        children = self._readings.without_stop_words(query.children)
        if any(is_on_the_page(child) for child in children):
            return self._all(children, TextField.ABOUT)
        either = [leaf for child in children for leaf in alternatives(child)]
        if len(either) < 2:
            return self._all(children, TextField.LEAD)
        own = BestOf(
            (
                *(self._query(leaf, TextField.LEAD) for leaf in dict.fromkeys(either)),
                *self._pairs(children, TextField.LEAD).values(),
            )
        )
        return AllOf((*self._queries(children, TextField.ABOUT), boosted(own, _CONDITION_BOOST)))

    def _query(self, query: ParsedQuery, talk: TextField) -> Query:
        """Return what a part of a question means; words are looked up in the field `talk`, too."""
        match query:
            case And(children):
                return self._all(self._readings.without_stop_words(children), talk)
            case Or(children):
                return AnyOf(tuple(self._query(child, talk) for child in children))
            case Not():
                return AllOf(self._queries((Everything(), query), talk))
            case Values(field, values):
                return FacetFilter(_FACETS[field], values)
            case Everything():
                return MatchAll()
            case Nothing():
                return MatchNone()
            case Word() | Phrase() | Prefix():
                spelled = self._readings.spelled.get(query.text) if isinstance(query, Word) else None
                return self._words.typed(query, self._readings.of(query), talk, spelled)

    def _all(self, children: Sequence[ParsedQuery], talk: TextField) -> Query:
        return all_of(self._queries(children, talk))

    def _queries(self, children: Sequence[ParsedQuery], talk: TextField) -> tuple[Query, ...]:
        """Return a query a child; one for two neighbouring words that may be one word together."""
        pairs = self._pairs(children, talk)
        queries: list[Query] = []
        for at, child in enumerate(children):
            if at in pairs:
                both = AllOf((self._query(child, talk), self._query(children[at + 1], talk)))
                queries.append(BestOf((both, pairs[at])))
            elif at - 1 not in pairs:
                queries.append(self._child(child, talk))
        return tuple(queries)

    def _child(self, child: ParsedQuery, talk: TextField) -> Query:
        # What a page is not about is asked of all that is known about its talk.
        return (
            NoneOf(self._excluded._query(child.child, TextField.ABOUT))
            if isinstance(child, Not)
            else self._query(child, talk)
        )

    def _pairs(self, children: Sequence[ParsedQuery], talk: TextField) -> dict[int, Query]:
        """Return what two neighbouring words mean together, by the place of the first; no word is in two."""
        pairs: dict[int, Query] = {}
        if not self._is_expanded:
            return pairs
        is_alone = sum(map(is_plain, children)) == 2
        for at, (first, second) in enumerate(pairwise(children)):
            if at - 1 not in pairs and is_plain(first) and is_plain(second):
                together = self._readings.together(first, second)
                if together is not None and self._words.means_together(together, is_alone):
                    typed = f"{first.text} {second.text}"
                    pairs[at] = self._words.pair(typed, together, talk, is_alone)
        return pairs
