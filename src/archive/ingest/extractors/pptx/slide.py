"""Read one slide into a page."""

import re
from collections.abc import Iterator
from dataclasses import replace

from archive.errors import FileRejected
from archive.ingest.extractors import left_out
from archive.ingest.extractors.ooxml.alternates import choose_alternates
from archive.ingest.extractors.ooxml.drawing_text import lines
from archive.ingest.extractors.ooxml.markup import A, Element, P, R, local_name
from archive.ingest.extractors.ooxml.relations import relations_of
from archive.ingest.extractors.pptx.deck import Deck
from archive.ingest.extractors.pptx.graphics import table_block
from archive.ingest.extractors.pptx.layouts import LayoutWords, shows_number
from archive.ingest.extractors.pptx.letter_sizes import with_largest_as_title
from archive.ingest.extractors.pptx.placement import in_reading_order
from archive.ingest.extractors.pptx.shapes import ShapeWalk
from archive.ingest.extractors.pptx.slide_parts import ShapePart, Templates, kind_of, placeholder
from archive.ingest.extractors.pptx.text_body import text_blocks
from archive.model.pages import Block, BlockField, OcrReason, Page, Paragraph

_LINKS = (A + "hlinkClick", A + "hlinkHover", A + "hlinkMouseOver")
_SCHEMES = ("http://", "https://", "mailto:", "ftp://")
_LINKS_MAX = 500
_TOO_MANY_LINKS = f"Only the first {_LINKS_MAX} links of a slide were read."
_CAPTION_SUFFIX = ".vtt"
_CUE_TIMES = "-->"
_WORDLESS_PARTS = ("WEBVTT", "NOTE", "STYLE", "REGION")
_CUE_MARKS = re.compile(r"<[^<>]*>")
_CUE_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " ", "&lrm;": "", "&rlm;": ""}
_AUTHOR_PARTS = ("commentAuthors", "authors")
_AUTHORS = ("{*}cmAuthor", "{*}author")
_OLD_REPLY = "{*}parentCm"


def link_block(part: ShapePart) -> Block | None:
    """Return the addresses outside the deck that shapes and words on a slide lead to, each once.

    What the link says of itself when pointed at (its tooltip) follows its address. None without any.
    """
    tips: dict[str, str] = {}
    for link in part.root.iter(*_LINKS):
        relation = part.relations.by_id.get(link.get(R + "id", ""))
        if relation is None or not relation.is_external:
            continue
        target = relation.target.strip()
        if not target.lower().startswith(_SCHEMES) or target in tips:
            continue
        if len(tips) == _LINKS_MAX:
            left_out.note(_TOO_MANY_LINKS)
            break
        tips[target] = link.get("tooltip", "").strip()
    texts = (f"{target} {tip}" if tip and tip != target else target for target, tip in tips.items())
    paragraphs = tuple(Paragraph(text) for text in texts)
    return Block(BlockField.LINK, paragraphs=paragraphs) if paragraphs else None


def caption_block(part: ShapePart) -> Block | None:
    """Return the words of all caption tracks that a slide's videos bring along; None without any."""
    paragraphs: list[Paragraph] = []
    for relation in part.relations.by_id.values():
        if not relation.is_external and relation.target.lower().endswith(_CAPTION_SUFFIX):
            data = part.package.read(relation.target)
            paragraphs += [Paragraph(text) for text in _cues((data or b"").decode("utf-8-sig", "replace"))]
    return Block(BlockField.CAPTION, paragraphs=tuple(paragraphs)) if paragraphs else None


def _cues(track: str) -> Iterator[str]:
    """Yield what each cue says (WebVTT, 4): the lines behind its times, without marks."""
    for part in re.split(r"\n{2,}", track.replace("\r\n", "\n").replace("\r", "\n")):
        rows = part.strip().split("\n")
        start = next((at for at, row in enumerate(rows[:2]) if _CUE_TIMES in row), None)
        if start is None or rows[0].startswith(_WORDLESS_PARTS):
            continue
        text = _CUE_MARKS.sub("", " ".join(row.strip() for row in rows[start + 1 :]))
        for entity, character in _CUE_ENTITIES.items():
            text = text.replace(entity, character)
        if text.strip():
            yield text.strip()


def comment_authors(deck: Deck) -> dict[str, str]:
    """Return the names of those who commented, by the id that comments name."""
    names: dict[str, str] = {}
    for relation in deck.relations.of_kind(*_AUTHOR_PARTS):
        root = deck.package.tree(relation.target)
        for author in () if root is None else root.iter(*_AUTHORS):
            names.setdefault(author.get("id", ""), author.get("name", "").strip())
    return names


def comment_block(part: ShapePart, authors: dict[str, str]) -> Block | None:
    """Return the comments on a slide, "author: words", answers one level in; None without any."""
    paragraphs: list[Paragraph] = []
    for relation in part.relations.of_kind("comments"):
        root = part.package.tree(relation.target)
        for comment in () if root is None else root.iter("{*}cm", "{*}reply"):
            text = " ".join(_texts(comment))
            author = authors.get(comment.get("authorId", ""), "")
            if text:
                level = int(_is_answer(comment))
                paragraphs.append(Paragraph(f"{author}: {text}" if author else text, level))
    return Block(BlockField.COMMENT, paragraphs=tuple(paragraphs)) if paragraphs else None


def _texts(comment: Element) -> Iterator[str]:
    """Yield the words of one comment, without those of its answers."""
    for child in comment.iterfind("{*}text"):
        if child.text and child.text.strip():
            yield child.text.strip()
    for child in comment.iterfind("{*}txBody"):
        yield from lines(child)


def _is_answer(comment: Element) -> bool:
    return local_name(comment) == "reply" or next(comment.iter(_OLD_REPLY), None) is not None


ENGINE = "python-pptx"
LOST = "The slide could not be read."
PARTLY_LOST = "Part of the slide could not be read."

_TREE = f"{P}cSld/{P}spTree"
_NOTES_WITHOUT_WORDS = frozenset({"sldImg", "sldNum", "dt", "hdr", "ftr"})
_PICTURE_SHARE = 1 / 3
"""Pictures that fill more of the slide than this may hold words of their own, as a photographed page does."""


class SlideReader:
    """Reads the slides of one deck in order; words of layouts come with the first slide that shows them."""

    def __init__(self, deck: Deck) -> None:
        self._deck = deck
        self._templates = Templates(deck.package)
        self._layouts = LayoutWords(deck.package)
        self._authors = comment_authors(deck)

    def read(self, at: int) -> tuple[Page, ShapePart | None]:
        """Return slide `at` (from 0) as a page, and its part for what is embedded in it, None when lost.

        `broken` of the page is set when words are lost. Raises FileRejected past the bounds of the package.
        """
        try:
            part = self._part(self._deck.slides[at])
            return (self._page(at, broken=LOST) if part is None else self._read(at, part)), part
        except (FileRejected, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - odd XML makes lxml raise any kind; one slide is lost, not the deck
            return self._page(at, broken=LOST), None

    def _part(self, name: str) -> ShapePart | None:
        package = self._deck.package
        root = package.tree(name) if name else None
        if root is None or root.find(_TREE) is None:
            return None
        relations = relations_of(package, name)
        return ShapePart(package, name, root, relations, self._templates.layout_of(relations))

    def _read(self, at: int, part: ShapePart) -> Page:
        mended = part.package.mended
        count = len(mended)
        choose_alternates(part.root)
        walk = ShapeWalk(part, (self._deck.width_emu, self._deck.height_emu))
        walk.collect(part.root.find(_TREE))
        placed = walk.placed if at else with_largest_as_title(walk.placed)
        notes, notes_lost = _notes(part)
        blocks = (*in_reading_order(placed), *self._around(at, part), *notes)
        is_short = walk.broken > 0 or notes_lost or part.name.lower() in mended or len(mended) > count
        return self._page(
            at,
            blocks,
            is_hidden=part.root.get("show") in ("0", "false"),
            broken=PARTLY_LOST if is_short else "",
            ocr_reason=self._ocr_reason(part, walk),
        )

    def _around(self, at: int, part: ShapePart) -> Iterator[Block]:
        """Yield what belongs to a slide but is in no shape of it."""
        blocks = [link_block(part), caption_block(part), self._layouts.block(part)]
        if shows_number(part):
            number = Paragraph(str(self._deck.first_number + at))
            blocks.append(Block(BlockField.PAGE_NUMBER, paragraphs=(number,)))
        if at in self._deck.sections:
            blocks.append(Block(BlockField.SECTION, paragraphs=(Paragraph(self._deck.sections[at]),)))
        blocks.append(comment_block(part, self._authors))
        return (block for block in blocks if block is not None)

    def _ocr_reason(self, part: ShapePart, walk: ShapeWalk) -> OcrReason:
        width, height = self._deck.width_emu, self._deck.height_emu
        enough = width * height * _PICTURE_SHARE
        covered = sum(box.area_within(width, height) for box in walk.pictures)
        is_pictured = enough > 0 and (covered > enough or self._layouts.brings_picture(part, enough))
        if walk.shows_metafile:
            return OcrReason.DRAWING_AND_PICTURE if is_pictured else OcrReason.DRAWING
        return OcrReason.PICTURE if is_pictured else OcrReason.NONE

    def _page(
        self,
        at: int,
        blocks: tuple[Block, ...] = (),
        is_hidden: bool = False,
        broken: str = "",
        ocr_reason: OcrReason = OcrReason.NONE,
    ) -> Page:
        width_pt, height_pt = self._deck.size_pt
        return Page(
            at + 1,
            blocks,
            hidden=is_hidden,
            reader=ENGINE,
            width_pt=width_pt,
            height_pt=height_pt,
            broken=broken,
            ocr_reason=ocr_reason,
        )


def _notes(part: ShapePart) -> tuple[list[Block], bool]:
    """Return the speaker's notes, and whether some were lost."""
    name = part.relations.first("notesSlide")
    if not name:
        return [], False
    root = part.package.tree(name)
    if root is None:
        return [], True
    choose_alternates(root)
    blocks = [
        block
        for shape in root.iter(P + "sp")
        if not _is_wordless(shape)
        for block in text_blocks(shape, BlockField.NOTES)
    ]
    tables = (table_block(table) for table in root.iter(A + "tbl"))
    blocks += [replace(table, field=BlockField.NOTES) for table in tables if table is not None]
    return blocks, False


def _is_wordless(shape: Element) -> bool:
    mark = placeholder(shape)
    return mark is not None and kind_of(mark) in _NOTES_WITHOUT_WORDS
