"""What people who are not staff send in: files with what they say of them, into the review queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from archive.model.uploads import Upload


@dataclass(frozen=True, slots=True)
class NewSubmission:
    """What somebody says of the files that they are about to send.

    `login` is whose uploads they are: an account's, or one of a link's own; `sender` is what staff read of
    them. `event` is what they call the seminar, `event_id` the published one that they mean. `rights` is the
    sentence that they have agreed to.
    """

    login: str
    sender: str
    title: str = ""
    event: str = ""
    event_id: str | None = None
    talk: str = ""
    note: str = ""
    rights: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """Something that was sent in."""

    id: str
    given: NewSubmission
    made_at: datetime


class SubmittedState(StrEnum):
    """What became of a file that was sent in, as its sender is told."""

    RECEIVING = "receiving"
    RECEIVED = "received"
    REFUSED = "refused"
    UNREADABLE = "unreadable"
    READ = "read"
    PUBLISHED = "published"
    SETTLED = "settled"
    """Staff have made use of it, but it is no document that everybody who may send in sees."""
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class SubmittedFile:
    """A file of a submission; `document_id` once it is published.

    `message` says why it was refused or declined, "" where that is not for its sender to know.
    """

    upload: Upload
    state: SubmittedState
    message: str = ""
    document_id: str = ""


@dataclass(frozen=True, slots=True)
class SubmissionStatus:
    """A submission with what became of each of its files."""

    submission: Submission
    files: Sequence[SubmittedFile]
