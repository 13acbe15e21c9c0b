"""Reads each word of a question once: the first of two passes.

Only here are analyser, lexicon and index asked. The second pass (`compile.py`) is a pure function of a
question and what was read.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, product

from archive.analysis.analyzer import Analyzer, WordTerm
from archive.analysis.spellings import joined_spelling, whole_spelling
from archive.analysis.swedish import smallest_parts
from archive.analysis.tokenizer import surface
from archive.query.ast import (
    And,
    Or,
    ParsedQuery,
    Phrase,
    Prefix,
    SearchField,
    Typed,
    is_plain,
    leaves,
    typed_leaves,
    without_quotation_marks,
)
from archive.query.query_expansion import Alternative, Expander, ExpansionKind
from archive.query.word_readings import (
    AlternativeReading,
    PairReading,
    Readings,
    SpelledReading,
    WordReading,
)


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
    typed = Readings({text: reader.words(text) for text in texts}, {}, reader.spelled(texts))
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
        return tuple(self.word(text[one.start : one.end]) for one in self._analyzer.exact_terms(text))

    def word(self, written: str) -> WordReading:
        """Read one word as it was written: IT is no pronoun."""
        reading = self._known.get(written)
        if reading is None:
            form = surface(written)
            terms = tuple(self._analyzer.query_terms(written))
            parts = smallest_parts(self._analyzer.word_terms(form, "sv")) if terms else ()
            reading = WordReading(
                form, terms, tuple(part.term for part in parts), tuple(_written_apart(form, parts))
            )
            self._known[written] = reading
        return reading

    def spelled(self, texts: Iterable[str]) -> dict[str, SpelledReading]:
        """Read the other spellings of what was typed."""
        found: dict[str, SpelledReading] = {}
        for text in texts:
            whole, joined = whole_spelling(text), joined_spelling(text)
            if whole and not whole.is_word:
                found[text] = SpelledReading(WordReading(whole.term, ((whole.term, 1.0),)), is_one=True)
            elif whole or joined:
                word = self.word(whole.term if whole else joined)
                found[text] = SpelledReading(
                    replace(word, parts=(), written_apart=()), is_one=whole is not None
                )
        return found

    def translated(self, text: str, language: str) -> tuple[WordReading, ...]:
        """Read a translation by the main forms of its own language; stop words say nothing."""
        found = (self._analyzer.translation_terms(word, language) for word in text.split())
        return tuple(WordReading("", tuple((term, 1.0) for term in terms)) for terms in found if terms)


class _Expansions:
    """Adds to words and pairs what else they may stand for."""

    def __init__(self, readings: Readings, reader: _Reader, expander: Expander) -> None:
        self._readings = readings
        self._reader = reader
        self._expander = expander
        self._relatives: dict[tuple[str, ...], tuple[str, ...]] = {}

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
        return Readings(words, self._pairs(questions), self._readings.spelled)

    def _expanded(self, word: WordReading, is_optional: bool) -> WordReading:
        terms = tuple(term for term, _ in word.terms) if is_optional else ()
        if terms not in self._relatives:
            self._relatives[terms] = self._expander.relatives(terms) if terms else ()
        return replace(
            word,
            alternatives=self._read(self._expander.alternatives(word.form)),
            relatives=self._relatives[terms],
            apart=() if word.parts else self._expander.apart(word.form),
        )

    def _read(self, alternatives: Sequence[Alternative]) -> tuple[AlternativeReading, ...]:
        return tuple(
            AlternativeReading(one.word, one.weight, one.kind, self._words(one)) for one in alternatives
        )

    def _words(self, alternative: Alternative) -> tuple[WordReading, ...]:
        if alternative.kind is ExpansionKind.TRANSLATED:
            return self._reader.translated(alternative.word, alternative.language)
        return tuple(map(self._reader.word, alternative.word.split()))

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
