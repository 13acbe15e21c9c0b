"""Make a copy of an OpenDocument presentation or text that holds what everybody may see and nothing else.

As with Open XML a new package is made of what is known to be needed: content, styles and the pictures that
they show. Notes, hidden slides and sections, comments, tracked changes, scripts, forms, embedded files,
thumbnails, settings and the properties of the document stay behind. Elements are those of OASIS OpenDocument
1.3, part 3.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from lxml import etree

from archive.ingest.extractors.archives.clean_package import clean_file
from archive.ingest.extractors.archives.clean_word import unwrap
from archive.ingest.extractors.archives.frames import Record
from archive.ingest.extractors.archives.unmarked_pictures import unmarked
from archive.ingest.extractors.base import ReadLimits
from archive.ingest.extractors.ooxml.markup import Element, attribute, local_name, parse
from archive.ingest.filetypes.media_types import ODP, ODT
from archive.model.pages import WordBox

_NAMES = {ODP: "document.odp", ODT: "document.odt"}
_PICTURES = ("Pictures/", "ObjectReplacements/")
"""Where pictures lie, and those that are shown in the place of an embedded file."""
_PICTURES_MAX = 10_000
_MADE_AT = (1980, 1, 1, 0, 0, 0)
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_GONE = frozenset(
    {"annotation", "annotation-end", "tracked-changes", "change", "change-start", "change-end", "notes",
     "handout-master", "scripts", "forms", "control", "event-listeners", "settings", "object", "object-ole",
     "plugin", "applet", "floating-frame", "sound", "audio", "video", "dde-source", "dde-connection-decls",
     "user-field-decls", "variable-decls", "hidden-text", "hidden-paragraph", "execute-macro", "script",
     "database-display", "font-face-src", "alphabetical-index-auto-mark-file"}
)  # fmt: skip
"""What goes with all that is in it."""
_OPENED = frozenset(
    {"a", "author-name", "author-initials", "creator", "initial-creator", "printed-by", "file-name",
     "template-name", "user-field-get", "user-field-input", "user-defined", "variable-get", "variable-set",
     "variable-input", "text-input", "meta", "editing-cycles", "editing-duration", "modification-date",
     "modification-time", "creation-date", "creation-time", "print-date", "print-time", "description",
     "conditional-text", "placeholder", "toc-mark", "reference-mark"}
)  # fmt: skip
"""What goes, and what is in it stays: links and fields keep the words that they show."""
_DECLARED = {
    "header-decl": "use-header-name",
    "footer-decl": "use-footer-name",
    "date-time-decl": "use-date-time-name",
}
"""What a slide calls the words that stand at its head and foot (10.9.3.7), by the element that has them."""
_FRAMED = frozenset({"image", "text-box", "table"})


class OpenDocumentCleaner:
    """Makes a clean copy of the slides that the options name, or of a whole text."""

    def cut(
        self, file: BinaryIO, limits: ReadLimits, options: Mapping[str, int], words: Sequence[WordBox]
    ) -> Iterator[Record]:
        """Return the records of the new file."""
        del words
        numbers = [options[key] for key in sorted(options, key=int)]
        return clean_file(file, lambda source: _Copy(source, limits.unpacked_max_bytes).made(numbers))


class _Copy:
    """One copy while it is made: the parts that have been taken over, by name."""

    def __init__(self, source: zipfile.ZipFile, unpacked_max_bytes: int) -> None:
        self._source = source
        self._left_bytes = unpacked_max_bytes
        self._parts: dict[str, bytes] = {}

    def made(self, numbers: Sequence[int]) -> tuple[str, bytes]:
        """Return the name and the bytes of the copy; raises one of `FAILURES` where there is none.

        Raises ValueError where a style or a layer hides something: what, is not known for sure.
        """
        media_type = self._read("mimetype").decode("ascii").strip()
        name = _NAMES[media_type]
        content, styles = parse(self._read("content.xml")), parse(self._read("styles.xml"))
        if any(map(_hides, (*content.iter(), *styles.iter()))):
            raise ValueError
        if media_type == ODP:
            _keep_slides(content, numbers)
        _keep_masters(styles, content)
        for part, root in (("content.xml", content), ("styles.xml", styles)):
            self._scrub(root)
            self._parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return name, self._packed(media_type)

    def _read(self, name: str) -> bytes:
        """Return the bytes of a part. Raises ValueError where the package unpacks to too much."""
        self._left_bytes -= self._source.getinfo(name).file_size
        if self._left_bytes < 0:
            raise ValueError
        return self._source.read(name)

    def _scrub(self, root: Element) -> None:
        for element in list(root.iter()):
            if not local_name(element) or local_name(element) in _GONE or _is_hidden_section(element):
                _remove(element)
            elif local_name(element) in _OPENED:
                _unwrap(element)
        for element in list(root.iter()):
            target = _target(element)
            if target.startswith(_PICTURES) and local_name(element) in ("image", "fill-image"):
                self._take_picture(target)
            elif target:
                _remove(element)
        for frame in [one for one in root.iter() if local_name(one) == "frame"]:
            if not any(local_name(inner) in _FRAMED for inner in frame):
                _remove(frame)

    def _take_picture(self, name: str) -> None:
        if posixpath.normpath(name) != name or len(self._parts) > _PICTURES_MAX:
            raise ValueError
        if name not in self._parts:
            self._parts[name] = unmarked(self._read(name))

    def _packed(self, media_type: str) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            _write(package, "mimetype", media_type.encode(), zipfile.ZIP_STORED)
            for name, data in self._parts.items():
                _write(package, name, data, zipfile.ZIP_DEFLATED)
            manifest = _manifest(media_type, list(self._parts))
            _write(package, "META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED)
        return buffer.getvalue()


def _hides(element: Element) -> bool:
    """Return whether something says that words or shapes are not shown (20.346 `text:display`, 19.145)."""
    name = local_name(element)
    if name in ("text-properties", "layer"):
        return attribute(element, "display") in ("none", "printer", "condition")
    return name == "section" and attribute(element, "display") == "condition"


def _is_hidden_section(element: Element) -> bool:
    return local_name(element) == "section" and attribute(element, "display") == "none"


def _keep_slides(content: Element, numbers: Sequence[int]) -> None:
    """Leave the slides `numbers`, and of the words for heads and feet those that stand on one of them."""
    slides = [one for one in content.iter() if local_name(one) == "page"]
    kept = [slides[number - 1] for number in numbers]
    for slide in slides:
        if not any(slide is one for one in kept):
            _remove(slide)
    used = {attribute(slide, name) for slide in kept for name in _DECLARED.values()}
    for declared in [one for one in content.iter() if local_name(one) in _DECLARED]:
        if attribute(declared, "name") not in used:
            _remove(declared)


def _keep_masters(styles: Element, content: Element) -> None:
    """Leave out the masters of slides that are gone: their words may have been shown on none that is left."""
    used = {attribute(one, "master-page-name") for one in content.iter()}
    for master in [one for one in styles.iter() if local_name(one) == "master-page"]:
        followed = attribute(master, "name") in used or not any(
            local_name(one) == "page" for one in content.iter()
        )
        if not followed:
            _remove(master)


def _target(element: Element) -> str:
    """Return where an element leads to, "" for nowhere; a place within the document itself is nowhere."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == "href":
            return "" if value.startswith("#") else str(value.removeprefix("./")) or "."
    return ""


def _unwrap(element: Element) -> None:
    """Put the words and elements that are in an element in its place."""
    if element.text:
        before, parent = element.getprevious(), element.getparent()
        if before is None:
            parent.text = (parent.text or "") + element.text
        else:
            before.tail = (before.tail or "") + element.text
    _keep_tail(element)
    unwrap(element)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        _keep_tail(element)
        parent.remove(element)


def _keep_tail(element: Element) -> None:
    """Put the words behind an element where they stay when it goes: behind what it holds, or before it."""
    if not element.tail:
        return
    inner = list(element) if local_name(element) in _OPENED else []
    before = inner[-1] if inner else element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + element.tail
    else:
        parent = element.getparent()
        parent.text = (parent.text or "") + element.tail
    element.tail = None


def _write(package: zipfile.ZipFile, name: str, data: bytes, compression: int) -> None:
    info = zipfile.ZipInfo(name, _MADE_AT)
    info.compress_type = compression
    package.writestr(info, data)


def _manifest(media_type: str, names: Sequence[str]) -> bytes:
    root = etree.Element(f"{{{_MANIFEST}}}manifest", nsmap={"manifest": _MANIFEST})
    root.set(f"{{{_MANIFEST}}}version", "1.3")
    kinds = {name: "text/xml" if name.endswith(".xml") else "" for name in names}
    for name, kind in {"/": media_type, **kinds}.items():
        entry = etree.SubElement(root, f"{{{_MANIFEST}}}file-entry")
        entry.set(f"{{{_MANIFEST}}}full-path", name)
        entry.set(f"{{{_MANIFEST}}}media-type", kind)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
