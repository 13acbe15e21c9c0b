"""The parts of a Word document: XML parsed within bounds, and what refers to what."""

import posixpath
import zipfile
from typing import Any, BinaryIO

from lxml import etree

from archive.errors import FileRejected
from archive.model.extraction import Outcome

_PARTS_MAX = 10_000
_DAMAGED = "The document is damaged and cannot be opened. Open it in Word and save it again."
_TOO_LARGE = "The document unpacks to more than may be read. Save it in parts and add them."
_UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    KeyError,
    IndexError,
)
DOCUMENT_TYPE = "officeDocument"


class ZipPackage:
    """An opened document. Raises FileRejected where it is no package, or unpacks to too much.

    `is_whole` is False once a part had to be mended, or could not be read.
    """

    def __init__(self, file: BinaryIO, unpacked_max_bytes: int) -> None:
        self._left_bytes = unpacked_max_bytes
        self.is_whole = True
        try:
            self._zip = zipfile.ZipFile(file)
            self._names = {info.filename.lower(): info for info in self._zip.infolist()[:_PARTS_MAX]}
        except _UNREADABLE as error:
            raise FileRejected(Outcome.DAMAGED, _DAMAGED) from error

    def main_part(self) -> str:
        """Return the name of the part that holds the text."""
        for kind, target in self.relations("").values():
            if kind == DOCUMENT_TYPE and self.has(target):
                return target
        if self.has("word/document.xml"):
            return "word/document.xml"
        raise FileRejected(Outcome.DAMAGED, _DAMAGED)

    def has(self, name: str) -> bool:
        """Return whether there is a part of this name."""
        return name.lower() in self._names

    def xml(self, name: str) -> Any | None:
        """Return the root of an XML part, mended where possible; None where it is missing or not XML.

        Raises FileRejected when all parts together unpack to more than the bound.
        """
        data = self._read(name)
        if data is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.LxmlError, ValueError):
            root = None
        is_whole = root is not None and all(entry.level_name != "FATAL" for entry in parser.error_log)
        self.is_whole = self.is_whole and is_whole
        return root

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what `part` refers to: id to last word of the kind, and part name or address."""
        folder, _, name = part.rpartition("/")
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for element in root if root is not None else ():
            kind = (element.get("Type") or "").rpartition("/")[2]
            target = element.get("Target") or ""
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[element.get("Id") or ""] = (kind, target)
        return found

    def _read(self, name: str) -> bytes | None:
        info = self._names.get(name.lower())
        if info is None:
            return None
        try:
            with self._zip.open(info) as part:
                data = part.read(self._left_bytes + 1)
        except (*_UNREADABLE, etree.LxmlError, zipfile.error):
            return None
        except Exception:  # noqa: BLE001 - zlib and others raise kinds of their own on damaged parts
            return None
        self._left_bytes -= len(data)
        if self._left_bytes < 0:
            raise FileRejected(Outcome.RESOURCE_LIMIT, _TOO_LARGE)
        return data
