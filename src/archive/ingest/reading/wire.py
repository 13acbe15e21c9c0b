"""What the child answered, checked: frames of untrusted JSON become records, or the file is rejected.

The other side is `archive.ingest.extractors.frames`. A child that parses a hostile file may answer anything,
so nothing here trusts a length, a type, a number or a name.
"""

import base64
import binascii
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from archive.analysis.normalize import normalize
from archive.errors import FileRejected
from archive.ingest.extractors import frames
from archive.ingest.extractors.base import DrawnPage, Finish, PagePdf, Record
from archive.model.extraction import Outcome
from archive.model.pages import (
    GREY_HEIGHT_PX,
    GREY_WIDTH_PX,
    Block,
    BlockField,
    OcrReason,
    Page,
    Paragraph,
    WordBox,
)


class WireError(FileRejected):
    """The child gave an answer that is not of the agreed form; it counts as a crash of the child."""

    code = "untrusted_answer"

    def __init__(self) -> None:
        super().__init__(Outcome.CRASH, "The reader gave an answer that cannot be trusted; it was not kept.")


_Number = Annotated[int, Field(ge=1, le=frames.PAGE_NUMBER_MAX)]
_Length = Annotated[float, Field(ge=0, le=frames.LENGTH_MAX_PT, allow_inf_nan=False)]
_Place = Annotated[float, Field(ge=-frames.LENGTH_MAX_PT, le=frames.LENGTH_MAX_PT, allow_inf_nan=False)]
_Pixels = Annotated[int, Field(ge=1, le=frames.SIZE_MAX_PX)]
_Level = Annotated[int, Field(ge=0, le=frames.LEVEL_MAX)]
_Name = Annotated[str, Field(max_length=frames.NAME_MAX_CHARS)]
_Message = Annotated[str, Field(max_length=frames.MESSAGE_MAX_CHARS)]
_Word = Annotated[str, Field(max_length=frames.WORD_MAX_CHARS)]
_Value = Annotated[str, Field(max_length=frames.PROPERTY_MAX_CHARS)]
_Row = Annotated[tuple[str, ...], Field(max_length=frames.CELLS_MAX)]
_Box = tuple[_Word, _Place, _Place, _Length, _Length]


class _Untrusted(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _UntrustedBlock(_Untrusted):
    field: BlockField
    paragraphs: Annotated[tuple[tuple[str, _Level, bool], ...], Field(max_length=frames.PARAGRAPHS_MAX)]
    rows: Annotated[tuple[_Row, ...], Field(max_length=frames.ROWS_MAX)]
    has_header: bool
    language: Literal["", "sv", "en"]

    def size_chars(self) -> int:
        """Return how many characters of text the block holds."""
        words = sum(len(text) for text, _, _ in self.paragraphs)
        return words + sum(len(cell) for row in self.rows for cell in row)


class _UntrustedPage(_Untrusted):
    kind: Literal["page"]
    number: _Number
    blocks: Annotated[tuple[_UntrustedBlock, ...], Field(max_length=frames.BLOCKS_MAX)]
    hidden: bool
    engine: _Name
    width_pt: _Length
    height_pt: _Length
    broken: _Message
    ocr_reason: OcrReason


class _UntrustedPicture(_Untrusted):
    kind: Literal["picture"]
    number: _Number
    width_pt: _Length
    height_pt: _Length
    width_px: _Pixels
    height_px: _Pixels
    large: str
    small: str
    grey: str
    words: Annotated[tuple[_Box, ...], Field(max_length=frames.WORDS_MAX)]


class _UntrustedPagePdf(_Untrusted):
    kind: Literal["sheet"]
    number: _Number
    width_pt: _Length
    height_pt: _Length
    pdf: str


class _UntrustedDone(_Untrusted):
    kind: Literal["done"]
    category: Outcome
    engine: _Name
    message: _Message
    page_count: Annotated[int, Field(ge=0, le=frames.PAGE_COUNT_MAX)]
    properties: Annotated[dict[_Name, _Value], Field(max_length=frames.PROPERTIES_MAX)]


_Any = _UntrustedPage | _UntrustedPicture | _UntrustedPagePdf | _UntrustedDone
_UntrustedFrame = Annotated[_Any, Field(discriminator="kind")]
_FRAME: TypeAdapter[_Any] = TypeAdapter(_UntrustedFrame)


def decode(untrusted_frame: bytes, text_max_chars: int) -> Record:
    """Return the record in one frame (without its length); all text is normalised.

    A page may hold `text_max_chars` characters. Raises WireError for anything but a well-formed record.
    """
    try:
        untrusted = _FRAME.validate_json(untrusted_frame)
    except ValidationError:
        raise WireError from None
    if isinstance(untrusted, _UntrustedPage):
        return _page(untrusted, text_max_chars)
    if isinstance(untrusted, _UntrustedPicture):
        return _picture(untrusted)
    if isinstance(untrusted, _UntrustedPagePdf):
        return PagePdf(untrusted.number, untrusted.width_pt, untrusted.height_pt, _pdf(untrusted.pdf))
    properties = {normalize(name): normalize(value) for name, value in untrusted.properties.items()}
    message, engine = normalize(untrusted.message), normalize(untrusted.engine)
    return Finish(untrusted.category, message, properties, untrusted.page_count, engine)


def _page(untrusted: _UntrustedPage, text_max_chars: int) -> Page:
    if sum(block.size_chars() for block in untrusted.blocks) > text_max_chars:
        raise WireError
    return Page(
        number=untrusted.number,
        blocks=tuple(_block(block) for block in untrusted.blocks),
        hidden=untrusted.hidden,
        reader=normalize(untrusted.engine),
        width_pt=untrusted.width_pt,
        height_pt=untrusted.height_pt,
        broken=normalize(untrusted.broken),
        ocr_reason=untrusted.ocr_reason,
    )


def _block(untrusted: _UntrustedBlock) -> Block:
    return Block(
        field=untrusted.field,
        paragraphs=tuple(
            Paragraph(normalize(text), level, bullet) for text, level, bullet in untrusted.paragraphs
        ),
        rows=tuple(tuple(normalize(cell) for cell in row) for row in untrusted.rows),
        has_header=untrusted.has_header,
        language=untrusted.language,
    )


def _picture(untrusted: _UntrustedPicture) -> DrawnPage:
    return DrawnPage(
        number=untrusted.number,
        width_pt=untrusted.width_pt,
        height_pt=untrusted.height_pt,
        width_px=untrusted.width_px,
        height_px=untrusted.height_px,
        large=_webp(untrusted.large),
        small=_webp(untrusted.small),
        grey=_grey(untrusted.grey),
        words=tuple(WordBox(normalize(text), *place) for text, *place in untrusted.words),
    )


def _pdf(untrusted_text: str) -> bytes:
    data = _bytes(untrusted_text)
    # It goes to browsers as a download: it must at least be what its name says (ISO 32000-2, 7.5.2).
    if not data.startswith(b"%PDF-") or len(data) > frames.PAGE_PDF_MAX_BYTES:
        raise WireError
    return data


def _webp(untrusted_text: str) -> bytes:
    data = _bytes(untrusted_text)
    # Pictures go to browsers as they are: at least they must say that they are WebP (RFC 9649, section 2.4).
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise WireError
    return data


def _grey(untrusted_text: str) -> bytes:
    data = _bytes(untrusted_text)
    if len(data) != GREY_WIDTH_PX * GREY_HEIGHT_PX:  # any byte is a shade
        raise WireError
    return data


def _bytes(untrusted_text: str) -> bytes:
    try:
        return base64.b64decode(untrusted_text, validate=True)
    except (binascii.Error, ValueError):
        raise WireError from None
