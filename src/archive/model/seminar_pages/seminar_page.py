"""What was read out of a seminar's page: each field with its passages, and how sure it is."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class BlockKind(StrEnum):
    """What a block of a page's outline is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link: its absolute address and the letters `start` to `end` of its block's text."""

    address: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """A block of the page as a person reads it.

    `level` is that of a heading (1 to 6), the depth of a list's item from 1, or 0; `row` and `column` count
    from 1 in a table of the number `table`, and are 0 elsewhere.
    """

    kind: BlockKind
    text: str
    level: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    links: tuple[PageLink, ...] = ()
    emphases: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """The letters `start` to `end` of the block with the number `block`, counted from 0."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReadField(Generic[T]):
    """One field: its value, how sure it is (0 to 1), and the passages it was read from.

    A field under `SURE_MIN` is looked at by a person before it is published.
    """

    value: T
    certainty: float = 1.0
    passages: tuple[Passage, ...] = ()


SURE_MIN = 0.9


def no_text() -> ReadField[str | None]:
    """Return the field of what the page does not say."""
    return ReadField(None)


def no_addresses() -> ReadField[tuple[str, ...]]:
    """Return the field of links that the page does not have."""
    return ReadField(())


@dataclass(frozen=True, slots=True)
class ReadFocusArea:
    """A focus area with its years."""

    title: ReadField[str | None]
    year_from: ReadField[int | None] = field(default_factory=lambda: ReadField(None))
    year_to: ReadField[int | None] = field(default_factory=lambda: ReadField(None))


@dataclass(frozen=True, slots=True)
class ReadSpeaker:
    """A speaker, or one who led the talk; role and organisation as the page says. One of them has a value."""

    name: ReadField[str | None] = field(default_factory=no_text)
    role: ReadField[str | None] = field(default_factory=no_text)
    organisation: ReadField[str | None] = field(default_factory=no_text)


@dataclass(frozen=True, slots=True)
class ReadTalk:
    """A talk. Talks at the same time share a `slot`, else 0; `moderators` do not count as speakers."""

    topic: ReadField[str | None]
    abstract: ReadField[str | None] = field(default_factory=no_text)
    speakers: tuple[ReadSpeaker, ...] = ()
    moderators: tuple[ReadSpeaker, ...] = ()
    regions: ReadField[tuple[str, ...]] = field(default_factory=no_addresses)
    decks: ReadField[tuple[str, ...]] = field(default_factory=no_addresses)
    films: ReadField[tuple[str, ...]] = field(default_factory=no_addresses)
    slot: int = 0


@dataclass(frozen=True, slots=True)
class ReadEvent:
    """An event with its talks in programme order; `starts_on` is ISO 8601: a day, a month or a year."""

    title: ReadField[str | None]
    kind: ReadField[str | None] = field(default_factory=no_text)
    starts_on: ReadField[str | None] = field(default_factory=no_text)
    ends_on: ReadField[str | None] = field(default_factory=no_text)
    place: ReadField[str | None] = field(default_factory=no_text)
    occasion: ReadField[str | None] = field(default_factory=no_text)
    organiser: ReadField[str | None] = field(default_factory=no_text)
    text: ReadField[str | None] = field(default_factory=no_text)
    decks: ReadField[tuple[str, ...]] = field(default_factory=no_addresses)
    films: ReadField[tuple[str, ...]] = field(default_factory=no_addresses)
    talks: tuple[ReadTalk, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A publication that the page links to."""

    title: ReadField[str | None]
    publisher: ReadField[str | None] = field(default_factory=no_text)
    address: ReadField[str | None] = field(default_factory=no_text)


@dataclass(frozen=True, slots=True)
class SeminarPage:
    """Everything read out of one page.

    `blocks` are the page as it is shown beside the fields; `seminar_addresses` lead to pages of single
    seminars where the page is a list of them; `remarks` are sentences on what could not be read.
    """

    address: str
    title: str
    blocks: tuple[SourceBlock, ...]
    focus_areas: tuple[ReadFocusArea, ...] = ()
    events: tuple[ReadEvent, ...] = ()
    reports: tuple[ReadReport, ...] = ()
    seminar_addresses: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
