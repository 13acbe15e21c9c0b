"""Offers the question that a visitor may have meant: "upphandlngi" → "upphandling"."""

import threading
from dataclasses import dataclass, replace

from archive.index.base import SearchEngine, Watermark
from archive.model import Visibility
from archive.results import Question
from archive.search import SearchService
from archive.text.lexicon.lexicon import Lexicon
from archive.text.parse import parse_query
from archive.text.query import And, Or, Query, Word
from archive.text.spelling.speller import Speller
from archive.text.terms import TextField
from archive.text.tokens import surface
from archive.text.writing import written


@dataclass(frozen=True, slots=True)
class Meant:
    """Another question, and how many slides it finds."""

    text: str
    total_pages: int


class Spelling:
    """Mends questions by the words of the index. Safe to use from several threads."""

    def __init__(self, engine: SearchEngine, lexicon: Lexicon, search: SearchService) -> None:
        self._engine = engine
        self._lexicon = lexicon
        self._search = search
        self._made = threading.Lock()
        self._spellers: dict[int, tuple[Watermark | None, Speller]] = {}

    def meant(self, question: Question, visitor: Visibility) -> Meant | None:
        """Return a question with its unknown words mended, where it finds anything; None where none does.

        Phrases, names and excluded words are left as they are. What it finds is asked of the index anew, so
        that a word which has been hidden meanwhile is not offered.
        """
        query = parse_query(question.text)
        speller = self._speller(visitor)
        mended = _mended(query, speller)
        if mended == query:
            return None
        text = written(mended)
        total = self._search.total(replace(question, text=text, page=1), visitor)
        return Meant(text, total) if total else None

    def _speller(self, visitor: Visibility) -> Speller:
        """Return a speller by the words that the visitor may see; made anew when the index has changed."""
        mark = self._engine.watermark()
        with self._made:
            held = self._spellers.get(visitor.rank)
            if held is None or held[0] != mark:
                words = self._engine.vocabulary(visitor.rank).terms(TextField.EXACT)
                held = (mark, Speller(words, self._lexicon))
                self._spellers[visitor.rank] = held
            return held[1]


def _mended(query: Query, speller: Speller) -> Query:
    match query:
        case Word(text, None):
            return replace(query, text=speller.correct(surface(text)) or text)
        case And(children) | Or(children):
            return type(query)(tuple(_mended(child, speller) for child in children))
    return query
