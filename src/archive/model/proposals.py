"""What a speaker proposes by a link of staff's: other words for one contribution, and a new deck."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class TalkLink:
    """A link for one speaker of one talk; `speaker` is the name as it stood when staff made it."""

    id: str
    talk_id: str
    speaker: str
    made_by: str
    made_at: datetime
    ends_at: datetime
    revoked_at: datetime | None = None

    @property
    def login(self) -> str:
        """Return whose the files are that come by this link: no account's."""
        return f"talk-link:{self.id}"

    def is_usable(self, now: datetime) -> bool:
        """Return whether the link still works."""
        return self.revoked_at is None and self.ends_at > now


@dataclass(frozen=True, slots=True)
class TalkWording:
    """What a talk says of one speaker and of itself."""

    name: str = ""
    role: str = ""
    organisation: str = ""
    topic: str = ""
    abstract: str = ""

    def changed_from(self, other: "TalkWording") -> tuple[str, ...]:
        """Return the names of the fields that differ."""
        mine, theirs = asdict(self), asdict(other)
        return tuple(name for name in mine if mine[name] != theirs[name])


class ProposalState(StrEnum):
    """Whether staff have decided."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was proposed. `base` is what stood there when it was sent, `edit` the newest edit of then.

    `submission_id` is that of its files, None where none were sent. `reason` is what staff say to it.
    """

    id: str
    link: TalkLink
    base: TalkWording
    given: TalkWording
    note: str
    submission_id: str | None
    edit: int
    state: ProposalState
    made_at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ProposedField:
    """A field that a proposal changes: what it was, is now, and would be."""

    name: str
    base: str
    now: str
    given: str

    @property
    def is_changed_since(self) -> bool:
        """Return whether staff have changed it since the proposal was sent."""
        return self.now != self.base

    @property
    def is_done(self) -> bool:
        """Return whether it says already what is proposed."""
        return self.now == self.given


@dataclass(frozen=True, slots=True)
class ReadyProposal:
    """A proposal as staff decide on it; `mark` changes with all that is shown.

    `decks`: documents made of its files, the newest last. `is_receiving`: a file has come and is no document
    yet. `is_there`: whether the speaker is still in the talk.
    """

    proposal: Proposal
    fields: Sequence[ProposedField]
    decks: Sequence[str]
    is_receiving: bool
    is_there: bool
    mark: str
