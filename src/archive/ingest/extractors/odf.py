"""The reader of OpenDocument slides and texts: .odp, .otp, .odt and .ott (OASIS OpenDocument 1.3, part 3)."""

from collections.abc import Iterator
from typing import BinaryIO

from archive.errors import FileRejected
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.bounded import within_limits
from archive.ingest.extractors.flowing.flow import Flow
from archive.ingest.extractors.ooxml.markup import Element, attribute, local_name, walk
from archive.ingest.extractors.ooxml.package import DocumentPackage
from archive.model.extraction import Outcome
from archive.model.naming.phrases import real_title
from archive.model.pages import Block, BlockField, Page, Paragraph

ENGINE = "odf"
_DAMAGED = "The file is damaged and cannot be opened. Open it in LibreOffice and save it again."
_LOCKED = "The file is protected by a password. Save it without one and add it again."
_NOT_WHOLE = "Part of the file could not be read. Open it in LibreOffice and save it again."
_TITLE_CLASSES = frozenset({"title"})
_BODY_CLASSES = frozenset({"outline", "subtitle", "text"})
_PROPERTIES = {
    "title": "title",
    "initial-creator": "author",
    "subject": "subject",
    "creation-date": "created",
}
_SPACES = {"tab": "\t", "line-break": "\n", "s": " "}
_PARAGRAPHS = frozenset({"p", "h"})
# What is not shown in its place: changes that were undone, comments, footnotes.
_NOT_SHOWN = frozenset({"tracked-changes", "annotation", "annotation-end", "note", "hidden-text"})


class OdfExtractor:
    """Reads OpenDocument presentations and texts."""

    engine = ENGINE
    fields = frozenset(
        {
            BlockField.TITLE,
            BlockField.BODY,
            BlockField.BOX,
            BlockField.TABLE,
            BlockField.ALT_TEXT,
            BlockField.NOTES,
            BlockField.COMMENT,
        }
    )

    def extract(self, file: BinaryIO, limits: ReadLimits) -> Iterator[Page | Finish]:
        """Yield the slides, or the text dealt out to pages, then a Finish."""
        try:
            package = DocumentPackage(file, limits.unpacked_max_bytes, _DAMAGED)
            root = _content(package)
            properties = _properties(package)
        except FileRejected as error:
            yield Finish(error.category, error.message, engine=ENGINE)
            return
        slides = [each for each in walk(root) if local_name(each) == "page"]
        pages = [_slide(number, slide, root) for number, slide in enumerate(slides, 1)] or _text_pages(root)
        yield from within_limits(pages, limits, ENGINE, properties, "" if package.is_whole else _NOT_WHOLE)


def _content(package: DocumentPackage) -> Element:
    manifest = package.tree("META-INF/manifest.xml")
    if manifest is not None and any(local_name(each) == "encryption-data" for each in manifest.iter()):
        raise FileRejected(Outcome.PASSWORD, _LOCKED)
    root = package.tree("content.xml")
    if root is None:
        raise FileRejected(Outcome.DAMAGED, _DAMAGED)
    return root


def _slide(number: int, slide: Element, root: Element) -> Page:
    blocks: list[Block] = []
    for element in slide:
        name = local_name(element)
        if name == "notes":
            notes = (each for each in element if attribute(each, "class") == "notes")
            blocks += _block(BlockField.NOTES, [line for each in notes for line in _lines_of(each)])
        elif name == "annotation":
            blocks += _block(BlockField.COMMENT, [_text_of(each) for each in _paragraphs_in(element)])
        else:
            blocks += _shape(element)
    blocks.sort(key=lambda block: block.field is not BlockField.TITLE)
    return Page(number, tuple(blocks), _is_hidden(slide, root), reader=ENGINE)


def _shape(shape: Element) -> list[Block]:
    kind = attribute(shape, "class")
    field = BlockField.BODY if kind in _BODY_CLASSES else BlockField.BOX
    field = BlockField.TITLE if kind in _TITLE_CLASSES else field
    blocks = _block(field, _lines_of(shape, frozenset({"table", "title", "desc"})))
    for element in walk(shape):
        if local_name(element) == "table":
            blocks.append(Block(BlockField.TABLE, rows=tuple(tuple(row) for row in _rows_of(element))))
        elif local_name(element) in ("title", "desc"):
            blocks += _block(BlockField.ALT_TEXT, [element.text or ""])
    return blocks


def _block(field: BlockField, lines: list[str]) -> list[Block]:
    paragraphs = tuple(Paragraph(line.strip()) for line in lines if line.strip())
    return [Block(field, paragraphs)] if paragraphs else []


def _is_hidden(slide: Element, root: Element) -> bool:
    """Return whether the slide's style hides it (part 3, 20.401)."""
    style = attribute(slide, "style-name")
    styles = (
        each for each in root.iter() if local_name(each) == "style" and attribute(each, "name") == style
    )
    return any(attribute(each, "visibility") == "hidden" for element in styles for each in element.iter())


def _text_pages(root: Element) -> list[Page]:
    flow = Flow(ENGINE)
    bodies = (each for each in root.iter() if local_name(each) == "body")
    for element in _parts(next(bodies, root)):
        name = local_name(element)
        if name == "h":
            flow.heading(_text_of(element))
        elif name == "table":
            flow.table(_rows_of(element))
        else:
            level = _level_of(element)
            flow.paragraph(_text_of(element), max(level - 1, 0), level > 0)
        if name != "table":
            flow.block(BlockField.BOX, _framed(element))
    hidden = (each for each in root.iter() if _is_hidden_part(each))
    flow.block(BlockField.COMMENT, [line for each in hidden for line in _lines_of(each)])
    return list(flow.pages())


def _parts(body: Element) -> Iterator[Element]:
    """Yield paragraphs, headings and tables in their order, nothing twice; no hidden sections."""
    for element in body:
        name = local_name(element)
        if name in ("p", "h", "table"):
            yield element
        elif name and name != "tracked-changes" and not _is_hidden_part(element):
            yield from _parts(element)


def _is_hidden_part(element: Element) -> bool:
    """Return whether an element is a section that is not shown (part 3, 19.844): its words are for staff."""
    return local_name(element) == "section" and attribute(element, "display") == "none"


def _framed(paragraph: Element) -> list[str]:
    """Return the lines in the frames anchored in a paragraph."""
    frames = [each for each in walk(paragraph) if local_name(each) in ("frame", "custom-shape")]
    return [line for frame in frames for line in _lines_of(frame)]


def _properties(package: DocumentPackage) -> dict[str, str]:
    root = package.tree("meta.xml")
    properties: dict[str, str] = {}
    for element in root.iter() if root is not None else ():
        name, text = _PROPERTIES.get(local_name(element), ""), " ".join((element.text or "").split())
        text = real_title(text) if name == "title" else text
        if name and text:
            properties.setdefault(name, text)
    return properties


def _text_of(paragraph: Element) -> str:
    """Return the words of one paragraph, without those of frames and notes anchored in it."""
    parts = [paragraph.text or ""]
    for child in paragraph:
        name = local_name(child)
        if name in _SPACES:
            parts.append(_SPACES[name])
        elif name and name not in _NOT_SHOWN | {"frame", "custom-shape"}:
            parts.append(_text_of(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _paragraphs_in(element: Element, skipped: frozenset[str] = frozenset()) -> Iterator[Element]:
    """Yield the paragraphs and headings below `element`, also those in frames and lists."""
    for descendant in walk(element, _NOT_SHOWN | skipped):
        if local_name(descendant) in _PARAGRAPHS:
            yield descendant


def _lines_of(element: Element, skipped: frozenset[str] = frozenset()) -> list[str]:
    """Return the paragraphs below `element` as lines, empty ones left out."""
    return [text for each in _paragraphs_in(element, skipped) if (text := _text_of(each)).strip()]


def _rows_of(table: Element) -> list[list[str]]:
    """Return the cells of a table; merged ones are empty but for the first."""
    rows = [each for each in walk(table, frozenset({"table-cell"})) if local_name(each) == "table-row"]
    return [[" ".join(_lines_of(cell)) for cell in row if local_name(cell) == "table-cell"] for row in rows]


def _level_of(paragraph: Element) -> int:
    """Return how many lists a paragraph lies in."""
    return sum(local_name(each) == "list" for each in paragraph.iterancestors())
