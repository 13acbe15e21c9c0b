"""What a visitor can do where nothing was found. A bounded number of searches finds out."""

from dataclasses import dataclass, replace

from archive.analysis.swedish import SwedishAnalyzer, smallest_parts
from archive.model.visibility import Visibility
from archive.query.ast import And, Not, Or, ParsedQuery, Phrase, Prefix, Word
from archive.query.parser import parse_query
from archive.query.unparse import written
from archive.search.question import Question
from archive.search.service import SearchService

_PARTS_MAX = 8
_COMPOUNDS_MAX = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """A question that finds something: its text, what to call it, how many slides it finds."""

    text: str
    label: str
    total_pages: int


@dataclass(frozen=True, slots=True)
class ZeroHits:
    """Why nothing was found, and what would be.

    `unknown`: parts of the question that find nothing by themselves. `without`: the question less one part,
    or less all that find nothing (`label` is what is left out). `loose`: a phrase's words without their
    quotation marks, one by one where that finds nothing. `parts`: those of a compound that finds nothing.
    `unfiltered_pages`: how many slides the question finds without the chosen filters.
    """

    unknown: tuple[str, ...]
    without: tuple[Offer, ...]
    loose: tuple[Offer, ...]
    parts: tuple[Offer, ...]
    unfiltered_pages: int


class ZeroHitHelp:
    """Finds what would find something."""

    def __init__(self, search: SearchService, analyzer: SwedishAnalyzer) -> None:
        self._search = search
        self._analyzer = analyzer

    def look(self, question: Question, visitor: Visibility) -> ZeroHits:
        """Return help for a question without hits."""
        query = parse_query(question.text)
        pieces = query.children[:_PARTS_MAX] if isinstance(query, And) else (query,)
        totals = {piece: self._total(question, piece, visitor) for piece in pieces if _is_asked(piece)}
        unknown = tuple(piece for piece, total in totals.items() if not total)
        return ZeroHits(
            unknown=tuple(map(written, unknown)),
            without=self._without(question, pieces, unknown, visitor),
            loose=self._loose(question, pieces, visitor),
            parts=self._parts(question, unknown, visitor),
            unfiltered_pages=(
                self._search.total(replace(question, filters={}), visitor) if question.filters else 0
            ),
        )

    def _without(
        self,
        question: Question,
        pieces: tuple[ParsedQuery, ...],
        unknown: tuple[ParsedQuery, ...],
        visitor: Visibility,
    ) -> tuple[Offer, ...]:
        """Return the question less each part, or less all that finds nothing where that is more than one."""
        offers = []
        for left_out in [unknown] if len(unknown) > 1 else [(piece,) for piece in pieces]:
            rest = tuple(piece for piece in pieces if piece not in left_out)
            if all(isinstance(piece, Not) for piece in rest):  # all but what is excluded: that helps nobody
                continue
            label = " ".join(map(written, left_out))
            offer = self._offer(question, And(rest) if len(rest) > 1 else rest[0], label, visitor)
            offers += [offer] if offer else []
        return tuple(sorted(offers, key=lambda offer: -offer.total_pages))

    def _loose(
        self, question: Question, pieces: tuple[ParsedQuery, ...], visitor: Visibility
    ) -> tuple[Offer, ...]:
        if not any(isinstance(piece, Phrase) for piece in pieces):
            return ()
        words: list[ParsedQuery] = []
        for piece in pieces:
            if isinstance(piece, Phrase):
                words += [Word(word, piece.field) for word in piece.words]
            else:
                words.append(piece)
        loose = And(tuple(words)) if len(words) > 1 else words[0]
        offers = [self._offer(question, loose, written(loose), visitor)]
        if not offers[0]:
            offers = [self._offer(question, word, written(word), visitor) for word in words[:_PARTS_MAX]]
        return tuple(offer for offer in offers if offer)

    def _parts(
        self, question: Question, pieces: tuple[ParsedQuery, ...], visitor: Visibility
    ) -> tuple[Offer, ...]:
        words = [piece.text for piece in pieces if isinstance(piece, Word) and piece.field is None]
        offers: dict[str, Offer] = {}
        for word in words[:_COMPOUNDS_MAX]:
            for part in smallest_parts(self._analyzer.word_terms(word, "sv")):
                text = word[part.start : part.end]
                offer = self._offer(question, Word(text), text, visitor)
                if offer:
                    offers.setdefault(text, offer)
        return tuple(offers.values())

    def _offer(self, question: Question, query: ParsedQuery, label: str, visitor: Visibility) -> Offer | None:
        total = self._total(question, query, visitor)
        return Offer(written(query), label, total) if total else None

    def _total(self, question: Question, query: ParsedQuery, visitor: Visibility) -> int:
        return self._search.total(replace(question, text=written(query), page=1), visitor)


def _is_asked(query: ParsedQuery) -> bool:
    return isinstance(query, Word | Phrase | Prefix | Or)
