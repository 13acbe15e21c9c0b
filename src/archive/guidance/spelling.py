"""Offers the question that a visitor may have meant: "upphandlngi" → "upphandling"."""

from dataclasses import dataclass, replace

from archive.guidance.spellers import WORD_FIELDS, Spellers
from archive.index.base import SearchEngine
from archive.model import Visibility
from archive.results import Question
from archive.search import SearchService
from archive.text.parse import parse_query
from archive.text.query import And, Or, Query, Word
from archive.text.spelling.speller import Speller
from archive.text.swedish import SwedishAnalyzer
from archive.text.tokens import surface
from archive.text.writing import written


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
        self._spellers = Spellers(engine, analyzer)

    def meant(self, question: Question, visitor: Visibility) -> Meant | None:
        """Return a question with its unknown words mended, where it finds anything; None where none does.

        Phrases, names and excluded words are left as they are. What is offered is asked of the index anew, so
        that a word which has been hidden meanwhile is not. While the words are being read for the first time
        there is no offer.
        """
        query = parse_query(question.text)
        speller = self._spellers.speller(visitor)
        mended = self._mended(query, speller, visitor) if speller else query
        if mended == query:
            return None
        text = written(mended)
        total = self._search.total(replace(question, text=text, page=1), visitor)
        return Meant(text, total) if total else None

    def warm(self, visitor: Visibility) -> None:
        """Begin to read the words that a visitor may see, so that the first offer need not wait."""
        self._spellers.warm(visitor)

    def close(self) -> None:
        """Wait until no thread of ours reads the index any more."""
        self._spellers.close()

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
        if speller.pages(word) and not any(known.frequencies(field, [word])[0] for field in WORD_FIELDS):
            return False
        return self._search.total(Question(word), visitor) > 0
