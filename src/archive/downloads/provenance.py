"""Where a file of hits comes from: what was asked, where and when, how much was found, which licence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Provenance:
    """What each file says of itself.

    Attributes:
        question: the words that were asked for, "" for none.
        address: the whole address of the page of results.
        at: when the hits were listed.
        licence: what may be done with them, as an address or in words.
        hit_count: how many pages were found.
        talk_count: of how many talks, and documents without one.
    """

    question: str
    address: str
    at: datetime
    licence: str
    hit_count: int
    talk_count: int

    def values(self) -> Mapping[str, str | int]:
        """Return the same by the names of the last columns of a table."""
        return {
            "question": self.question,
            "question_address": self.address,
            "downloaded_at": self.at.isoformat(timespec="seconds"),
            "licence": self.licence,
            "hit_count": self.hit_count,
            "talk_count": self.talk_count,
        }
