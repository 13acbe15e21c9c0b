"""Offers the question that a visitor may have meant: "upphandlngi" → "upphandling"."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archive.analysis.swedish import SwedishAnalyzer
from archive.analysis.tokenizer import surface, words
from archive.index.engine import SearchEngine
from archive.index.schema import TextField
from archive.model.visibility import Visibility
from archive.query.ast import And, Or, ParsedQuery, SearchField, Word
from archive.query.parser import parse_query
from archive.query.unparse import written
from archive.search.question import Question
from archive.search.refreshed import Refreshed
from archive.search.service import SearchService
from archive.search.written_forms import WrittenForms
from archive.spelling.speller import Speller

_NAME_FIELDS: Final = {
    SearchField.SPEAKER: TextField.SPEAKER,
    SearchField.ORGANISATION: TextField.ORGANISATION,
    SearchField.REGION: TextField.REGION,
    SearchField.FOCUS_AREA: TextField.FOCUS_AREA,
    SearchField.EVENT: TextField.EVENT,
}
_WORD_FIELDS: Final = (TextField.EXACT, *_NAME_FIELDS.values())
"""The fields that hold words as they are written; those for staff alone are not among them."""

# A name with an extension, or of several words joined as only files have them.
_FILE_NAME: Final = re.compile(r"\S+\.[A-Za-z][A-Za-z0-9]{1,4}|\S*\w_\w\S*")
_MARKUP: Final = re.compile(r"</?\w[^<>]*>|\{\{|\{%|\$\{")


@dataclass(frozen=True, slots=True)
class Meant:
    """Another question, and how many slides (`total_pages`) it finds."""

    text: str
    total_pages: int


@dataclass(frozen=True, slots=True)
class _Spellers:
    """What mends words asked of all of a page (and its title), and those asked of one field."""

    words: Speller
    names: Mapping[SearchField, Speller]


class DidYouMean:
    """Mends questions by the words of the index. Safe to use from several threads."""

    def __init__(
        self, engine: SearchEngine, analyzer: SwedishAnalyzer, search: SearchService, forms: WrittenForms
    ) -> None:
        self._engine = engine
        self._search = search
        self._analyzer = analyzer
        self._forms = forms
        self._refreshed = Refreshed(self._spellers, engine.watermark)

    def meant(self, question: Question, visitor: Visibility) -> Meant | None:
        """Return a question with its unknown words mended, where it finds anything; None where none does.

        Phrases and excluded words are left as they are; words of a field are mended by that field's own.
        Names have their capitals.
        What is offered is asked of the index again, so that a word which has been hidden meanwhile is not.
        Names of files (`Rapport_2021_v2.pptx`) and markup (`<script>`) are no words that somebody misspelt.
        While the words are being read for the first time there is no offer.
        """
        if _MARKUP.search(question.text):
            return None
        query = parse_query(question.text)
        made = self._refreshed.get(visitor)
        mended = self._mended(query, made.value, visitor) if made else query
        if mended == query:
            return None
        text = written(mended)
        total = self._search.found(replace(question, text=text, page=1), visitor)
        return Meant(text, total) if total else None

    def warm(self, visitor: Visibility) -> None:
        """Begin to read the words that a visitor may see, so that the first offer need not wait."""
        self._refreshed.warm(visitor)

    def close(self) -> None:
        """Wait until no thread of ours reads the index any more."""
        self._refreshed.close()

    def _spellers(self, visitor: Visibility) -> _Spellers:
        names = {name: self._speller([field], visitor) for name, field in _NAME_FIELDS.items()}
        return _Spellers(self._speller(_WORD_FIELDS, visitor), names)

    def _speller(self, fields: Iterable[TextField], visitor: Visibility) -> Speller:
        words = self._words(fields, visitor.rank)
        return Speller(words, self._analyzer.lexicon, self._analyzer.splitter)

    def _words(self, fields: Iterable[TextField], max_rank: int) -> Iterator[tuple[str, int]]:
        vocabulary = self._engine.vocabulary(max_rank)
        for field in fields:
            yield from vocabulary.terms(field)

    def _mended(self, query: ParsedQuery, spellers: _Spellers, visitor: Visibility) -> ParsedQuery:
        match query:
            case Word(text) if _FILE_NAME.fullmatch(text):
                return query
            case Word(_, None | SearchField.TITLE):
                return self._mended_word(query, spellers.words, _WORD_FIELDS, visitor)
            case Word(_, field) if field in _NAME_FIELDS:
                return self._mended_word(query, spellers.names[field], [_NAME_FIELDS[field]], visitor)
            case And(children) | Or(children):
                return replace(
                    query, children=tuple(self._mended(child, spellers, visitor) for child in children)
                )
        return query

    def _mended_word(
        self, typed: Word, speller: Speller, fields: Sequence[TextField], visitor: Visibility
    ) -> Word:
        """Return a word with its parts (`e-akriv` has two) mended, where it then finds anything."""
        text, end = "", 0
        for part, start, stop in words(typed.text):
            text += typed.text[end:start] + self._mended_part(part, speller, fields, visitor)
            end = stop
        mended = replace(typed, text=text + typed.text[end:])
        return mended if mended != typed and self._finds(mended, visitor) else typed

    def _mended_part(
        self, part: str, speller: Speller, fields: Sequence[TextField], visitor: Visibility
    ) -> str:
        """Return the word that is meant, if the visitor may still see it, or a compound of such parts."""
        form = surface(part)
        meant = speller.correct(form)
        if not meant or self._is_inflected(form, meant, speller):
            return part
        vocabulary = self._engine.vocabulary(visitor.rank)
        is_indexed = any(vocabulary.frequencies(field, [meant])[0] for field in fields)
        if not is_indexed:
            return part if speller.pages(meant) else meant
        if TextField.EXACT in fields and not self._is_said(meant, fields, visitor):
            return part
        written = self._forms.written(meant, visitor, fields)
        return written.capitalize() if part[0].isupper() and written == meant else written

    def _is_inflected(self, form: str, meant: str, speller: Speller) -> bool:
        """Return whether a word of the archive is only another form of what would be offered for it."""
        if not speller.pages(form):
            return False
        main_forms = [{term for term, _ in self._analyzer.query_terms(word)} for word in (form, meant)]
        return form.startswith(meant) or bool(main_forms[0] & main_forms[1])

    def _is_said(self, meant: str, fields: Sequence[TextField], visitor: Visibility) -> bool:
        """Return whether a word is a name, or on a slide other than as a guess of OCR."""
        names = [field for field in fields if field is not TextField.EXACT]
        vocabulary = self._engine.vocabulary(visitor.rank)
        is_name = any(vocabulary.frequencies(field, [meant])[0] for field in names)
        return is_name or self._forms.is_said(meant, visitor)

    def _finds(self, word: Word, visitor: Visibility) -> bool:
        return self._search.total(Question(written(word)), visitor) > 0
