"""Index terms: what analysis makes of text, and the tree of terms that every search engine compiles.

A visitor's tree (`query.py`) becomes this tree in `expand.py`; engines know nothing of Swedish.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class TextField(StrEnum):
    """The analysed fields of a page in the index.

    `NOTES` and `NOTES_EXACT` hold staff-only words and are searched for staff alone; the others are public.
    Fields named EXACT hold surface forms for phrases; the others hold main forms (and word parts).
    `ABOUT` holds the talk's topic, speakers, organisations and event, on every page; `LEAD` holds the same on
    the first page only, so that a question about the talk alone finds one slide of it and not all.
    """

    TITLE = "title"
    TEXT = "text"
    EXACT = "exact"
    ABOUT = "about"
    LEAD = "lead"
    SPEAKER = "speaker"
    ORGANISATION = "organisation"
    REGION = "region"
    FOCUS_AREA = "focus_area"
    EVENT = "event"
    NOTES = "notes"
    NOTES_EXACT = "notes_exact"


class Facet(StrEnum):
    """Fixed-value fields of a page: for filters, facet counts and `Value` leaves. All may hold several."""

    FOCUS_AREA = "focus_area"
    EVENT = "event"
    YEAR = "year"
    REGION = "region"
    ORGANISATION = "organisation"
    SPEAKER = "speaker"
    KIND = "kind"
    LANGUAGE = "language"
    MEDIA_TYPE = "media_type"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Token:
    """One index term of a text.

    `position` counts words from 0; parts of a compound stand at its position with their own `start` and `end`
    (characters in the source text) and a `boost` below 1.
    """

    term: str
    position: int
    start: int
    end: int
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class WordTerm:
    """One index term of a single word: the main form of it all, or of a part of a compound.

    `start` and `end` are characters within the word; `boost` is 1 for the whole word, below 1 for a part.
    """

    term: str
    start: int
    end: int
    boost: float = 1.0


def smallest_parts(terms: Sequence[WordTerm]) -> list[WordTerm]:
    """Return the parts of a compound that hold no other part. `terms` are a word's: the whole comes first."""
    parts = terms[1:]
    return [
        one
        for one in parts
        if not any(other is not one and one.start <= other.start and other.end <= one.end for other in parts)
    ]


@dataclass(frozen=True, slots=True)
class Term:
    """A single index term in one field."""

    field: TextField
    term: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class TermPhrase:
    """Terms at consecutive positions of one field."""

    field: TextField
    terms: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class TermPrefix:
    """All terms of a field that begin with `prefix`, at most the `max_terms` most frequent ones."""

    field: TextField
    prefix: str
    boost: float = 1.0
    max_terms: int = 64


@dataclass(frozen=True, slots=True)
class Value:
    """Any of some fixed values of a facet; adds nothing to the score."""

    facet: Facet
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every child must match; scores add. Children of type `Without` take pages away."""

    children: "tuple[TermTree, ...]"


@dataclass(frozen=True, slots=True)
class Any:
    """At least one child must match; scores of the matching ones add.

    With a `power` p below 1 they add as (Σ scoreᵖ)^(1/p) (Salton, Fox and Wu, Extended Boolean information
    retrieval, 1983): two middling scores then weigh more than one that is as high as both together.
    """

    children: "tuple[TermTree, ...]"
    power: float = 1.0


@dataclass(frozen=True, slots=True)
class Best:
    """At least one child must match; the best score counts (alternatives of one word)."""

    children: "tuple[TermTree, ...]"


@dataclass(frozen=True, slots=True)
class Without:
    """Pages that match the child are taken away. Stands only directly inside `All`."""

    child: "TermTree"


@dataclass(frozen=True, slots=True)
class Every:
    """Every page; adds nothing to the score."""


@dataclass(frozen=True, slots=True)
class Never:
    """No page."""


TermTree = Term | TermPhrase | TermPrefix | Value | All | Any | Best | Without | Every | Never
