"""The reader of Word documents (.docx and its forms) where LibreOffice does not make a PDF of them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from archive.errors import FileRejected
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.bounded import within_limits
from archive.ingest.extractors.flowing.flow import Flow
from archive.ingest.extractors.ooxml.markup import Element, attribute, child, local_name, walk
from archive.ingest.extractors.ooxml.package import DocumentPackage
from archive.ingest.extractors.ooxml.relations import Relations, relations_of
from archive.ingest.extractors.ooxml.word_text import (
    MOVED_OR_DELETED,
    STILL_THERE,
    has_deleted_words,
    hidden_lines,
    is_page_break,
    lines_of,
)
from archive.ingest.extractors.word.body import Body, Styles
from archive.model.extraction import Outcome
from archive.model.naming.phrases import real_title
from archive.model.pages import Block, BlockField, Page, Paragraph

ENGINE = "docx"
_DAMAGED = "The document's text cannot be read. Open it in Word and save it again."
_NO_TEXT_PART = "The document is damaged and cannot be opened. Open it in Word and save it again."
_NOT_WHOLE = "Part of the document could not be read. Open it in Word and save it again."
_PROPERTIES = {
    "title": "title",
    "creator": "author",
    "subject": "subject",
    "keywords": "keywords",
    "created": "created",
    "modified": "modified",
}
_MAIN_PART = "word/document.xml"
_POINTS_PER_TWIP = 1 / 20


class DocxExtractor:
    """Reads .docx, .dotx, .docm and .dotm. Pages are those that Word last showed, or that the text marks."""

    engine = ENGINE
    fields = frozenset(
        {
            BlockField.TITLE,
            BlockField.BODY,
            BlockField.BOX,
            BlockField.TABLE,
            BlockField.ALT_TEXT,
            BlockField.LINK,
            BlockField.EMBEDDED,
            BlockField.COMMENT,
            BlockField.HEADER,
            BlockField.FOOTER,
        }
    )

    def extract(self, file: BinaryIO, limits: ReadLimits) -> Iterator[Page | Finish]:
        """Yield the pages in order, then a Finish. Headers, footers and comments go to the first page."""
        try:
            package = DocumentPackage(file, limits.unpacked_max_bytes)
            pages, is_whole = _pages(package)
            properties = _properties(package)
        except FileRejected as error:
            yield Finish(error.category, error.message, engine=ENGINE)
            return
        yield from within_limits(pages, limits, ENGINE, properties, "" if is_whole else _NOT_WHOLE)


def _pages(package: DocumentPackage) -> tuple[list[Page], bool]:
    """Return the pages, and whether nothing had to be left out."""
    main = _main_part(package)
    root = package.tree(main)
    body = None if root is None else child(root, "body")
    if root is None or body is None:
        raise FileRejected(Outcome.DAMAGED, _DAMAGED)
    relations = relations_of(package, main)
    flow = Flow(ENGINE, is_paged=_marks_pages(root))
    writer = Body(flow, Styles(_related(package, relations, "styles")), package, relations)
    writer.write(body)
    writer.write_links()
    width_pt, height_pt = _size_pt(root)
    pages = [replace(page, width_pt=width_pt, height_pt=height_pt) for page in flow.pages()]
    changes = _block(BlockField.COMMENT, [STILL_THERE] if has_deleted_words(root) else [])
    changes += _block(BlockField.COMMENT, hidden_lines(root))
    pages[0] = replace(pages[0], blocks=(*pages[0].blocks, *_around(package, relations), *changes))
    last = replace(pages[-1], blocks=(*pages[-1].blocks, *_notes(package, relations)))
    return [*pages[:-1], last], package.is_whole and writer.is_whole


def _main_part(package: DocumentPackage) -> str:
    """Return the name of the part that holds the text."""
    mains = relations_of(package, "").of_kind("officeDocument")
    main = next((relation.target for relation in mains if relation.target in package), _MAIN_PART)
    if main not in package:
        raise FileRejected(Outcome.DAMAGED, _NO_TEXT_PART)
    return main


def _marks_pages(root: Element) -> bool:
    """Return whether the text says where its pages end."""
    return any(is_page_break(element) for element in walk(root, MOVED_OR_DELETED))


def _related(package: DocumentPackage, relations: Relations, kind: str) -> Element | None:
    name = relations.first(kind)
    return package.tree(name) if name else None


def _around(package: DocumentPackage, relations: Relations) -> list[Block]:
    """Return headers and footers, equal ones once, and comments with their authors."""
    blocks: list[Block] = []
    for kind, field in (("header", BlockField.HEADER), ("footer", BlockField.FOOTER)):
        lines: dict[str, None] = {}
        for relation in relations.of_kind(kind):
            root = package.tree(relation.target)
            lines |= dict.fromkeys(lines_of(root) if root is not None else ())
            blocks += _block(BlockField.COMMENT, hidden_lines(root) if root is not None else [])
        blocks += _block(field, list(lines))
    comments = _related(package, relations, "comments")
    for comment in comments if comments is not None else ():
        author = attribute(comment, "author")
        blocks += _block(BlockField.COMMENT, [*([author] if author else []), *lines_of(comment)])
    return blocks


def _notes(package: DocumentPackage, relations: Relations) -> list[Block]:
    """Return footnotes and endnotes; which page they belong to is not said anywhere."""
    lines: list[str] = []
    for kind in ("footnotes", "endnotes"):
        root = _related(package, relations, kind)
        for note in root if root is not None else ():
            if attribute(note, "type") in ("", "normal"):
                lines += lines_of(note)
    return _block(BlockField.BODY, lines)


def _block(field: BlockField, lines: list[str]) -> list[Block]:
    return [Block(field, tuple(Paragraph(line.strip()) for line in lines))] if lines else []


def _size_pt(root: Element) -> tuple[float, float]:
    """Return the page size of the last section, 0 where it is not given."""
    sizes = [element for element in walk(root) if local_name(element) == "pgSz"]
    try:
        size = sizes[-1]
        return int(attribute(size, "w")) * _POINTS_PER_TWIP, int(attribute(size, "h")) * _POINTS_PER_TWIP
    except (IndexError, ValueError):
        return 0.0, 0.0


def _properties(package: DocumentPackage) -> dict[str, str]:
    root = _related(package, relations_of(package, ""), "core-properties")
    properties: dict[str, str] = {}
    for element in root if root is not None else ():
        name, text = _PROPERTIES.get(local_name(element), ""), " ".join((element.text or "").split())
        text = real_title(text) if name == "title" else text
        if name and text:
            properties[name] = text
    return properties
