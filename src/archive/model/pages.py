"""Pages: slides and pages of reports, their words and pictures."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from archive.model.tidying import mended


class BlockField(StrEnum):
    """Where on a page a block of words is. Each extractor says which of these it can fill."""

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


REPEATED_FIELDS = frozenset({BlockField.HEADER, BlockField.FOOTER, BlockField.LAYOUT, BlockField.PAGE_NUMBER})
"""Fields that repeat from page to page: never used for snippets."""

UNSEARCHED_FIELDS = frozenset({BlockField.PAGE_NUMBER})
"""Fields that are neither searched nor shown next to the picture."""


class OcrReason(StrEnum):
    """Why OCR should read a page's picture; NONE where it need not.

    DRAWING: the page shows metafiles, whose words the rendering has as text; nothing else needs reading.
    """

    NONE = ""
    FEW_WORDS = "few_words"
    BAD_TEXT = "bad_text"
    PICTURE = "picture"
    DRAWING = "drawing"
    DRAWING_AND_PICTURE = "drawing_and_picture"

    @property
    def wants_rendered_words(self) -> bool:
        """Return whether words are wanted that only the page's rendering has."""
        return self in (OcrReason.DRAWING, OcrReason.DRAWING_AND_PICTURE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its text, its bullet level (0 = outermost) and whether it has a bullet."""

    text: str
    level: int = 0
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Words that belong together on a page.

    `rows` is filled for tables and chart data (first row = headings when `has_header`), `paragraphs` for
    everything else. `language` is "sv", "en" or "" (unknown), as the file declares it.
    """

    field: BlockField
    paragraphs: tuple[Paragraph, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    has_header: bool = False
    language: str = ""

    @property
    def text(self) -> str:
        """Return all words of the block: one line a paragraph or row, cells separated by tabs."""
        lines = [paragraph.text for paragraph in self.paragraphs]
        lines += ["\t".join(row) for row in self.rows]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Page:
    """A slide or a page: what a search finds.

    `number` counts from 1. `width_pt` and `height_pt` are the page's size in points (1/72 inch), 0 if
    unknown. `reader` names what read the text ("python-pptx", "pdfminer.six", "pdfium" …). `ocr_reason`
    says why OCR should read the page's picture.
    """

    number: int
    blocks: tuple[Block, ...] = ()
    hidden: bool = False
    language: str = ""
    reader: str = ""
    width_pt: float = 0.0
    height_pt: float = 0.0
    broken: str = ""
    ocr_reason: OcrReason = OcrReason.NONE

    @property
    def title(self) -> str:
        """Return the page's title as it is shown, on one line, or ""."""
        return mended(next((block.text for block in self.blocks if block.field is BlockField.TITLE), ""))


GREY_WIDTH_PX, GREY_HEIGHT_PX = 24, 18
"""The size of a page's picture in grey, a byte a pixel from the top left corner, whatever its shape."""


class WordBox(NamedTuple):
    """Where a word is on the page, in points (1/72 inch) from the page's top left corner.

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
