"""A new package (Open XML) of what is known to be needed of another one: everything else stays behind."""

import io
import posixpath
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import BinaryIO
from urllib.parse import unquote

from lxml import etree

from archive.ingest.extractors.archives.frames import Record, only_file
from archive.ingest.extractors.archives.unmarked_pictures import unmarked
from archive.ingest.extractors.base import Finish
from archive.ingest.extractors.ooxml.markup import Element, R, parse
from archive.model.extraction import Outcome

FAILURES = (
    zipfile.BadZipFile, etree.LxmlError, OSError, ValueError, TypeError, KeyError, AttributeError, IndexError,
    NotImplementedError, RuntimeError, EOFError, OverflowError, RecursionError,
)  # fmt: skip
"""What a file that is not what it should be may raise."""
PICTURES = frozenset(
    {"image", "chart", "chartEx", "chartUserShapes", "chartStyle", "chartColorStyle", "diagramData",
     "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing"}
)  # fmt: skip
"""The kinds of relationship that lead to what is drawn."""
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE_DOCUMENT = R[1:-1] + "/officeDocument"
_LINKS = ("http://", "https://", "mailto:")
_PARTS_MAX = 10_000
_MADE_AT = (1980, 1, 1, 0, 0, 0)
_STRICT = b"http://purl.oclc.org/ooxml/"


def clean_file(file: BinaryIO, made: Callable[[zipfile.ZipFile], tuple[str, bytes]]) -> Iterator[Record]:
    """Yield the clean copy of a package as Member, Chunks and End, then a Finish.

    `made` gives its name and its bytes; raises one of `FAILURES` where the package is not what it should be.
    """
    try:
        with zipfile.ZipFile(file) as source:
            name, data = made(source)
    except FAILURES:
        yield Finish(Outcome.DAMAGED)
        return
    yield from only_file(name, data)


class PackageCopy:
    """One copy while it is made: what has been taken over, by its new name.

    `needed` are the kinds of relationship that are followed; `main_name` and `main_type` are those of the
    part that everything hangs on.
    """

    needed: frozenset[str] = frozenset()
    main_name = ""
    main_type = ""

    def __init__(self, source: zipfile.ZipFile, unpacked_max_bytes: int) -> None:
        self._source = source
        self._names = {name.lower(): name for name in source.namelist()}
        self._markup_left_bytes = unpacked_max_bytes
        types = self.tree("[Content_Types].xml")
        self._defaults = {
            node.get("Extension", "").lower(): node.get("ContentType")
            for node in types.iter(_TYPES + "Default")
        }
        self._overrides = {
            node.get("PartName", "").lstrip("/").lower(): node.get("ContentType")
            for node in types.iter(_TYPES + "Override")
        }
        self._new_names: dict[str, str] = {}
        self._made: dict[str, tuple[bytes, str]] = {}
        self._waiting: list[str] = []

    def main_part(self) -> str:
        """Return the name of the part that everything hangs on."""
        (main,) = (one[2] for one in self.relations("") if one[1].rpartition("/")[2] == "officeDocument")
        return main

    def scrub(self, root: Element, dropped: Collection[str]) -> None:
        """Take out of a part's markup what stays behind, and what refers to the relationships `dropped`."""
        raise NotImplementedError

    def packed_from(self, main: str, root: Element) -> bytes:
        """Return the copy of the main part, whose markup is `root`, with all that it needs."""
        self._new_names[main.lower()] = self.main_name
        self._take(main, root)
        while self._waiting:
            self._take(self._waiting.pop(), None)
        return self._packed()

    def rename(self, name: str, new_name: str) -> None:
        """Let a part have another name in the copy; slides that have none are not taken."""
        self._new_names[name.lower()] = new_name

    def _take(self, name: str, root: Element | None) -> None:
        """Take over a part with what it needs; `root` is its markup where it has been read already."""
        if len(self._made) >= _PARTS_MAX:
            raise ValueError
        relations = self.relations(name)
        kept = [one for one in relations if self._is_needed(*one)]
        dropped = {one[0] for one in relations} - {one[0] for one in kept}
        media_type = self._type_of(name)
        if root is None and media_type.endswith(("+xml", "/xml")):
            root = self.tree(name)
        if root is None:
            data = unmarked(self._read(name))
        else:
            self.scrub(root, dropped)
            data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        new_name = self._new_names.setdefault(name.lower(), name)
        is_main = new_name == self.main_name
        self._made[new_name] = (data, self.main_type if is_main else media_type)
        rows = []
        for relation_id, kind, target, is_outside in kept:
            if not is_outside:
                target = self._take_later(target)
            rows.append((relation_id, kind, target, is_outside))
        if rows:
            self._made[_relations_name(new_name)] = (_relations_part(rows), "")

    def _take_later(self, target: str) -> str:
        """Note that a part is needed; return its name in the copy, as relationships give it."""
        key = target.lower()
        new_name = self._new_names.setdefault(key, self._names[key])
        if new_name not in self._made and self._names[key] not in self._waiting:
            self._waiting.append(self._names[key])
        return "/" + new_name

    def _is_needed(self, relation_id: str, kind: str, target: str, is_outside: bool) -> bool:
        del relation_id
        last = kind.rpartition("/")[2]
        if is_outside:
            return last == "hyperlink" and target.lower().startswith(_LINKS)
        if target.lower() not in self._names or last not in self.needed:
            return False
        return last != "slide" or target.lower() in self._new_names

    def relations(self, name: str) -> list[tuple[str, str, str, bool]]:
        """Return the relationships of a part: id, kind, target, and whether it lies outside the package."""
        own = _relations_name(name)
        if own.lower() not in self._names:
            return []
        found = []
        for node in self.tree(own):
            target, is_outside = node.get("Target", ""), node.get("TargetMode") == "External"
            if not is_outside:
                folder = posixpath.dirname(name)
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                target = target if target.lower() in self._names else unquote(target)
            found.append((node.get("Id", ""), node.get("Type", ""), target, is_outside))
        return found

    def _type_of(self, name: str) -> str:
        extension = posixpath.splitext(name)[1].lstrip(".").lower()
        found = self._overrides.get(name.lower()) or self._defaults.get(extension)
        if not found:
            raise ValueError
        return found

    def tree(self, name: str) -> Element:
        """Return the markup of a part."""
        data = self._read(name)
        self._markup_left_bytes -= len(data)
        if self._markup_left_bytes < 0 or _STRICT in data[:4096]:
            raise ValueError
        return parse(data)

    def _read(self, name: str) -> bytes:
        return self._source.read(self._names[name.lower()])

    def _packed(self) -> bytes:
        main = ("rId1", _OFFICE_DOCUMENT, "/" + self.main_name, False)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            _write(
                package,
                "[Content_Types].xml",
                _types_part({name: kind for name, (_, kind) in self._made.items()}),
            )
            _write(package, "_rels/.rels", _relations_part([main]))
            for name, (data, _) in self._made.items():
                _write(package, name, data)
        return buffer.getvalue()


def _write(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _MADE_AT)
    info.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(info, data)


def _relations_name(name: str) -> str:
    folder, own = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{own}.rels")


def _relations_part(rows: Sequence[tuple[str, str, str, bool]]) -> bytes:
    root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
    for relation_id, kind, target, is_outside in rows:
        node = etree.SubElement(
            root, f"{{{_RELATIONS}}}Relationship", Id=relation_id, Type=kind, Target=target
        )
        if is_outside:
            node.set("TargetMode", "External")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _types_part(types: Mapping[str, str]) -> bytes:
    root = etree.Element(_TYPES + "Types", nsmap={None: _TYPES[1:-1]})
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    for extension, kind in defaults.items():
        etree.SubElement(root, _TYPES + "Default", Extension=extension, ContentType=kind)
    for name, kind in types.items():
        if kind:
            etree.SubElement(root, _TYPES + "Override", PartName="/" + name, ContentType=kind)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
