"""Documents: decks and reports, their versions and originals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from archive.model.extraction import Outcome
from archive.model.visibility import Visibility


class DocumentKind(StrEnum):
    """What a document is to its readers."""

    DECK = "deck"
    REPORT = "report"


class WithdrawalReason(StrEnum):
    """Why a document was withdrawn."""

    STAFF = "staff"
    LEFT_OUT = "left_out"
    DISCARDED = "discarded"
    """A draft that staff threw away: the same bytes may be given again."""


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes as they came: content address, size and media type."""

    sha256: str
    size_bytes: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a document: one original and what was read from it.

    `category` is None until the extraction is done. `pictures_done` is False until every page has its
    picture or the making of pictures has failed (`picture_message` says why). `drawn_sha256` names the PDF
    that LibreOffice made and the pictures were drawn from, "" where there is none. `properties` are the
    file's own ("title", "author" …).
    """

    id: str
    number: int
    filename: str
    original: Original
    created_at: datetime
    category: Outcome | None = None
    message: str = ""
    engine: str = ""
    page_count: int = 0
    properties: Mapping[str, str] = field(default_factory=dict)
    pictures_done: bool = False
    picture_message: str = ""
    drawn_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A deck or a report. `version` is the one that readers see (`catalogue/versions.py`).

    `file_date` is the date that the file itself gives: YYYY, YYYY-MM, YYYY-MM-DD or ""; or the one that staff
    gave (`date_is_given`).
    """

    id: str
    kind: DocumentKind
    title: str
    version: Version
    visibility: Visibility = Visibility.PUBLIC
    language: str = ""
    publisher: str = ""
    year: int | None = None
    file_date: str = ""
    date_is_given: bool = False
    talk_id: str | None = None
    event_id: str | None = None
    withdrawn_at: datetime | None = None
