"""What is known of each word of a question, read once and kept as data: the first of two passes.

Only here are analyser, lexicon and index asked. The second pass (`compile.py`) is a pure function of a
question and these readings.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from archive.analysis.analyzer import Analyzer, WordTerm
from archive.analysis.swedish import smallest_parts
from archive.query.ast import (
    And,
    Everything,
    Not,
    Or,
    ParsedQuery,
    Phrase,
    Prefix,
    SearchField,
    Typed,
    Values,
    Word,
    is_plain,
    leaves,
    typed_leaves,
    without_quotation_marks,
)
from archive.query.query_expansion import Alternative, Expander, ExpansionKind

ON_THE_PAGE = frozenset({None, SearchField.TITLE, SearchField.NOTES})
"""Fields whose words are on the page, or are asked of all of it."""


@dataclass(frozen=True, slots=True)
class WordReading:
    """One word, and what it may stand for.

    Attributes:
        form: its surface form.
        terms: its main forms in either language, each with a weight; a stop word has none.
        parts: main forms of a compound's smallest parts.
        written_apart: the surface forms of a compound written as several words, each way that it may be.
        alternatives: other words that may be meant.
        relatives: main forms derived from the same root, for a word that need not be there.
    """

    form: str
    terms: tuple[tuple[str, float], ...]
    parts: tuple[str, ...] = ()
    written_apart: tuple[tuple[str, ...], ...] = ()
    alternatives: "tuple[AlternativeReading, ...]" = ()
    relatives: tuple[str, ...] = ()

    @property
    def is_stop_word(self) -> bool:
        """Return whether only surface forms hold this word."""
        return not self.terms


@dataclass(frozen=True, slots=True)
class AlternativeReading:
    """What may stand in for typed words: its text, what it weighs next to them (0–1), and its own words."""

    text: str
    weight: float
    kind: ExpansionKind
    words: tuple[WordReading, ...]


@dataclass(frozen=True, slots=True)
class PairReading:
    """What two neighbouring words mean together: the compound that they make, else their translations."""

    compound: WordReading | None
    translations: tuple[AlternativeReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Readings:
    """All words of a question.

    Attributes:
        words: by a word, phrase or prefix as it was typed, its words.
        pairs: by two forms, what neighbours mean together where they mean anything.
    """

    words: Mapping[str, tuple[WordReading, ...]]
    pairs: Mapping[tuple[str, str], PairReading]

    def of(self, typed: Typed) -> tuple[WordReading, ...]:
        """Return the words of a word, phrase or prefix; () for one without letters and digits."""
        return self.words[typed.text]

    def together(self, first: Word, second: Word) -> PairReading | None:
        """Return what two neighbouring words mean together, None where that is nothing."""
        left, right = self.of(first), self.of(second)
        if len(left) != 1 or len(right) != 1:
            return None
        return self.pairs.get((left[0].form, right[0].form))

    def is_stop_word(self, query: ParsedQuery) -> bool:
        """Return whether the query is a word without a main form in either language."""
        return (
            isinstance(query, Word)
            and query.field in ON_THE_PAGE
            and all(word.is_stop_word for word in self.of(query))
        )

    def without_stop_words(self, children: Sequence[ParsedQuery]) -> tuple[ParsedQuery, ...]:
        """Return the children without unneeded stop words: all of them if nothing else is asked."""
        wanted = [child for child in children if not isinstance(child, Not | Values | Everything)]
        if all(map(self.is_stop_word, wanted)):
            return tuple(children)
        return tuple(child for child in children if not self.is_stop_word(child))

    def optional_words(self, query: ParsedQuery) -> tuple[Word, ...]:
        """Return the words of which some will do, where others follow: () where all of them are needed."""
        if not isinstance(query, And) or query.is_typed:
            return ()
        words = tuple(child for child in self.without_stop_words(query.children) if is_plain(child))
        return words if len(words) > 1 else ()


def read_words(query: ParsedQuery, analyzer: Analyzer, expander: Expander | None = None) -> Readings:
    """Read each word of a question once, each two neighbours once.

    Args:
        query: the question.
        analyzer: what the index was made with.
        expander: finds what may be meant other than the typed words; None: nothing is added to them.
    """
    reader = _Reader(analyzer)
    loosened = without_quotation_marks(query)
    questions = [query] if loosened is None else [query, loosened]
    texts = dict.fromkeys(leaf.text for question in questions for leaf in typed_leaves(question))
    typed = Readings({text: reader.words(text) for text in texts}, {})
    if expander is None:
        return typed
    plain = [leaf.text for leaf in leaves(query) if is_plain(leaf)]
    return _Expansions(typed, reader, expander.for_question(plain)).add(questions)


class _Reader:
    """Asks the analyser about words, once each."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._known: dict[str, WordReading] = {}

    def words(self, text: str) -> tuple[WordReading, ...]:
        """Read the words of a text."""
        return tuple(self.word(token.term) for token in self._analyzer.exact_terms(text))

    def word(self, form: str) -> WordReading:
        """Read a surface form."""
        reading = self._known.get(form)
        if reading is None:
            terms = tuple(self._analyzer.query_terms(form))
            parts = smallest_parts(self._analyzer.word_terms(form, "sv")) if terms else ()
            reading = WordReading(
                form, terms, tuple(part.term for part in parts), tuple(_written_apart(form, parts))
            )
            self._known[form] = reading
        return reading


class _Expansions:
    """Adds to words and pairs what else they may stand for."""

    def __init__(self, readings: Readings, reader: _Reader, expander: Expander) -> None:
        self._readings = readings
        self._reader = reader
        self._expander = expander

    def add(self, questions: Sequence[ParsedQuery]) -> Readings:
        """Return the readings with all that the questions (one question in several forms) ask for."""
        are_optional = any(map(self._readings.optional_words, questions))
        alone = {
            word.form: word
            for question in questions
            for leaf in leaves(question)
            if isinstance(leaf, Typed) and leaf.field in (None, SearchField.TITLE)
            for word in _single_words(leaf, self._readings.of(leaf))
        }
        expanded = {form: self._expanded(word, are_optional) for form, word in alone.items()}
        words = {
            text: tuple(expanded.get(word.form, word) for word in found)
            for text, found in self._readings.words.items()
        }
        return Readings(words, self._pairs(questions))

    def _expanded(self, word: WordReading, is_optional: bool) -> WordReading:
        terms = [term for term, _ in word.terms] if is_optional else []
        return replace(
            word,
            alternatives=self._read(self._expander.alternatives(word.form)),
            relatives=self._expander.relatives(terms) if terms else (),
        )

    def _read(self, alternatives: Sequence[Alternative]) -> tuple[AlternativeReading, ...]:
        return tuple(
            AlternativeReading(
                one.word, one.weight, one.kind, tuple(map(self._reader.word, one.word.split()))
            )
            for one in alternatives
        )

    def _pairs(self, questions: Sequence[ParsedQuery]) -> dict[tuple[str, str], PairReading]:
        """Read neighbours; a word that has joined the one before it joins none behind it."""
        asked: dict[tuple[str, str], PairReading | None] = {}
        for sequence in dict.fromkeys(one for query in questions for one in self._sequences(query)):
            is_joined = False
            for first, second in pairwise(sequence):
                if is_joined or not (is_plain(first) and is_plain(second)):
                    is_joined = False
                    continue
                left, right = self._readings.of(first), self._readings.of(second)
                if len(left) != 1 or len(right) != 1:
                    continue
                forms = left[0].form, right[0].form
                if forms not in asked:
                    asked[forms] = self._pair(*forms)
                is_joined = asked[forms] is not None
        return {forms: pair for forms, pair in asked.items() if pair is not None}

    def _sequences(self, query: ParsedQuery) -> Iterator[tuple[ParsedQuery, ...]]:
        """Yield what is asked for side by side, stop words left out."""
        yield self._readings.optional_words(query)
        waiting = [query]
        while waiting:
            asked = waiting.pop()
            if isinstance(asked, And | Or):
                waiting += asked.children
            if isinstance(asked, And):
                yield self._readings.without_stop_words(asked.children)

    def _pair(self, left: str, right: str) -> PairReading | None:
        compound = self._expander.joined(left, right)
        if compound:
            return PairReading(self._reader.word(compound))
        translations = self._read(self._expander.translations((left, right)))
        return PairReading(None, translations) if translations else None


def _written_apart(form: str, parts: Sequence[WordTerm]) -> Iterator[tuple[str, ...]]:
    """Yield a compound as two words, with and without a linking letter, then as all its parts."""
    for left, right in pairwise(parts):
        begun = dict.fromkeys((form[: left.end], form[: right.start]))
        ended = {form[right.start :]: None}
        if len(parts) == 2:
            begun[left.term] = ended[right.term] = None
        yield from product(begun, ended)
    if len(parts) > 2:
        yield tuple(form[part.start : part.end] for part in parts)


def _single_words(typed: Typed, words: tuple[WordReading, ...]) -> tuple[WordReading, ...]:
    """Return the words that are looked up one by one; those of a phrase only where a title has them."""
    if isinstance(typed, Prefix):
        return words[:-1]
    content = tuple(word for word in words if not word.is_stop_word)
    if isinstance(typed, Phrase):
        return content if typed.field else ()
    return content or words
