"""Single words, phrases and prefixes: which fields they are looked up in, in which forms, with what weight.

A word without a field name is found on the page (title 2.0, text 1.0, and 0.4 more in its surface form), in
what is known about its talk (0.5) and, for staff, in the notes (0.5). A compound is found also where its
parts stand next to each other (1.0), and a word by what it may stand for (query_expansion.py); where it need
not be there also by any part (1.0) and by words derived from the same root (0.7).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.index.file_words import in_file_name, whole_name
from archive.index.query import (
    AnyOf,
    BestOf,
    MatchNone,
    Query,
    Term,
    TermPhrase,
    TermPrefix,
    all_of,
    best_of,
    boosted,
    in_a_row,
)
from archive.index.schema import TextField
from archive.query.ast import Phrase, Prefix, SearchField, Typed
from archive.query.query_expansion import Expansion, ExpansionKind
from archive.query.word_readings import (
    ON_THE_PAGE,
    AlternativeReading,
    PairReading,
    SpelledReading,
    WordReading,
    forms_of,
)

_TITLE_BOOST = 2.0
_TEXT_BOOST = 1.0
_EXACT_BOOST = 0.4
_TALK_BOOST = 0.5
_NOTES_BOOST = 0.5
_NOTES_EXACT_BOOST = 0.15
_PART_BOOST = 1.0
_RELATIVE_BOOST = 0.7
# What two typed words make together says far more than either of them; less so among many other words.
_JOINED_ALONE_BOOST = 4.0
_JOINED_BOOST = 1.0

_SURFACE_FIELDS = {
    SearchField.SPEAKER: TextField.SPEAKER,
    SearchField.ORGANISATION: TextField.ORGANISATION,
    SearchField.REGION: TextField.REGION,
    SearchField.FOCUS_AREA: TextField.FOCUS_AREA,
    SearchField.EVENT: TextField.EVENT,
}

_Words = tuple[WordReading, ...]


@dataclass(frozen=True, slots=True)
class Lookup:
    """How words are looked up.

    Attributes:
        notes: whether staff-only words (speaker notes, comments) are searched, too.
        is_strict: whether a compound means its parts in a row (a word that must be there), or any of them.
        is_expanded: whether words mean more than what was typed.
        is_translated: whether words mean their translations, too: not where pages are asked that have a word.
    """

    notes: bool
    is_strict: bool
    is_expanded: bool = True
    is_translated: bool = True


class WordQueries:
    """Turns words that were read into index terms; remembers in `added` what it added to the typed ones."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self.added: dict[Expansion, None] = {}

    def typed(
        self, typed: Typed, words: _Words, talk: TextField, spelled: SpelledReading | None = None
    ) -> Query:
        """Return the query for a word, phrase or prefix. `talk`: the field of talks (ABOUT or LEAD).

        `spelled` is the word in the spelling that others share.
        """
        field = typed.field
        if not words or (field is SearchField.NOTES and not self._lookup.notes):
            return MatchNone()
        if field in _SURFACE_FIELDS:
            return _in_surface_field(typed, forms_of(words), _SURFACE_FIELDS[field])
        if isinstance(typed, Phrase):
            return self._phrase(words, field) if field else self._phrase_or_name(words)
        if isinstance(typed, Prefix):
            last = self._prefix(words[-1].form, field, talk)
            return all_of((*(self._word(word, field, talk) for word in words[:-1]), last))
        other = () if spelled is None else (self._single(spelled.word, field, talk),)
        if len(words) == 1:
            return best_of((self._word(words[0], field, talk), *other))
        if spelled is not None and spelled.is_one:
            return best_of((*(() if field else (self._phrase(words, None),)), *other))
        content = [word for word in words[: len(whole_name(forms_of(words)))] if not word.is_stop_word]
        each = all_of(tuple(self._word(word, field, talk) for word in content or words))
        return best_of((*(() if field else (self._phrase_or_name(words),)), each, *other))

    def pair(self, typed: str, pair: PairReading, talk: TextField, is_alone: bool) -> Query:
        """Return the query for what two neighbouring words mean together.

        Args:
            typed: both words.
            pair: a compound, or translations.
            talk: as for `typed`.
            is_alone: whether nothing else is asked.
        """
        compound = pair.compound
        if compound is None:
            return self._alternatives(typed, pair.translations, None, talk)
        self.added[Expansion(typed, compound.form, ExpansionKind.JOINED)] = None
        boost = _JOINED_ALONE_BOOST if is_alone else _JOINED_BOOST
        # Without its parts: these are the two words, which are asked for anyway.
        return boosted(_whole(compound, self._places(talk)), boost)

    def _word(self, word: WordReading, field: SearchField | None, talk: TextField) -> Query:
        """Return the query for a word and for all that it may stand for."""
        own = self._single(word, field, talk)
        if not self._lookup.is_expanded or field not in (None, SearchField.TITLE):
            return own
        queries = [own]
        alternatives = self._that_count(word.alternatives)
        if alternatives:
            queries.append(self._alternatives(word.form, alternatives, field, talk))
        relatives = () if self._lookup.is_strict or field else word.relatives
        places = [(place, boost * _RELATIVE_BOOST) for place, boost in self._places(talk)]
        queries += [Term(place, term, boost) for term in relatives for place, boost in places]
        return best_of(queries)

    def _that_count(self, alternatives: Sequence[AlternativeReading]) -> Sequence[AlternativeReading]:
        """Return the alternatives by which a page has a word: a translation is not that word."""
        if self._lookup.is_translated:
            return alternatives
        return [one for one in alternatives if one.kind is not ExpansionKind.TRANSLATED]

    def means_together(self, pair: PairReading, is_alone: bool) -> bool:
        """Return whether what two words mean together counts here; where nothing else is asked, it does."""
        return is_alone or pair.compound is not None or bool(self._that_count(pair.translations))

    def _alternatives(
        self,
        typed: str,
        alternatives: Sequence[AlternativeReading],
        field: SearchField | None,
        talk: TextField,
    ) -> Query:
        queries = []
        for alternative in alternatives:
            self.added[Expansion(typed, alternative.text, alternative.kind)] = None
            words = tuple(self._single(word, field, talk) for word in alternative.words)
            queries.append(boosted(all_of(words), alternative.weight))
        return best_of(queries)

    def _single(self, word: WordReading, field: SearchField | None, talk: TextField) -> Query:
        """Return the query for a word as typed: its main forms, its surface form, a compound's parts."""
        if word.is_stop_word:  # only surface forms hold it
            return self._phrase((word,), field if field is SearchField.NOTES else None)
        places = {
            SearchField.TITLE: ((TextField.TITLE, _TEXT_BOOST),),
            SearchField.NOTES: ((TextField.NOTES, _TEXT_BOOST),),
            None: self._places(talk),
        }[field if field in ON_THE_PAGE else None]
        adding: list[Query] = [_whole(word, places)]
        if field is None and word.form:
            adding.append(Term(TextField.EXACT, word.form, _EXACT_BOOST))
        if field is None and word.apart:
            adding.append(TermPhrase(TextField.EXACT, word.apart, _TEXT_BOOST))
        if word.form and (field is SearchField.NOTES or (field is None and self._lookup.notes)):
            adding.append(Term(TextField.NOTES_EXACT, word.form, _NOTES_EXACT_BOOST))
        if word.written_apart and self._lookup.is_strict:
            adding.append(self._written_apart(word, field))
        elif word.parts and not self._lookup.is_strict:
            parts = (
                BestOf(tuple(Term(place, part, _PART_BOOST * boost) for place, boost in places))
                for part in word.parts
            )
            adding.append(AnyOf(tuple(parts)))
        return adding[0] if len(adding) == 1 else AnyOf(tuple(adding))

    def _written_apart(self, word: WordReading, field: SearchField | None) -> Query:
        """Return what finds a compound's parts as neighbours: apart, they are other words."""
        phrases: list[Query] = []
        if field is not SearchField.NOTES:
            phrases.append(TermPhrase(TextField.TITLE, word.parts, _TITLE_BOOST))
        if field is None:
            phrases += [TermPhrase(TextField.EXACT, forms, _PART_BOOST) for forms in word.written_apart]
        if field is SearchField.NOTES or (field is None and self._lookup.notes):
            phrases += [
                TermPhrase(TextField.NOTES_EXACT, forms, _NOTES_BOOST) for forms in word.written_apart
            ]
        return best_of(phrases)

    def _places(self, talk: TextField) -> tuple[tuple[TextField, float], ...]:
        places = ((TextField.TITLE, _TITLE_BOOST), (TextField.TEXT, _TEXT_BOOST), (talk, _TALK_BOOST))
        return (*places, (TextField.NOTES, _NOTES_BOOST)) if self._lookup.notes else places

    def _phrase(self, words: _Words, field: SearchField | None) -> Query:
        """Return words in a row. A title's: they are so on the page, and all of them are in the title."""
        forms = forms_of(words)
        if field is SearchField.NOTES:
            return in_a_row(TextField.NOTES_EXACT, forms, _TEXT_BOOST)
        page = in_a_row(TextField.EXACT, forms, _TEXT_BOOST)
        if field is SearchField.TITLE:
            content = [word for word in words if not word.is_stop_word]
            return all_of((page, *(self._word(word, field, TextField.LEAD) for word in content)))
        if not self._lookup.notes:
            return page
        return BestOf((page, in_a_row(TextField.NOTES_EXACT, forms, _NOTES_BOOST)))

    def _phrase_or_name(self, words: _Words) -> Query:
        """Return words in a row, on the page or in the name of its file."""
        return best_of((self._phrase(words, None), *in_file_name(forms_of(words))))

    def _prefix(self, form: str, field: SearchField | None, talk: TextField) -> Query:
        if field is SearchField.TITLE:
            return TermPrefix(TextField.TITLE, form)
        if field is SearchField.NOTES:
            return TermPrefix(TextField.NOTES_EXACT, form)
        places = [(TextField.TITLE, _TITLE_BOOST), (TextField.EXACT, _TEXT_BOOST), (talk, _TALK_BOOST)]
        if self._lookup.notes:
            places.append((TextField.NOTES_EXACT, _NOTES_BOOST))
        return BestOf(tuple(TermPrefix(place, form, boost) for place, boost in places))


def _in_surface_field(typed: Typed, forms: tuple[str, ...], field: TextField) -> Query:
    """Return the query in a field that holds surface forms (names)."""
    if isinstance(typed, Prefix):
        return all_of((*(Term(field, form) for form in forms[:-1]), TermPrefix(field, forms[-1])))
    if isinstance(typed, Phrase):
        return in_a_row(field, forms, _TEXT_BOOST)
    return all_of(tuple(Term(field, form) for form in forms))


def _whole(word: WordReading, places: Sequence[tuple[TextField, float]]) -> Query:
    """Return the best of a word's main forms in some fields."""
    return best_of(
        [Term(place, term, boost * weight) for place, boost in places for term, weight in word.terms]
    )
