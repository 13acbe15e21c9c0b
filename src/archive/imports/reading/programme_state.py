"""What has been read of an event so far."""

from dataclasses import dataclass, field

from archive.imports.reading.naming.people import PersonOnPage
from archive.imports.reading.pieces import Line, Link
from archive.imports.reading.talks.drafts import TalkParts

_LOOKED_BACK = 300  # no programme has as many talks; looking at all for each line would grow with the square


@dataclass(slots=True)
class Programme:
    """What the lines of one event tell. `loose` are links that belong to no talk yet, with their lines."""

    talks: list[TalkParts] = field(default_factory=list)
    intro: list[Line] = field(default_factory=list)
    facts: list[Line] = field(default_factory=list)
    loose: list[tuple[Line, Link]] = field(default_factory=list)
    moderators: list[PersonOnPage] = field(default_factory=list)

    def last_talks(self) -> list[TalkParts]:
        """Return the talks that were told last, in order: all of those that a page may have."""
        return self.talks[-_LOOKED_BACK:]

    def last_speakers(self) -> set[str]:
        """Return the names of those who gave the talks that were told last."""
        return {person.value for talk in self.last_talks() for person in talk.people}


@dataclass(slots=True)
class ProgrammeState:
    """How far the lines of an event have been read.

    `title` is the line before, if it may be the topic of a talk whose speakers come next; `pending` is the
    paragraph before, if it names somebody and no talk; `gathers` tells that lines with nothing but people are
    speakers of the last talk.
    """

    programme: Programme
    known: frozenset[str]
    last: TalkParts | None = None
    is_closed: bool = False
    is_between: bool = True
    has_begun: bool = False
    gathers: bool = False
    has_programme: bool = False
    title: Line | None = None
    pending: Line | None = None


def add(state: ProgrammeState, draft: TalkParts, *, from_documents: bool = False) -> None:
    """Add a talk; `from_documents` tells that it stands in a list of files."""
    state.programme.talks.append(draft)
    state.has_programme = state.has_programme or not from_documents
    state.last, state.is_closed, state.is_between, state.has_begun = draft, False, False, True
    state.gathers, state.title, state.pending = False, None, None
