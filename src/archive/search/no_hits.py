"""What a visitor can do where nothing was found. A bounded number of searches finds out."""

from dataclasses import dataclass, replace

from archive.analysis.swedish import SwedishAnalyzer, smallest_parts
from archive.analysis.tokenizer import surface, words
from archive.model.visibility import Visibility
from archive.query.ast import And, Not, Or, ParsedQuery, Phrase, Prefix, SearchField, Values, Word
from archive.query.parser import parse_query
from archive.query.unparse import written
from archive.search.question import Question
from archive.search.service import SearchService
from archive.search.written_forms import WrittenForms

_PARTS_MAX = 8
_COMPOUNDS_MAX = 3
_LONGER_MAX = 3
_YEARS_MAX = 10
_BEGINNING_MIN_CHARS = 3
_NAMES = frozenset(
    {
        SearchField.SPEAKER,
        SearchField.ORGANISATION,
        SearchField.REGION,
        SearchField.FOCUS_AREA,
        SearchField.EVENT,
        SearchField.TITLE,
    }
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A question that finds something: its text, what to call it, how many slides it finds."""

    text: str
    label: str
    total_pages: int


@dataclass(frozen=True, slots=True)
class ZeroHits:
    """Why nothing was found, and what would be.

    `unknown`: parts of the question that find nothing by themselves, whatever the filters. `without`: the
    question less one part, or less all that find nothing (`label` is what is left out). `loose`: a
    phrase's words without their quotation marks, one by one where that finds nothing. `parts`: those of a
    compound that finds nothing. `plain`: the question with its names and years as words that slides say.
    `beginnings`: with words that find nothing as the beginnings of others (`label`: which).
    `unfiltered_pages`: how many slides the question finds without the chosen filters.
    """

    unknown: tuple[str, ...]
    without: tuple[Offer, ...]
    loose: tuple[Offer, ...]
    parts: tuple[Offer, ...]
    unfiltered_pages: int
    plain: tuple[Offer, ...] = ()
    beginnings: tuple[Offer, ...] = ()


class ZeroHitHelp:
    """Finds what would find something."""

    def __init__(self, search: SearchService, analyzer: SwedishAnalyzer, forms: WrittenForms) -> None:
        self._search = search
        self._analyzer = analyzer
        self._forms = forms

    def look(self, question: Question, visitor: Visibility) -> ZeroHits:
        """Return help for a question without hits."""
        query = parse_query(question.text)
        pieces = query.children[:_PARTS_MAX] if isinstance(query, And) else (query,)
        totals = {piece: self._total(question, piece, visitor) for piece in pieces if _is_asked(piece)}
        unknown = tuple(piece for piece, total in totals.items() if not total)
        unfiltered = replace(question, filters={})
        nowhere = (
            [piece for piece in unknown if not self._total(unfiltered, piece, visitor)]
            if question.filters
            else unknown
        )
        return ZeroHits(
            unknown=tuple(map(written, nowhere)),
            without=self._without(question, pieces, unknown, visitor),
            loose=self._loose(question, pieces, visitor),
            parts=self._parts(question, unknown, visitor),
            unfiltered_pages=self._search.total(unfiltered, visitor) if question.filters else 0,
            plain=self._plain(question, pieces, visitor),
            beginnings=self._beginnings(question, pieces, unknown, visitor),
        )

    def _plain(
        self, question: Question, pieces: tuple[ParsedQuery, ...], visitor: Visibility
    ) -> tuple[Offer, ...]:
        """Return the question with all its names and years asked of the slides' own words."""
        plain = tuple(map(_asked_of_slides, pieces))
        if plain == pieces:
            return ()
        offer = self._offer(question, _all_of(plain), " ".join(map(written, plain)), visitor)
        return (offer,) if offer else ()

    def _beginnings(
        self,
        question: Question,
        pieces: tuple[ParsedQuery, ...],
        unknown: tuple[ParsedQuery, ...],
        visitor: Visibility,
    ) -> tuple[Offer, ...]:
        offers = []
        for piece in unknown[:_COMPOUNDS_MAX]:
            if not isinstance(piece, Word) or piece.field or not _may_begin(piece.text):
                continue
            longer = self._forms.beginning(surface(piece.text), visitor, _LONGER_MAX)
            begun = _all_of(tuple(Prefix(one.text) if one == piece else one for one in pieces))
            offer = self._offer(question, begun, ", ".join(longer), visitor) if longer else None
            offers += [offer] if offer else []
        return tuple(offers)

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
            if not any(map(self._says_something, rest)):  # what is excluded, and "för": that helps nobody
                continue
            label = " ".join(map(written, left_out))
            offer = self._offer(question, _all_of(rest), label, visitor)
            offers += [offer] if offer else []
        return tuple(sorted(offers, key=lambda offer: -offer.total_pages))

    def _says_something(self, piece: ParsedQuery) -> bool:
        if isinstance(piece, Word) and piece.field is None:
            return any(self._analyzer.query_terms(word) for word, _, _ in words(piece.text))
        return not isinstance(piece, Not)

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
        loose = _all_of(tuple(words))
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
            parts = smallest_parts(self._analyzer.word_terms(word, "sv"))
            texts = tuple(word[part.start : part.end] for part in parts)
            together = [And(tuple(map(Word, texts)))] if len(texts) > 1 else []
            options: tuple[ParsedQuery, ...] = (*together, *map(Word, texts))
            for asked in options:
                offer = self._offer(question, asked, written(asked), visitor)
                if offer:
                    offers.setdefault(offer.text, offer)
        return tuple(offers.values())

    def _offer(self, question: Question, query: ParsedQuery, label: str, visitor: Visibility) -> Offer | None:
        total = self._total(question, query, visitor)
        return Offer(written(query), label, total) if total else None

    def _total(self, question: Question, query: ParsedQuery, visitor: Visibility) -> int:
        return self._search.total(replace(question, text=written(query), page=1), visitor)


def _asked_of_slides(piece: ParsedQuery) -> ParsedQuery:
    """Return a name or year as words that a slide may say, everything else as it is."""
    match piece:
        case Word(text, field) if field in _NAMES:
            return Word(text)
        case Prefix(text, field) if field in _NAMES:
            return Prefix(text)
        case Phrase(words, field) if field in _NAMES:
            return Phrase(words)
        case Values(SearchField.YEAR, years) if len(years) <= _YEARS_MAX:
            said = tuple(map(Word, years))
            return said[0] if len(said) == 1 else Or(said)
    return piece


def _may_begin(text: str) -> bool:
    """Return whether a word is long enough to be the beginning of others, and a single one."""
    found = [word for word, _, _ in words(text)]
    return found == [text] and len(text) >= _BEGINNING_MIN_CHARS


def _all_of(pieces: tuple[ParsedQuery, ...]) -> ParsedQuery:
    return And(pieces) if len(pieces) > 1 else pieces[0]


def _is_asked(query: ParsedQuery) -> bool:
    return isinstance(query, Word | Phrase | Prefix | Or)
