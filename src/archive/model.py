"""The records of the archive as plain typed values. Nothing here reads or writes anything."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class Visibility(StrEnum):
    """Who may see a record; each level includes those above it."""

    PUBLIC = "public"
    MEMBERS = "members"
    STAFF = "staff"

    @property
    def rank(self) -> int:
        """Return 0 for public, 1 for members, 2 for staff: a visitor sees ranks up to their own."""
        return _VISIBILITY_RANKS[self]


_VISIBILITY_RANKS = {Visibility.PUBLIC: 0, Visibility.MEMBERS: 1, Visibility.STAFF: 2}


class Category(StrEnum):
    """The outcome of reading one file. An empty result is never `OK`."""

    OK = "ok"
    OK_PARTIAL = "ok_partial"
    EMPTY_NEEDS_OCR = "empty_needs_ocr"
    PASSWORD = "password"  # noqa: S105 - the name of an outcome
    UNSUPPORTED_TYPE = "unsupported_type"
    DAMAGED = "damaged"
    RESOURCE_LIMIT = "resource_limit"
    TIMEOUT = "timeout"
    CRASH = "crash"

    @property
    def is_read(self) -> bool:
        """Return whether words were read from the file."""
        return self in (Category.OK, Category.OK_PARTIAL)


class DocumentKind(StrEnum):
    """What a document is to its readers."""

    DECK = "deck"
    REPORT = "report"


class BlockField(StrEnum):
    """Where on a page a block of words stood. Each extractor says which of these it can fill."""

    TITLE = "title"
    BODY = "body"
    BOX = "box"
    GROUP = "group"
    TABLE = "table"
    CHART = "chart"
    DIAGRAM = "diagram"
    EQUATION = "equation"
    ALT_TEXT = "alt_text"
    LINK = "link"
    COMMENT = "comment"
    NOTES = "notes"
    EMBEDDED = "embedded"
    CAPTION = "caption"
    HEADER = "header"
    FOOTER = "footer"
    ANNOTATION = "annotation"
    FORM = "form"
    OCR = "ocr"
    LAYOUT = "layout"
    SECTION = "section"
    PAGE_NUMBER = "page_number"


STAFF_FIELDS = frozenset({BlockField.NOTES, BlockField.COMMENT})
"""Fields that only staff read and search until staff say otherwise."""

REPEATED_FIELDS = frozenset({BlockField.HEADER, BlockField.FOOTER, BlockField.LAYOUT, BlockField.PAGE_NUMBER})
"""Fields that repeat from page to page: never used for snippets."""

UNSEARCHED_FIELDS = frozenset({BlockField.PAGE_NUMBER})
"""Fields that are told apart so that they can be left out: neither searched nor shown beside the picture."""


class OcrReason(StrEnum):
    """Why the words of a page's picture are to be read, too; NONE where they need not be."""

    NONE = ""
    FEW_WORDS = "few_words"
    BAD_TEXT = "bad_text"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its text, its bullet level (0 = outermost) and whether it has a bullet."""

    text: str
    level: int = 0
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Words that stand together on a page.

    `rows` is filled for tables and chart data (first row = headings when `has_header`), `paragraphs` for
    everything else. `language` is "sv", "en" or "" (unknown); an extractor gives what the file declares.
    """

    field: BlockField
    paragraphs: tuple[Paragraph, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    has_header: bool = False
    language: str = ""

    @property
    def text(self) -> str:
        """Return all words of the block; paragraphs and rows on lines of their own, cells after tabs."""
        lines = [paragraph.text for paragraph in self.paragraphs]
        lines += ["\t".join(row) for row in self.rows]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Page:
    """A slide or a page: what a search finds.

    `number` counts from 1. `width_pt` and `height_pt` are the page's size in points (1/72 inch), 0 if
    unknown. `engine` names what read the text ("python-pptx", "pdfminer.six", "pdfium" …). `ocr_reason`
    says why the page's picture is to be read by OCR.
    """

    number: int
    blocks: tuple[Block, ...] = ()
    hidden: bool = False
    language: str = ""
    engine: str = ""
    width_pt: float = 0.0
    height_pt: float = 0.0
    broken: str = ""
    ocr_reason: OcrReason = OcrReason.NONE

    @property
    def title(self) -> str:
        """Return the page's title on one line, or ""."""
        for block in self.blocks:
            if block.field is BlockField.TITLE:
                return " ".join(block.text.split())
        return ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one original. `properties` are the file's own ("title", "author" …)."""

    category: Category
    pages: tuple[Page, ...] = ()
    engine: str = ""
    message: str = ""
    properties: dict[str, str] = field(default_factory=dict)


class WordBox(NamedTuple):
    """Where a word stands on the page, in points from the page's top left corner.

    A tuple: a page of results makes thousands of them, and a dataclass takes five times as long to make.
    """

    text: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a page in two widths, both WebP objects in the store, and the page's words."""

    number: int
    width_pt: float
    height_pt: float
    width_px: int
    height_px: int
    large_sha256: str
    small_sha256: str
    words: tuple[WordBox, ...] = ()


@dataclass(frozen=True, slots=True)
class FocusArea:
    """What the association works on for some years (fokusområde)."""

    id: str
    title: str
    year_from: int | None = None
    year_to: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A seminar, conference or meeting."""

    id: str
    title: str
    kind: str = "seminar"
    starts_on: date | None = None
    ends_on: date | None = None
    place: str = ""
    occasion: str = ""
    organiser: str = ""
    text: str = ""
    source_url: str = ""
    visibility: Visibility = Visibility.PUBLIC
    focus_areas: tuple[FocusArea, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has spoken."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation that a speaker belonged to."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Region:
    """A place in the controlled vocabulary: code, name, other names, and the code of the broader place."""

    code: str
    name: str
    alternative_names: tuple[str, ...] = ()
    broader: str | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """A person's part in a presentation, with the role and organisation held then."""

    person: Person
    role: str = ""
    organisation: Organisation | None = None


@dataclass(frozen=True, slots=True)
class Presentation:
    """One talk in an event. `position` counts from 1 in the programme."""

    id: str
    topic: str
    event_id: str | None = None
    position: int = 1
    abstract: str = ""
    language: str = ""
    visibility: Visibility = Visibility.PUBLIC
    region_codes: tuple[str, ...] = ()
    contributions: tuple[Contribution, ...] = ()


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
    that LibreOffice made and the pictures were drawn from, "" where there is none.
    """

    id: str
    number: int
    filename: str
    original: Original
    created_at: datetime
    category: Category | None = None
    message: str = ""
    engine: str = ""
    page_count: int = 0
    pictures_done: bool = False
    picture_message: str = ""
    drawn_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A deck or a report. `version` is the newest one."""

    id: str
    kind: DocumentKind
    title: str
    version: Version
    visibility: Visibility = Visibility.PUBLIC
    language: str = ""
    publisher: str = ""
    year: int | None = None
    presentation_id: str | None = None
    event_id: str | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the journal that the index follows. `seq` only grows."""

    seq: int
    document_id: str
    at: datetime


class JobKind(StrEnum):
    """What a worker does with a version, in this order: each kind waits for those before it."""

    EXTRACT = "extract"
    RENDER = "render"
    OCR = "ocr"


@dataclass(frozen=True, slots=True)
class Job:
    """A unit of work with a lease: whoever holds it must finish before `leased_until`."""

    id: int
    kind: JobKind
    version_id: str
    attempts: int = 0
    leased_until: datetime | None = None
    lease_owner: str = ""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """Something that was done, by whom, to what, with which outcome."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    outcome: str
    detail: str = ""
