"""The reader of .odp, .otp, .odt and .ott."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from archive.errors import FileRejected
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.flowing.ending import within_limits
from archive.ingest.extractors.flowing.flow import Flow
from archive.ingest.extractors.odf.markup import (
    attribute,
    level_of,
    lines_of,
    local,
    paragraphs_in,
    rows_of,
    text_of,
    walk,
)
from archive.ingest.extractors.titles import real_title
from archive.ingest.extractors.word.package import ZipPackage
from archive.model.extraction import Outcome
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
            package = ZipPackage(file, limits.unpacked_max_bytes)
            root = _content(package)
            properties = _properties(package)
        except FileRejected as error:
            message = _DAMAGED if error.category is Outcome.DAMAGED else error.message
            yield Finish(error.category, message, engine=ENGINE)
            return
        slides = [each for each in walk(root, frozenset()) if local(each) == "page"]
        pages = [_slide(number, slide, root) for number, slide in enumerate(slides, 1)] or _text(root)
        yield from within_limits(pages, limits, ENGINE, properties, "" if package.is_whole else _NOT_WHOLE)


def _content(package: ZipPackage) -> Any:
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and any(local(each) == "encryption-data" for each in manifest.iter()):
        raise FileRejected(Outcome.PASSWORD, _LOCKED)
    root = package.xml("content.xml")
    if root is None:
        raise FileRejected(Outcome.DAMAGED, _DAMAGED)
    return root


def _slide(number: int, slide: Any, root: Any) -> Page:
    blocks: list[Block] = []
    for element in slide:
        name = local(element)
        if name == "notes":
            notes = (each for each in element if attribute(each, "class") == "notes")
            blocks += _block(BlockField.NOTES, [line for each in notes for line in lines_of(each)])
        elif name == "annotation":
            blocks += _block(BlockField.COMMENT, [text_of(each) for each in paragraphs_in(element)])
        else:
            blocks += _shape(element)
    blocks.sort(key=lambda block: block.field is not BlockField.TITLE)
    return Page(number, tuple(blocks), _is_hidden(slide, root), engine=ENGINE)


def _shape(shape: Any) -> list[Block]:
    kind = attribute(shape, "class")
    field = BlockField.BODY if kind in _BODY_CLASSES else BlockField.BOX
    field = BlockField.TITLE if kind in _TITLE_CLASSES else field
    blocks = _block(field, lines_of(shape, frozenset({"table", "title", "desc"})))
    for element in walk(shape, frozenset()):
        if local(element) == "table":
            blocks.append(Block(BlockField.TABLE, rows=tuple(tuple(row) for row in rows_of(element))))
        elif local(element) in ("title", "desc"):
            blocks += _block(BlockField.ALT_TEXT, [element.text or ""])
    return blocks


def _block(field: BlockField, lines: list[str]) -> list[Block]:
    paragraphs = tuple(Paragraph(line.strip()) for line in lines if line.strip())
    return [Block(field, paragraphs)] if paragraphs else []


def _is_hidden(slide: Any, root: Any) -> bool:
    """Return whether the slide's style hides it (part 3, 20.401)."""
    style = attribute(slide, "style-name")
    found = (each for each in root.iter() if local(each) == "style" and attribute(each, "name") == style)
    return any(attribute(each, "visibility") == "hidden" for element in found for each in element.iter())


def _text(root: Any) -> list[Page]:
    flow = Flow(ENGINE)
    bodies = (each for each in root.iter() if local(each) == "body")
    for element in _parts(next(bodies, root)):
        name = local(element)
        if name == "h":
            flow.heading(text_of(element))
        elif name == "table":
            flow.table(rows_of(element))
        else:
            level = level_of(element)
            flow.paragraph(text_of(element), max(level - 1, 0), level > 0)
        if name != "table":
            flow.block(BlockField.BOX, _framed(element))
    return list(flow.pages())


def _parts(body: Any) -> Iterator[Any]:
    """Yield paragraphs, headings and tables in their order, nothing twice."""
    for element in body:
        name = local(element)
        if name in ("p", "h", "table"):
            yield element
        elif name and name != "tracked-changes":
            yield from _parts(element)


def _framed(paragraph: Any) -> list[str]:
    """Return the lines in the frames that hang on a paragraph."""
    frames = [each for each in walk(paragraph, frozenset()) if local(each) in ("frame", "custom-shape")]
    return [line for frame in frames for line in lines_of(frame)]


def _properties(package: ZipPackage) -> dict[str, str]:
    root = package.xml("meta.xml")
    found: dict[str, str] = {}
    for element in root.iter() if root is not None else ():
        name, text = _PROPERTIES.get(local(element), ""), " ".join((element.text or "").split())
        text = real_title(text) if name == "title" else text
        if name and text:
            found.setdefault(name, text)
    return found
