"""The tree that a visitor's question is parsed into: words and fields, no index terms, no engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeGuard


class SearchField(StrEnum):
    """A field that a visitor may name in a question (`talare:`, `speaker:` …)."""

    TITLE = "title"
    SPEAKER = "speaker"
    ORGANISATION = "organisation"
    REGION = "region"
    FOCUS_AREA = "focus_area"
    EVENT = "event"
    NOTES = "notes"
    YEAR = "year"
    KIND = "kind"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was typed. `field` is None for a word asked of all of a page."""

    text: str
    field: SearchField | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must follow each other, in exactly these forms."""

    words: tuple[str, ...]
    field: SearchField | None = None

    @property
    def text(self) -> str:
        """Return its words as one text."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of a word (`kompetens*`), at least three letters."""

    text: str
    field: SearchField | None = None


@dataclass(frozen=True, slots=True)
class Values:
    """A field with fixed values, any of which will do (`år:2019-2022`, `typ:rapport`, `språk:sv`)."""

    field: SearchField
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class And:
    """All children must match. `is_typed`: the visitor wrote AND, so none of them may be missing."""

    children: "tuple[ParsedQuery, ...]"
    is_typed: bool = False


@dataclass(frozen=True, slots=True)
class Or:
    """At least one child must match."""

    children: "tuple[ParsedQuery, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The child must not match. It occurs only directly inside And."""

    child: "ParsedQuery"


@dataclass(frozen=True, slots=True)
class Everything:
    """No words were given: all pages."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """A question that cannot match (only punctuation, say)."""


Typed = Word | Phrase | Prefix
"""What a visitor types as words."""

ParsedQuery = Typed | Values | And | Or | Not | Everything | Nothing

_QUOTATION_MIN_WORDS: Final = 4
_LOOSE_WORDS_MAX: Final = 16


def is_plain(query: ParsedQuery) -> TypeGuard[Word]:
    """Return whether the query is a word asked of all of a page."""
    return isinstance(query, Word) and query.field is None


def leaves(query: ParsedQuery) -> tuple[ParsedQuery, ...]:
    """Return all that is asked for, in order; what is excluded is not among it."""
    if isinstance(query, And | Or):
        return tuple(leaf for child in query.children for leaf in leaves(child))
    return () if isinstance(query, Not) else (query,)


def alternatives(query: ParsedQuery) -> tuple[ParsedQuery, ...]:
    """Return what may be met by a talk's words alone, with all the other sides of an Or that it is in."""
    if isinstance(query, Word | Prefix):
        return () if query.field else (query,)
    if not isinstance(query, And | Or):
        return ()
    return tuple(leaf for child in query.children for leaf in leaves(child))


def typed_leaves(query: ParsedQuery) -> Iterator[Typed]:
    """Yield all words, phrases and prefixes in order, those that are excluded, too."""
    match query:
        case And(children) | Or(children):
            for child in children:
                yield from typed_leaves(child)
        case Not(child):
            yield from typed_leaves(child)
        case Word() | Phrase() | Prefix():
            yield query


def without_quotation_marks(query: ParsedQuery) -> And | None:
    """Return a question with its phrases taken apart, at most 16 words.

    Pasted sentences and titles have quotation marks that nobody meant as a sign. None where there is no
    phrase, or nothing but a short one: that was meant so.
    """
    pieces = query.children if isinstance(query, And) else (query,)
    words: list[ParsedQuery] = []
    others: list[ParsedQuery] = []
    quoted = 0
    for piece in pieces:
        if isinstance(piece, Phrase) and piece.field is None:
            words += map(Word, piece.words)
            quoted += len(piece.words)
        elif is_plain(piece):
            words.append(piece)
        else:
            others.append(piece)
    if not quoted or (len(pieces) == 1 and quoted < _QUOTATION_MIN_WORDS):
        return None
    return And((*words[:_LOOSE_WORDS_MAX], *others), isinstance(query, And) and query.is_typed)
