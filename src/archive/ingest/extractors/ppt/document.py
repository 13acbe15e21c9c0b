"""A PowerPoint 97-2003 document: which slides it has, in which order, and the texts of each."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from archive.ingest.extractors.ppt import records
from archive.ingest.extractors.ppt.records import Record, record_at, text_of, walk

_EDITS_MAX = 1_000
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
        if self._root.kind != records.DOCUMENT:
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
            if atom.kind != records.USER_EDIT:
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
        found: list[_Listed] = []
        for container in records.records(self._data, self._root.start, self._root.end):
            if container.kind != records.SLIDE_LIST or container.instance != instance:
                continue
            kind = 0
            for record in records.records(self._data, container.start, container.end):
                if record.kind == records.SLIDE_PERSIST:
                    reference, _, _, slide_id = struct.unpack_from("<IIiI", self._data, record.start)
                    found.append(_Listed(reference, slide_id))
                elif record.kind == records.TEXT_HEADER:
                    (kind,) = struct.unpack_from("<I", self._data, record.start)
                    if found:
                        found[-1].texts.append(PptText(kind, ""))
                elif found and found[-1].texts and record.kind in (records.TEXT_CHARS, records.TEXT_BYTES):
                    found[-1].texts[-1].text = text_of(self._data, record)
        return found

    def _slide(self, listed: _Listed) -> Slide:
        root = record_at(self._data, self._places[listed.reference])
        slide = Slide(self._texts(root, listed.texts))
        for record in walk(self._data, root):
            if record.kind == records.SHOW_INFO and record.end - record.start >= 12:
                slide.is_hidden = bool(self._data[record.start + 10] & _HIDDEN)
            elif record.kind == records.SLIDE_ATOM:
                (notes_id,) = struct.unpack_from("<I", self._data, record.start + 16)
                slide.notes = self._notes_of(notes_id)
            elif record.kind == records.COMMENT:
                inside = records.records(self._data, record.start, record.end)
                parts = [text_of(self._data, each) for each in inside if each.kind == records.C_STRING]
                slide.comments.append(_LINE_BREAK.join(part for part in parts[:2] if part))
        return slide

    def _texts(self, root: Record, outline: list[PptText]) -> list[PptText]:
        """Return the texts of the shapes in their order; placeholders may refer to the outline's."""
        found: list[PptText] = []
        used: set[int] = set()
        kind = 4
        for record in walk(self._data, root):
            if record.kind == records.TEXT_HEADER:
                (kind,) = struct.unpack_from("<I", self._data, record.start)
            elif record.kind in (records.TEXT_CHARS, records.TEXT_BYTES):
                found.append(PptText(kind, text_of(self._data, record)))
            elif record.kind == records.OUTLINE_REFERENCE:
                (index,) = struct.unpack_from("<I", self._data, record.start)
                if index < len(outline) and index not in used:
                    used.add(index)
                    found.append(outline[index])
        return found + [text for index, text in enumerate(outline) if index not in used]

    def _notes_of(self, notes_id: int) -> list[str]:
        listed = self._notes.get(notes_id)
        if not notes_id or listed is None or listed.reference not in self._places:
            return []
        root = record_at(self._data, self._places[listed.reference])
        if root.kind != records.NOTES:
            return []
        return [each.text for each in self._texts(root, listed.texts) if each.kind == 2]
