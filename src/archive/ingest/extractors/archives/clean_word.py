"""Make a copy of a Word document that holds what everybody may see and nothing else.

As with decks a new package is made of what is known to be needed: comments and who wrote them, embedded
files, macros, custom XML and the properties of the document stay behind. Tracked changes are accepted, and
text that is formatted as hidden goes.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import BinaryIO

from archive.ingest.extractors.archives.clean_package import PICTURES, PackageCopy, clean_file
from archive.ingest.extractors.archives.frames import Record
from archive.ingest.extractors.base import ReadLimits
from archive.ingest.extractors.ooxml.markup import A, Element, R, attribute, child, local_name
from archive.model.pages import WordBox

_NAME = "document.docx"
_NEEDED = PICTURES | {"styles", "numbering", "theme", "settings", "header", "footer", "footnotes", "endnotes"}
_GONE = frozenset(
    {"del", "moveFrom", "delText", "delInstrText", "moveFromRangeStart", "moveFromRangeEnd",
     "moveToRangeStart", "moveToRangeEnd", "cellIns", "cellDel", "cellMerge", "numberingChange",
     "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "permStart", "permEnd",
     "proofErr", "dataBinding", "alias", "tag", "customXmlPr", "smartTagPr", "OLEObject", "control",
     "docVars", "altChunk", "subDoc"}
)  # fmt: skip
"""What goes with all that is in it."""
_OPENED = frozenset({"ins", "moveTo", "smartTag", "customXml"})
"""What goes, and what is in it stays."""
_KEPT_SETTINGS = frozenset(
    {"evenAndOddHeaders", "mirrorMargins", "gutterAtTop", "bordersDoNotSurroundHeader", "defaultTabStop",
     "bordersDoNotSurroundFooter", "autoHyphenation", "hyphenationZone", "characterSpacingControl", "compat",
     "footnotePr", "endnotePr", "mathPr", "themeFontLang", "clrSchemeMapping", "decimalSymbol",
     "listSeparator"}
)  # fmt: skip
"""The settings that change how a document looks; others name programs, files and people."""
_PERSONAL_ATTRIBUTES = frozenset({"author", "date", "initials", "rsid"})
_HARMLESS = frozenset(
    {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "TOC", "PAGEREF", "REF", "NOTEREF", "SEQ", "STYLEREF",
     "TC", "XE", "INDEX", "EQ", "SYMBOL", "LISTNUM", "AUTONUM", "HYPERLINK"}
)  # fmt: skip
_LINKS = ("http://", "https://", "mailto:")
_OFF = ("0", "false", "off")


class WordCleaner:
    """Makes a clean copy of a whole document, which has no pages to choose from."""

    def cut(
        self, file: BinaryIO, limits: ReadLimits, options: Mapping[str, int], words: Sequence[WordBox]
    ) -> Iterator[Record]:
        """Return the records of the new file."""
        del options, words
        return clean_file(file, lambda source: (_NAME, _Copy(source, limits.unpacked_max_bytes).made()))


class _Copy(PackageCopy):
    """A copy of a Word document."""

    needed = _NEEDED
    main_name = "word/document.xml"
    main_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

    def made(self) -> bytes:
        """Return the copy; raises one of `FAILURES` where the document is not what it should be."""
        main = self.main_part()
        return self.packed_from(main, self.tree(main))

    def scrub(self, root: Element, dropped: Collection[str]) -> None:
        """Take out of a part what is personal, hidden or was taken away, and what refers to `dropped`.

        Raises ValueError where a style hides text: which words it hides is not known for sure.
        """
        if local_name(root) == "styles" and any(map(_is_vanishing, root.iter())):
            raise ValueError
        if local_name(root) == "settings":
            for setting in [one for one in root if local_name(one) not in _KEPT_SETTINGS]:
                root.remove(setting)
        clear_fields(root)
        for element in list(root.iter()):
            if _is_gone(element):
                _remove(element)
            elif local_name(element) in _OPENED:
                unwrap(element)
        _take_out(root, dropped)
        for element in root.iter():
            for key in [key for key in element.attrib if _is_personal(key)]:
                del element.attrib[key]


def _is_gone(element: Element) -> bool:
    """Return whether an element goes with all that is in it: comments and the like, too."""
    name = local_name(element)
    is_change = name.endswith("Change") and name.startswith(("p", "r", "s", "t"))
    return not name or name in _GONE or is_change or _is_hidden_run(element) or _is_deleted_row(element)


def _take_out(root: Element, dropped: Collection[str]) -> None:
    """Take out what refers to relationships that stay behind; the words of a link stay."""
    for element in list(root.iter()):
        for key, value in list(element.attrib.items()):
            if not key.startswith(R) or value not in dropped:
                continue
            if local_name(element) == "hyperlink":
                unwrap(element)
            elif element.tag == A + "blip" and key == R + "link":
                del element.attrib[key]
            else:
                _remove(element)


def _is_vanishing(element: Element) -> bool:
    return local_name(element) == "vanish" and attribute(element, "val") not in _OFF


def _is_hidden_run(element: Element) -> bool:
    mark = child(element, "rPr", "vanish") if local_name(element) == "r" else None
    return mark is not None and _is_vanishing(mark)


def _is_deleted_row(element: Element) -> bool:
    return local_name(element) == "tr" and child(element, "trPr", "del") is not None


def _is_personal(key: str) -> bool:
    name = key.rpartition("}")[2]
    return name in _PERSONAL_ATTRIBUTES or name.startswith("rsid")


def unwrap(element: Element) -> None:
    """Put what is in an element in its place."""
    parent = element.getparent()
    if parent is not None:
        for inner in list(element):
            element.addprevious(inner)
        parent.remove(element)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def clear_fields(root: Element) -> None:
    """Leave of fields only the text that they gave, but for those that say nothing of a machine or a person.

    A field has a code ("INCLUDETEXT" and where a file lies) and the text that it gave last (ECMA-376 part 1,
    17.16). The text is what readers see; a code may name files, servers and mail merges.
    """
    open_fields: list[list[Element]] = []
    for element in list(root.iter()):
        name = local_name(element)
        if name == "fldSimple" and not _is_harmless(attribute(element, "instr")):
            for inner in list(element):
                element.addprevious(inner)
            element.getparent().remove(element)
        elif name == "instrText" and open_fields:
            open_fields[-1].append(element)
        elif name == "fldChar":
            kind = attribute(element, "fldCharType")
            if kind == "begin":
                open_fields.append([])
            if open_fields:
                open_fields[-1].append(element)
            if kind == "end" and open_fields:
                _close(open_fields.pop())
    for parts in open_fields:  # without an end it is no field
        _drop(parts)


def _close(parts: list[Element]) -> None:
    code = "".join(part.text or "" for part in parts if local_name(part) == "instrText")
    if not _is_harmless(code):
        _drop(parts)


def _drop(parts: list[Element]) -> None:
    for part in parts:
        part.getparent().remove(part)


def _is_harmless(code: str) -> bool:
    name, _, rest = code.strip().partition(" ")
    if name.upper() not in _HARMLESS:
        return False
    target = rest.strip().strip('"').lower()
    return name.upper() != "HYPERLINK" or target.startswith((*_LINKS, "\\l"))
