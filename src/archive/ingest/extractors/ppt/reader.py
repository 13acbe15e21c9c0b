"""The reader of .ppt, .pps and .pot where LibreOffice is missing or does not open the file."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

import olefile

from archive.errors import FileRejected
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.bounded import within_limits
from archive.ingest.extractors.ppt.document import PptDocument, PptRecordType, Record, Slide, text_of, walk
from archive.model.extraction import Outcome
from archive.model.naming.phrases import real_title
from archive.model.pages import Block, BlockField, Page, Paragraph

ENGINE = "olefile"

_STREAM, _USER = "PowerPoint Document", "Current User"
_ENCRYPTED_TOKEN = 0xF3D1C4DF  # [MS-PPT] 2.3.2, CurrentUserAtom
_FIELDS = {
    0: BlockField.TITLE,
    6: BlockField.TITLE,
    1: BlockField.BODY,
    5: BlockField.BODY,
    7: BlockField.BODY,
}
_FIELDS[8] = BlockField.BODY
_DAMAGED = "The deck is damaged and cannot be opened. Open it in PowerPoint, save it as .pptx and add that."
_LOCKED = "The deck is protected by a password. Save it without one and add it again."
_TOO_LARGE = "The deck holds more text than may be read. Save it in parts and add them."
_UNORDERED = "The deck is damaged: its text was found, but not which slide it stands on."
_BROKEN = "Part of the slide could not be read."


class PptExtractor:
    """Reads PowerPoint 97-2003 files by walking through their records."""

    engine = ENGINE
    fields = frozenset(
        {BlockField.TITLE, BlockField.BODY, BlockField.BOX, BlockField.NOTES, BlockField.COMMENT}
    )

    def extract(self, file: BinaryIO, limits: ReadLimits) -> Iterator[Page | Finish]:
        """Yield the slides in order, hidden ones too, then a Finish."""
        try:
            data, current_edit, properties = _opened(file, limits)
        except FileRejected as error:
            yield Finish(error.category, error.message, engine=ENGINE)
            return
        problem = ""
        try:
            pages = [
                _page(number, slide)
                for number, slide in enumerate(PptDocument(data, current_edit).slides(), 1)
            ]
        except (ValueError, KeyError, IndexError, struct.error):
            pages, problem = _unordered(data), _UNORDERED
        if not pages:
            yield Finish(Outcome.DAMAGED, _DAMAGED, properties, engine=ENGINE)
            return
        yield from within_limits(pages, limits, ENGINE, properties, problem)


def _opened(file: BinaryIO, limits: ReadLimits) -> tuple[bytes, int, dict[str, str]]:
    """Return the document stream, where its newest edit lies, and the properties. Raises FileRejected."""
    try:
        with olefile.OleFileIO(file, raise_defects=olefile.DEFECT_FATAL) as ole:
            user = ole.openstream(_USER).read(64) if ole.exists(_USER) else b""
            token, current_edit = struct.unpack_from("<II", user, 12) if len(user) >= 20 else (0, -1)
            if token == _ENCRYPTED_TOKEN or ole.exists("EncryptedSummary"):
                raise FileRejected(Outcome.PASSWORD, _LOCKED)
            if ole.get_size(_STREAM) > limits.unpacked_max_bytes:
                raise FileRejected(Outcome.RESOURCE_LIMIT, _TOO_LARGE)
            return ole.openstream(_STREAM).read(), current_edit, _properties(ole)
    except (FileRejected, MemoryError):
        raise
    except Exception as error:  # olefile raises any kind on damaged files
        raise FileRejected(Outcome.DAMAGED, _DAMAGED) from error


def _properties(ole: olefile.OleFileIO) -> dict[str, str]:
    try:
        known = ole.get_metadata()
        raw_values = {name: getattr(known, name) for name in ("title", "author", "subject", "keywords")}
    except Exception:  # noqa: BLE001 - olefile raises any kind on damaged properties; the slides matter more
        return {}
    texts = {
        name: " ".join(_decoded(raw).replace("\0", "").split())
        for name, raw in raw_values.items()
        if isinstance(raw, bytes)
    }
    texts["title"] = real_title(texts.get("title", ""))
    return {name: text for name, text in texts.items() if text}


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _page(number: int, slide: Slide) -> Page:
    blocks = [
        Block(_FIELDS.get(text.kind, BlockField.BOX), _paragraphs(text.text))
        for text in slide.texts
        if text.text.strip()
    ]
    blocks.sort(key=lambda block: block.field is not BlockField.TITLE)
    blocks += [Block(BlockField.COMMENT, _paragraphs(text)) for text in slide.comments if text.strip()]
    blocks += [Block(BlockField.NOTES, _paragraphs(text)) for text in slide.notes if text.strip()]
    broken = _BROKEN if slide.is_broken else ""
    return Page(number, tuple(blocks), slide.is_hidden, reader=ENGINE, broken=broken)


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    lines = text.replace("\r\n", "\r").replace("\n", "\r").split("\r")
    return tuple(Paragraph(line.replace("\x0b", "\n").strip()) for line in lines if line.strip())


def _unordered(data: bytes) -> list[Page]:
    """Return all text of a damaged document on one page, each text once."""
    whole = Record(0, 0, True, 0, len(data))
    texts: dict[str, None] = {}
    try:
        for record in walk(data, whole):
            if record.kind in (PptRecordType.TEXT_CHARS, PptRecordType.TEXT_BYTES):
                texts[text_of(data, record)] = None
    except (ValueError, struct.error):
        pass  # what was found until here is all there is
    blocks = tuple(Block(BlockField.BOX, _paragraphs(text)) for text in texts if text.strip())
    return [Page(1, blocks, reader=ENGINE)] if blocks else []
