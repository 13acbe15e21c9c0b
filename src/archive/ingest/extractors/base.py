"""What every reader of a file format offers to the child process that runs it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from archive.model.extraction import Outcome
from archive.model.pages import BlockField, Page, WordBox


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """How much of one file is read, and how.

    Attributes:
        pages_max: pages (1 to 20,000) that are read.
        page_text_max_chars: characters of text that are kept of one page.
        unpacked_max_bytes: all parts of a package together, unpacked.
        bad_letter_share: the share (0 to 1) of letters without a meaning above which a page goes to OCR.
        password: what staff gave for a locked file, "" for nothing.
    """

    pages_max: int
    page_text_max_chars: int
    unpacked_max_bytes: int = 48 * 1024 * 1024
    bad_letter_share: float = 0.1
    password: str = ""


@dataclass(frozen=True, slots=True)
class Finish:
    """The end of reading one file: its outcome, and what is known of the file as a whole.

    `page_count` is the number of pages the file has, also when fewer were read; 0 if unknown. `message` is
    one plain sentence, "" when all went well. `properties` are the file's own ("title", "author" …).
    """

    category: Outcome
    message: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    page_count: int = 0
    engine: str = ""


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """The picture of one page: two WebP files of different width, and where the page's words are.

    `width_px` and `height_px` are those of the large one; `grey` is the picture in GREY_WIDTH_PX by
    GREY_HEIGHT_PX pixels of grey, by which the same slide is found elsewhere. Word boxes are in points from
    the top left corner of the page as it is drawn.
    """

    number: int
    width_pt: float
    height_pt: float
    width_px: int
    height_px: int
    large: bytes
    small: bytes
    grey: bytes
    words: tuple[WordBox, ...] = ()


@dataclass(frozen=True, slots=True)
class PagePdf:
    """One page as a PDF file of its own: its number, its size as it is seen, and the bytes."""

    number: int
    width_pt: float
    height_pt: float
    pdf: bytes


Record = Page | DrawnPage | PagePdf | Finish
"""What a reader yields: one of these for each page, a Finish at the end."""


class Extractor(Protocol):
    """Reads the words of one file format.

    `engine` names the library that reads; `fields` are the block fields that it can fill.
    """

    engine: str
    fields: frozenset[BlockField]

    def extract(self, file: BinaryIO, limits: ReadLimits) -> Iterator[Page | Finish]:
        """Yield the pages of `file` in order, then exactly one Finish. Bad files never raise."""
        ...


class Drawer(Protocol):
    """Draws the pages of one file format."""

    def draw(
        self, file: BinaryIO, limits: ReadLimits, options: Mapping[str, int]
    ) -> Iterator[DrawnPage | Finish]:
        """Yield the pictures of `file` in page order, then exactly one Finish. Bad files never raise.

        `options` holds `large_width_px`, `small_width_px` and `webp_quality` (1 to 100). With `page` only
        that page is drawn; with `resolution_dpi` the large picture has that many pixels an inch, but is at
        most `large_width_px` wide; with `upside_down` (1) it is turned by 180 degrees.
        """
        ...


class Cutter(Protocol):
    """Makes a PDF file of one page."""

    def cut(
        self, file: BinaryIO, limits: ReadLimits, options: Mapping[str, int], words: Sequence[WordBox]
    ) -> Iterator[PagePdf | Finish]:
        """Yield page `options["page"]` of `file`, then exactly one Finish. Bad files never raise.

        `words` are laid over the page unseen where the file has no such letters there itself, so that they
        can be selected and found; their boxes are in points from the page's top left corner.
        """
        ...
