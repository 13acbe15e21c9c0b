"""What is known of each word of a question, kept as data.

`word_reader.py` reads it, `compile.py` is a pure function of a question and these readings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from archive.index.file_words import whole_name
from archive.query.ast import (
    And,
    Everything,
    Not,
    ParsedQuery,
    Phrase,
    Prefix,
    SearchField,
    Typed,
    Values,
    Word,
    is_plain,
    leaves,
)
from archive.query.query_expansion import ExpansionKind

ON_THE_PAGE = frozenset({None, SearchField.TITLE, SearchField.NOTES})
"""Fields whose words are on the page, or are asked of all of it."""


@dataclass(frozen=True, slots=True)
class WordReading:
    """One word, and what it may stand for.

    Attributes:
        form: its surface form; "" for a translated word, which is found by its main form alone.
        terms: its main forms in either language, each with a weight; a stop word has none.
        parts: main forms of a compound's smallest parts.
        written_apart: the surface forms of a compound written as several words, each way that it may be.
        alternatives: other words that may be meant.
        relatives: main forms derived from the same root, for a word that need not be there.
        apart: two surface forms that the word is written as elsewhere (`opensource`: open source).
    """

    form: str
    terms: tuple[tuple[str, float], ...]
    parts: tuple[str, ...] = ()
    written_apart: tuple[tuple[str, ...], ...] = ()
    alternatives: "tuple[AlternativeReading, ...]" = ()
    relatives: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def is_stop_word(self) -> bool:
        """Return whether only surface forms hold this word."""
        return not self.terms


def forms_of(words: Sequence[WordReading]) -> tuple[str, ...]:
    """Return the surface forms of words."""
    return tuple(word.form for word in words)


@dataclass(frozen=True, slots=True)
class AlternativeReading:
    """What may stand in for typed words: its text, what it weighs next to them (0–1), and its own words."""

    text: str
    weight: float
    kind: ExpansionKind
    words: tuple[WordReading, ...]


@dataclass(frozen=True, slots=True)
class SpelledReading:
    """What is typed as several words, in the one spelling that others share: 17300 for "17 300".

    `is_one`: its words mean nothing by themselves, as those of "4 maj 2021" and "e-arkiv".
    """

    word: WordReading
    is_one: bool


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
        spelled: by a word as it was typed, its other spelling where it has one.
    """

    words: Mapping[str, tuple[WordReading, ...]]
    pairs: Mapping[tuple[str, str], PairReading]
    spelled: Mapping[str, SpelledReading] = field(default_factory=dict)

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

    def is_single_word(self, query: ParsedQuery) -> bool:
        """Return whether one word is all that is asked for: then no page lacks another."""
        asked = self.without_stop_words(leaves(query))
        return sum(isinstance(leaf, Typed) for leaf in asked) == 1

    def file_name(self, query: And) -> tuple[str, ...]:
        """Return the whole name of a file that a question's words may be; () where they can be none."""
        words = [child for child in query.children if is_plain(child)]
        content = [word for word in words if not self.is_stop_word(word)]
        if query.is_typed or len(words) < len(query.children) or len(content) < 2:
            return ()
        name = whole_name([form for typed in words for form in forms_of(self.of(typed))])
        return name if len(name) > 1 else ()


def is_on_the_page(query: ParsedQuery) -> bool:
    """Return whether the query can only be met by the page's own words."""
    if isinstance(query, Phrase):
        return query.field in ON_THE_PAGE
    return isinstance(query, Word | Prefix) and query.field in (SearchField.TITLE, SearchField.NOTES)
