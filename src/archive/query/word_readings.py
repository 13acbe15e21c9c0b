"""Single words, phrases and prefixes: which fields they are looked up in, in which forms, with what weight.

A word without a field name is found on the page (title 2.0, text 1.0, and 0.4 more in its surface form), in
what is known about its talk (0.5) and, for staff, in the notes (0.5). A compound is found by all its parts,
too (1.0), and a word by what it may stand for (widening.py), where it need not be there also by words derived
from the same root (0.7).
"""

from collections.abc import Sequence
from dataclasses import replace

from archive.analysis.analyzer import Analyzer, smallest_parts
from archive.index.query import AllOf, AnyOf, BestOf, MatchNone, NoneOf, Query, Term, TermPhrase, TermPrefix
from archive.index.schema import TextField
from archive.query.ast import ParsedQuery, Phrase, Prefix, SearchField, Word
from archive.query.query_expansion import Alternative, Expander, Expansion, ExpansionKind

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
ON_THE_PAGE = frozenset({None, SearchField.TITLE, SearchField.NOTES})
"""Fields whose words stand on the page, or are asked of all of it."""


class WordExpander:
    """Turns the leaves of a visitor's tree into index terms.

    `widener` is None where nothing may be added to what was typed. `is_strict`: whether a compound means all
    its parts (for words that must be there), or any of them (for words that may be). `widened` grows as words
    are expanded.
    """

    def __init__(self, analyzer: Analyzer, notes: bool, widener: Expander | None, is_strict: bool) -> None:
        self._analyzer = analyzer
        self._notes = notes
        self._widener = widener
        self._is_strict = is_strict
        self.widened: dict[Expansion, None] = {}

    def is_stop_word(self, query: ParsedQuery) -> bool:
        """Return whether the query is a word without a main form in either language."""
        return (
            isinstance(query, Word)
            and query.field in ON_THE_PAGE
            and not any(self._analyzer.query_terms(form) for form in self._forms(query))
        )

    def expand(self, query: Word | Phrase | Prefix, talk: TextField) -> Query:
        """Return the tree for one word, phrase or prefix; words are looked up in the field `talk`, too."""
        forms = self._forms(query)
        if not forms or (query.field is SearchField.NOTES and not self._notes):
            return MatchNone()
        if query.field in _SURFACE_FIELDS:
            return self._surface(query, forms, _SURFACE_FIELDS[query.field])
        if isinstance(query, Phrase):
            return self._phrase(forms, query.field)
        if isinstance(query, Prefix):
            last = self._prefix(forms[-1], query.field, talk)
            return all_of((*(self._word(form, query.field, talk) for form in forms[:-1]), last))
        if len(forms) == 1:
            return self._word(forms[0], query.field, talk)
        content = [form for form in forms if self._analyzer.query_terms(form)]
        words = all_of(tuple(self._word(form, query.field, talk) for form in content or forms))
        return words if query.field else BestOf((self._phrase(forms, None), words))

    def _forms(self, query: Word | Phrase | Prefix) -> tuple[str, ...]:
        text = " ".join(query.words) if isinstance(query, Phrase) else query.text
        return tuple(token.term for token in self._analyzer.exact_terms(text))

    def _surface(self, query: Word | Phrase | Prefix, forms: tuple[str, ...], field: TextField) -> Query:
        """Return the tree for a field that holds surface forms (names)."""
        if isinstance(query, Prefix):
            return all_of((*(Term(field, form) for form in forms[:-1]), TermPrefix(field, forms[-1])))
        if isinstance(query, Phrase):
            return _in_a_row(field, forms, _TEXT_BOOST)
        return all_of(tuple(Term(field, form) for form in forms))

    def pair(self, first: Word, second: Word, talk: TextField, is_alone: bool) -> Query | None:
        """Return what two neighbouring words may stand for together: a compound, or a translation.

        `is_alone`: whether nothing else is asked.
        """
        left, right = self._forms(first), self._forms(second)
        if self._widener is None or len(left) != 1 or len(right) != 1:
            return None
        compound = self._widener.joined(left[0], right[0])
        if compound:
            self.widened[Expansion(f"{first.text} {second.text}", compound, ExpansionKind.JOINED)] = None
            boost = _JOINED_ALONE_BOOST if is_alone else _JOINED_BOOST
            # Without its parts: these are the words beside it, which are asked for anyway.
            return boosted(self._whole(compound, self._places(talk)), boost)
        together = self._widener.translations((left[0], right[0]))
        return self._others(f"{first.text} {second.text}", together, None, talk) if together else None

    def _word(self, form: str, field: SearchField | None, talk: TextField) -> Query:
        """Return the tree of a word and of all that it may stand for."""
        own = self._single(form, field, talk)
        if self._widener is None or field not in (None, SearchField.TITLE):
            return own
        found = [own]
        alternatives = self._widener.alternatives(form)
        if alternatives:
            found.append(self._others(form, alternatives, field, talk))
        related = () if self._is_strict or field else self._widener.relatives(form)
        places = [(place, boost * _RELATIVE_BOOST) for place, boost in self._places(talk)]
        found += [Term(place, term, boost) for term in related for place, boost in places]
        return found[0] if len(found) == 1 else BestOf(tuple(found))

    def _others(
        self, typed: str, others: Sequence[Alternative], field: SearchField | None, talk: TextField
    ) -> Query:
        trees = []
        for other in others:
            self.widened[Expansion(typed, other.word, other.kind)] = None
            words = tuple(self._single(form, field, talk) for form in other.word.split())
            trees.append(boosted(all_of(words), other.weight))
        return trees[0] if len(trees) == 1 else BestOf(tuple(trees))

    def _single(self, form: str, field: SearchField | None, talk: TextField) -> Query:
        """Return the tree of a word as it was typed: its main forms, its surface form, a compound's parts."""
        terms = self._analyzer.query_terms(form)
        if not terms:  # a stop word: only surface forms hold it
            return self._phrase((form,), field if field is SearchField.NOTES else None)
        places = {
            SearchField.TITLE: ((TextField.TITLE, _TEXT_BOOST),),
            SearchField.NOTES: ((TextField.NOTES, _TEXT_BOOST),),
            None: self._places(talk),
        }[field if field in ON_THE_PAGE else None]
        adding: list[Query] = [self._whole(form, places)]
        if field is None:
            adding.append(Term(TextField.EXACT, form, _EXACT_BOOST))
        if field is SearchField.NOTES or (field is None and self._notes):
            adding.append(Term(TextField.NOTES_EXACT, form, _NOTES_EXACT_BOOST))
        parts = self._parts(form, places)
        if parts:
            adding.append(all_of(parts) if self._is_strict else AnyOf(parts))
        return adding[0] if len(adding) == 1 else AnyOf(tuple(adding))

    def _whole(self, form: str, places: Sequence[tuple[TextField, float]]) -> Query:
        """Return the best of a word's main forms in some fields."""
        terms = self._analyzer.query_terms(form)
        found = [Term(place, term, boost * weight) for place, boost in places for term, weight in terms]
        return found[0] if len(found) == 1 else BestOf(tuple(found))

    def _parts(self, form: str, places: Sequence[tuple[TextField, float]]) -> tuple[Query, ...]:
        """Return the trees of a compound's smallest parts."""
        return tuple(
            BestOf(tuple(Term(place, part.term, _PART_BOOST * boost) for place, boost in places))
            for part in smallest_parts(self._analyzer.word_terms(form, "sv"))
        )

    def _places(self, talk: TextField) -> tuple[tuple[TextField, float], ...]:
        places = ((TextField.TITLE, _TITLE_BOOST), (TextField.TEXT, _TEXT_BOOST), (talk, _TALK_BOOST))
        return (*places, (TextField.NOTES, _NOTES_BOOST)) if self._notes else places

    def _phrase(self, forms: tuple[str, ...], field: SearchField | None) -> Query:
        """Return words in a row. A title's: they stand so on the page, and all of them are in the title."""
        if field is SearchField.NOTES:
            return _in_a_row(TextField.NOTES_EXACT, forms, _TEXT_BOOST)
        page = _in_a_row(TextField.EXACT, forms, _TEXT_BOOST)
        if field is SearchField.TITLE:
            content = [form for form in forms if self._analyzer.query_terms(form)]
            return all_of((page, *(self._word(form, field, TextField.LEAD) for form in content)))
        if not self._notes:
            return page
        return BestOf((page, _in_a_row(TextField.NOTES_EXACT, forms, _NOTES_BOOST)))

    def _prefix(self, form: str, field: SearchField | None, talk: TextField) -> Query:
        if field is SearchField.TITLE:
            return TermPrefix(TextField.TITLE, form)
        if field is SearchField.NOTES:
            return TermPrefix(TextField.NOTES_EXACT, form)
        places = [
            (TextField.TITLE, _TITLE_BOOST),
            (TextField.EXACT, _TEXT_BOOST),
            (talk, _TALK_BOOST),
            (TextField.NOTES_EXACT, _NOTES_BOOST),
        ]
        kept = places if self._notes else places[:-1]
        return BestOf(tuple(TermPrefix(place, form, boost) for place, boost in kept))


def boosted(tree: Query, factor: float) -> Query:
    """Return the tree with its scores multiplied."""
    match tree:
        case Term() | TermPhrase() | TermPrefix():
            return replace(tree, boost=tree.boost * factor)
        case AllOf(children) | AnyOf(children) | BestOf(children):
            return replace(tree, children=tuple(boosted(child, factor) for child in children))
    return tree


def all_of(children: tuple[Query, ...]) -> Query:
    """Return a tree that all children must match; a single child is returned as it is."""
    return children[0] if len(children) == 1 and not isinstance(children[0], NoneOf) else AllOf(children)


def _in_a_row(field: TextField, forms: tuple[str, ...], boost: float) -> Query:
    return Term(field, forms[0], boost) if len(forms) == 1 else TermPhrase(field, forms, boost)
