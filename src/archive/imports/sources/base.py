"""What a source must offer, and what it is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from archive.model.seminar_pages.imports import ImportKind
from archive.model.seminar_pages.seminar_page import SeminarPage


@dataclass(frozen=True, slots=True)
class GivenBytes:
    """What was fetched or given. `address` is "" for a file that is said to be from nowhere."""

    body: bytes
    address: str = ""
    filename: str = ""
    content_type: str = ""

    @property
    def suffix(self) -> str:
        """Return how the file's name ends, in small letters and without the dot."""
        return self.filename.rpartition(".")[2].lower() if "." in self.filename else ""


Fetch = Callable[[str], GivenBytes]
"""Fetches what else a source needs, as carefully as the first. Raises AddressRefused and FetchError."""


class Source(Protocol):
    """Reads one kind of description. What it says is untrusted: bounds are kept, nothing is run."""

    kind: ImportKind

    def recognises(self, given: GivenBytes) -> bool:
        """Return whether this is a description of this kind; reads little, and never raises."""
        ...

    def read(self, given: GivenBytes, fetch: Fetch) -> SeminarPage:
        """Return what it says. Raises InputError that names the mistake, AddressRefused and FetchError."""
        ...
