"""People and organisations as an authority file: one record for each, whatever it is called."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from archive.model.events import Spelling


class NameKind(StrEnum):
    """What has a name of its own in the archive."""

    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A name in the list for staff. `beside`: identifiers of those it stands with, for what is alike.

    Of a person these are the organisations, of an organisation the people.
    """

    id: str
    name: str
    talk_count: int = 0
    spellings: tuple[str, ...] = ()
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What staff say of a person or an organisation: the name of today and the others."""

    name: str
    spellings: tuple[Spelling, ...] = ()


@dataclass(frozen=True, slots=True)
class NameRecord:
    """A person or an organisation with all that staff can change. `edit` is the newest of the journal."""

    id: str
    kind: NameKind
    facts: NameFacts
    talk_count: int
    edit: int


@dataclass(frozen=True, slots=True)
class Moved:
    """What a merge moves from one record to the keeper; `talks` are topics, the first few of `talk_count`."""

    id: str
    name: str
    talk_count: int
    talks: Sequence[str]
    spellings: tuple[str, ...]
    address_count: int


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do. `twice_count`: talks that name two of them, and name the keeper once then."""

    keeper: NameRecord
    moved: tuple[Moved, ...]
    twice_count: int = 0


@dataclass(frozen=True, slots=True)
class PastMerge:
    """A merge that can be taken back: its edit, who did it when, and the names that went into the keeper."""

    edit: int
    at: datetime
    actor: str
    names: tuple[str, ...] = field(default=())
