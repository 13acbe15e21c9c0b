"""Imports: what was given, how far it has come, and what it has brought in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from archive.model.seminar_pages.seminar_draft import KeptField, SeminarDraft
from archive.model.seminar_pages.seminar_page import SeminarPage


class ImportKind(StrEnum):
    """What says what the seminar was."""

    PAGE = "page"
    INDICO = "indico"
    PRETALX = "pretalx"
    SEMINAR_FILE = "seminar_file"
    CSV = "csv"


class ImportState(StrEnum):
    """How far an import has come."""

    READ = "read"
    PUBLISHED = "published"
    UNDONE = "undone"


class LinkState(StrEnum):
    """How far a linked file has come."""

    WAITING = "waiting"
    TAKEN = "taken"
    FAILED = "failed"


class ReadingState(StrEnum):
    """How far something that is given to be imported has come on its way to an import."""

    WAITING = "waiting"
    FETCHING = "fetching"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"


class LinkKind(StrEnum):
    """What a link of an import leads to: a file to take in, or the page of another seminar."""

    DECK = "deck"
    REPORT = "report"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class GivenSource:
    """What an import is made from: where it was, what it is called, its bytes in the store."""

    kind: ImportKind
    address: str
    filename: str
    sha256: str
    size_bytes: int
    content_type: str


@dataclass(frozen=True, slots=True)
class SeminarImport:
    """An import. `draft` is what staff look over, `published` what was published of it last (None: nothing).

    `kept` are fields that staff have changed since in the records, and that a newer reading says otherwise.
    """

    id: str
    source: GivenSource
    state: ImportState
    login: str
    made_at: datetime
    updated_at: datetime
    page: SeminarPage
    draft: SeminarDraft
    published: SeminarDraft | None = None
    kept: tuple[KeptField, ...] = ()

    @property
    def title(self) -> str:
        """Return what it is called in lists."""
        titles = [event.title for event in self.draft.events if event.title]
        return titles[0] if titles else self.page.title or self.source.filename or self.source.address

    @property
    def group(self) -> str:
        """Return the group of its edits in the journal."""
        return f"import:{self.id}"


@dataclass(frozen=True, slots=True)
class NewLink:
    """What an import links to, and what a file is to belong to."""

    address: str
    title: str
    kind: LinkKind = LinkKind.DECK
    publisher: str = ""
    event_id: str = ""
    talk_id: str = ""


@dataclass(frozen=True, slots=True)
class ImportLink:
    """A link and how far it has come; `is_new`: its document came with the import.

    `code` and `message` say why it failed, or what it waits for. Of a page `document_id` is its import.
    """

    id: int
    import_id: str
    link: NewLink
    state: LinkState
    attempts: int = 0
    code: str = ""
    message: str = ""
    document_id: str = ""
    is_new: bool = False
    lease_owner: str = ""


@dataclass(frozen=True, slots=True)
class PageReading:
    """What staff gave to be read: an address to fetch, or the bytes of a file (`body`, else None).

    `code` and `message` say why it failed, `import_id` what it has become.
    """

    id: str
    address: str
    filename: str
    content_type: str
    body: bytes | None
    login: str
    state: ReadingState
    queued_at: datetime
    attempts: int = 0
    code: str = ""
    message: str = ""
    import_id: str = ""
    lease_owner: str = ""

    @property
    def is_open(self) -> bool:
        """Return whether it is still on its way."""
        return self.state not in (ReadingState.DONE, ReadingState.FAILED)
