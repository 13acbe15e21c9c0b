"""The JSON of documents, their versions and pages."""

from pydantic import Field

from archive.model.documents import DocumentKind
from archive.model.extraction import Outcome
from archive.web.presenters.api.answers import Answer
from archive.web.presenters.api.records import DATE, Reference

_REPLACED = "Whether the file is a copy from which details were erased, in the place of the one that came in"


class DocumentRecord(Answer):
    """A deck or a report, as the version that readers see now."""

    id: str
    kind: DocumentKind
    title: str
    language: str
    publisher: str
    year: int | None
    date: str = Field(description=f"The day of its event: {DATE}")
    file_date: str = Field(description=f"Where no record has a date, the file's: {DATE}")
    speakers: tuple[str, ...]
    talk: Reference | None
    event: Reference | None
    version: int
    filename: str
    media_type: str
    size_bytes: int
    outcome: Outcome | None = Field(description="How reading the file ended; null until it was read")
    page_count: int = Field(description="How many pages you may see")
    changed_at: str = Field(description="When this version came in (RFC 3339)")
    url: str
    api_url: str
    pages_url: str
    versions_url: str


class SingleDocument(DocumentRecord):
    """A document with what may be downloaded of it; an address is empty where there is nothing."""

    original_url: str
    clean_url: str = Field(description="The file without what is for staff alone")
    pdf_url: str
    original_was_replaced: bool = Field(description=_REPLACED)


class VersionRecord(Answer):
    """One state of a document."""

    document: Reference
    number: int
    is_current: bool
    filename: str
    media_type: str
    size_bytes: int
    sha256: str = Field(description="The digest of the file; empty where you may not have the file")
    created_at: str = Field(description="When it came in (RFC 3339)")
    outcome: Outcome | None = Field(description="How reading the file ended; null until it was read")
    page_count: int = Field(description="How many pages you may see")
    original_url: str = Field(description="The file; empty where you may not have it")
    original_was_replaced: bool = Field(description=_REPLACED)
    api_url: str


class TextBlock(Answer):
    """Words that belong together on a page."""

    field: str = Field(description="Where on the page they are: title, body, table, notes …")
    language: str = Field(description="sv, en, or empty where the file does not say")
    text: str = Field(description="A line for each paragraph or row, cells separated by tabs")
    rows: tuple[tuple[str, ...], ...] = Field(description="The cells of a table or a chart's figures")


class WordRecord(Answer):
    """A word on the page's picture: its box in points (1/72 inch) from the top left corner."""

    text: str
    x: float
    y: float
    width: float
    height: float


class PageRecord(Answer):
    """A slide of a deck, or a page of a report."""

    document: Reference
    version: int
    number: int
    title: str
    language: str
    date: str = Field(description=f"The day of its event, else its year, else its file's date: {DATE}")
    is_hidden: bool = Field(description="Whether it is hidden from all but staff")
    width_pt: float
    height_pt: float
    blocks: tuple[TextBlock, ...]
    picture_url: str = Field(description="Its picture (WebP), empty where there is none")
    thumbnail_url: str
    url: str
    api_url: str


class SinglePage(PageRecord):
    """A page with the boxes of its words, where there is a picture."""

    words: tuple[WordRecord, ...]
