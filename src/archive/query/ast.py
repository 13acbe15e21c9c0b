"""The tree that a visitor's question is parsed into: words and fields, no index terms, no engine."""

from dataclasses import dataclass
from enum import StrEnum


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
    """All children must match."""

    children: "tuple[ParsedQuery, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """At least one child must match."""

    children: "tuple[ParsedQuery, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The child must not match. It stands only inside And."""

    child: "ParsedQuery"


@dataclass(frozen=True, slots=True)
class Everything:
    """No words were given: all pages."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """A question that cannot match (only punctuation, say)."""


ParsedQuery = Word | Phrase | Prefix | Values | And | Or | Not | Everything | Nothing
