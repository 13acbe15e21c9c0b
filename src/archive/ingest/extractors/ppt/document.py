"""A PowerPoint 97-2003 document: its records, which slides it has, in which order, and the texts of each.

A record is 8 bytes of header, then data or records ([MS-PPT] 2.3.1).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from archive.ingest.extractors import left_out


class PptRecordType(IntEnum):
    """The types of record that matter here ([MS-PPT] 2.13.24)."""

    DOCUMENT = 0x03E8
    SLIDE_ATOM = 0x03EF
    NOTES = 0x03F0
    SLIDE_PERSIST = 0x03F3
    SHOW_INFO = 0x03F9
    OUTLINE_REFERENCE = 0x0F9E
    TEXT_HEADER = 0x0F9F
    TEXT_CHARS = 0x0FA0
    TEXT_BYTES = 0x0FA8
    C_STRING = 0x0FBA
    SLIDE_LIST = 0x0FF0
    USER_EDIT = 0x0FF5
    COMMENT = 0x2EE0


_HEADER = struct.Struct("<HHI")
_CONTAINER = 0xF
_DEPTH_MAX = 40
_TOO_DEEP = "Shapes that are nested too deep were left out."


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its type, its instance, and where its data lie."""

    kind: int
    instance: int
    is_container: bool
    start: int
    end: int


def record_at(data: bytes, offset: int) -> Record:
    """Return the record at `offset`. Raises ValueError where there is none."""
    if not 0 <= offset <= len(data) - _HEADER.size:
        raise ValueError(offset)
    version, kind, length = _HEADER.unpack_from(data, offset)
    start = offset + _HEADER.size
    return Record(kind, version >> 4, version & 0xF == _CONTAINER, start, min(start + length, len(data)))


def records_between(data: bytes, start: int, end: int) -> Iterator[Record]:
    """Yield the records between two places, one after the other."""
    offset = start
    while offset + _HEADER.size <= end:
        record = record_at(data, offset)
        yield record
        offset = record.end


def walk(data: bytes, container: Record, depth: int = 0) -> Iterator[Record]:
    """Yield all records inside a container, containers before what is in them."""
    for record in records_between(data, container.start, container.end):
        yield record
        if record.is_container and depth < _DEPTH_MAX:
            yield from walk(data, record, depth + 1)
        elif record.is_container:
            left_out.note(_TOO_DEEP)


def text_of(data: bytes, record: Record) -> str:
    """Return the text of a text record; "" for other kinds."""
    content = data[record.start : record.end]
    if record.kind in (PptRecordType.TEXT_CHARS, PptRecordType.C_STRING):
        return content.decode("utf-16-le", "replace")
    if record.kind == PptRecordType.TEXT_BYTES:
        # The low bytes of Unicode letters ([MS-PPT] 2.9.43), though old writers put Windows-1252 there.
        return content.decode("cp1252", "replace")
    return ""


_EDITS_MAX = 1_000
_TOO_MANY_EDITS = "The deck was saved in more steps than are read; words may be missing."
_HIDDEN = 0x04  # SlideShowSlideInfoAtom, flag fHidden ([MS-PPT] 2.6.6)
_SLIDES, _NOTES = 0, 2
_LINE_BREAK = "\x0b"


@dataclass(slots=True)
class PptText:
    """One text of a slide. `kind` is that of [MS-PPT] 2.13.33: 0, 6 titles, 1, 5, 7, 8 bodies, 4 others."""

    kind: int
    text: str


@dataclass(slots=True)
class Slide:
    """The words of one slide."""

    texts: list[PptText] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    is_hidden: bool = False
    is_broken: bool = False


@dataclass(slots=True)
class _Listed:
    """A slide as the document's list has it: where it lies, and the texts of its placeholders."""

    reference: int
    slide_id: int
    texts: list[PptText] = field(default_factory=list)


class PptDocument:
    """One document stream. Raises ValueError and struct.error where its lists cannot be followed."""

    def __init__(self, data: bytes, current_edit: int) -> None:
        self._data = data
        self._places, document_reference = self._directory(current_edit)
        self._root = record_at(data, self._places[document_reference])
        if self._root.kind != PptRecordType.DOCUMENT:
            raise ValueError(self._root.kind)
        self._notes = {listed.slide_id: listed for listed in self._list(_NOTES)}

    def slides(self) -> Iterator[Slide]:
        """Yield the slides in the order in which they are shown."""
        for listed in self._list(_SLIDES):
            try:
                yield self._slide(listed)
            except (ValueError, KeyError, struct.error):
                yield Slide(listed.texts, is_broken=True)

    def _directory(self, edit: int) -> tuple[dict[int, int], int]:
        """Return where each object lies, newest edits first, and which object is the document."""
        places: dict[int, int] = {}
        document_reference = 0
        for number in range(_EDITS_MAX):
            atom = record_at(self._data, edit)
            if atom.kind != PptRecordType.USER_EDIT:
                raise ValueError(atom.kind)
            _, _, _, _, previous, directory, reference = struct.unpack_from(
                "<IHBBIII", self._data, atom.start
            )
            document_reference = document_reference if number else reference
            for key, place in self._entries(record_at(self._data, directory)):
                places.setdefault(key, place)
            if not previous or previous >= edit:
                break
            edit = previous
        else:
            left_out.note(_TOO_MANY_EDITS)
        return places, document_reference

    def _entries(self, atom: Record) -> Iterator[tuple[int, int]]:
        offset = atom.start
        while offset + 4 <= atom.end:
            (head,) = struct.unpack_from("<I", self._data, offset)
            first, count = head & 0xFFFFF, head >> 20
            offset += 4
            for number in range(min(count, (atom.end - offset) // 4)):
                yield first + number, struct.unpack_from("<I", self._data, offset + 4 * number)[0]
            offset += 4 * count

    def _list(self, instance: int) -> list[_Listed]:
        slides: list[_Listed] = []
        for container in records_between(self._data, self._root.start, self._root.end):
            if container.kind != PptRecordType.SLIDE_LIST or container.instance != instance:
                continue
            kind = 0
            for record in records_between(self._data, container.start, container.end):
                if record.kind == PptRecordType.SLIDE_PERSIST:
                    reference, _, _, slide_id = struct.unpack_from("<IIiI", self._data, record.start)
                    slides.append(_Listed(reference, slide_id))
                elif record.kind == PptRecordType.TEXT_HEADER:
                    (kind,) = struct.unpack_from("<I", self._data, record.start)
                    if slides:
                        slides[-1].texts.append(PptText(kind, ""))
                elif (
                    slides
                    and slides[-1].texts
                    and record.kind in (PptRecordType.TEXT_CHARS, PptRecordType.TEXT_BYTES)
                ):
                    slides[-1].texts[-1].text = text_of(self._data, record)
        return slides

    def _slide(self, listed: _Listed) -> Slide:
        root = record_at(self._data, self._places[listed.reference])
        slide = Slide(self._texts(root, listed.texts))
        for record in walk(self._data, root):
            if record.kind == PptRecordType.SHOW_INFO and record.end - record.start >= 12:
                slide.is_hidden = bool(self._data[record.start + 10] & _HIDDEN)
            elif record.kind == PptRecordType.SLIDE_ATOM:
                (notes_id,) = struct.unpack_from("<I", self._data, record.start + 16)
                slide.notes = self._notes_of(notes_id)
            elif record.kind == PptRecordType.COMMENT:
                inside = records_between(self._data, record.start, record.end)
                parts = [text_of(self._data, each) for each in inside if each.kind == PptRecordType.C_STRING]
                slide.comments.append(_LINE_BREAK.join(part for part in parts[:2] if part))
        return slide

    def _texts(self, root: Record, outline: list[PptText]) -> list[PptText]:
        """Return the texts of the shapes in their order; placeholders may refer to the outline's."""
        texts: list[PptText] = []
        used: set[int] = set()
        kind = 4
        for record in walk(self._data, root):
            if record.kind == PptRecordType.TEXT_HEADER:
                (kind,) = struct.unpack_from("<I", self._data, record.start)
            elif record.kind in (PptRecordType.TEXT_CHARS, PptRecordType.TEXT_BYTES):
                texts.append(PptText(kind, text_of(self._data, record)))
            elif record.kind == PptRecordType.OUTLINE_REFERENCE:
                (index,) = struct.unpack_from("<I", self._data, record.start)
                if index < len(outline) and index not in used:
                    used.add(index)
                    texts.append(outline[index])
        return texts + [text for index, text in enumerate(outline) if index not in used]

    def _notes_of(self, notes_id: int) -> list[str]:
        listed = self._notes.get(notes_id)
        if not notes_id or listed is None or listed.reference not in self._places:
            return []
        root = record_at(self._data, self._places[listed.reference])
        if root.kind != PptRecordType.NOTES:
            return []
        return [each.text for each in self._texts(root, listed.texts) if each.kind == 2]
