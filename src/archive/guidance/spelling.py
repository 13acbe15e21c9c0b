"""Offers the question that a visitor may have meant: "upphandlngi" → "upphandling"."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from archive.guidance.keeping import Kept
from archive.index.base import SearchEngine
from archive.model import Visibility
from archive.results import Question
from archive.search import SearchService
from archive.text.parse import parse_query
from archive.text.query import And, Or, Query, Word
from archive.text.spelling.speller import Speller
from archive.text.swedish import SwedishAnalyzer
from archive.text.terms import TextField
from archive.text.tokens import surface
from archive.text.writing import written

_WORD_FIELDS: Final = (
    TextField.EXACT,
    TextField.SPEAKER,
    TextField.ORGANISATION,
    TextField.REGION,
    TextField.FOCUS_AREA,
    TextField.EVENT,
)
"""The fields that hold words as they are written; those for staff alone are not among them."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Another question, and how many slides it finds."""

    text: str
    total_pages: int


class Spelling:
    """Mends questions by the words of the index. Safe to use from several threads."""

    def __init__(self, engine: SearchEngine, analyzer: SwedishAnalyzer, search: SearchService) -> None:
        self._engine = engine
        self._search = search
        self._analyzer = analyzer
        self._kept = Kept(self._speller, engine.watermark)

    def meant(self, question: Question, visitor: Visibility) -> Meant | None:
        """Return a question with its unknown words mended, where it finds anything; None where none does.

        Phrases, names and excluded words are left as they are. What is offered is asked of the index anew, so
        that a word which has been hidden meanwhile is not. While the words are being read for the first time
        there is no offer.
        """
        query = parse_query(question.text)
        held = self._kept.get(visitor)
        mended = self._mended(query, held.thing, visitor) if held else query
        if mended == query:
            return None
        text = written(mended)
        total = self._search.total(replace(question, text=text, page=1), visitor)
        return Meant(text, total) if total else None

    def warm(self, visitor: Visibility) -> None:
        """Begin to read the words that a visitor may see, so that the first offer need not wait."""
        self._kept.warm(visitor)

    def close(self) -> None:
        """Wait until no thread of ours reads the index any more."""
        self._kept.close()

    def _speller(self, visitor: Visibility) -> Speller:
        return Speller(self._words(visitor.rank), self._analyzer.lexicon, self._analyzer.splitter)

    def _words(self, max_rank: int) -> Iterator[tuple[str, int]]:
        known = self._engine.vocabulary(max_rank)
        for field in _WORD_FIELDS:
            yield from known.terms(field)

    def _mended(self, query: Query, speller: Speller, visitor: Visibility) -> Query:
        match query:
            case Word(text, None):
                other = speller.correct(surface(text))
                return (
                    replace(query, text=other) if other and self._is_there(other, speller, visitor) else query
                )
            case And(children) | Or(children):
                return type(query)(tuple(self._mended(child, speller, visitor) for child in children))
        return query

    def _is_there(self, word: str, speller: Speller, visitor: Visibility) -> bool:
        """Return whether the visitor may still see a word, or a compound that its parts make."""
        known = self._engine.vocabulary(visitor.rank)
        if speller.pages(word) and not any(known.frequencies(field, [word])[0] for field in _WORD_FIELDS):
            return False
        return self._search.total(Question(word), visitor) > 0
