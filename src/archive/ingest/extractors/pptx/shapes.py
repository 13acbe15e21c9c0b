"""Walk the shapes of a slide and take the words out of each."""

from collections.abc import Iterable, Iterator

from lxml import etree

from archive.ingest.extractors.ooxml.drawing_text import lines
from archive.ingest.extractors.ooxml.markup import A, Element, P, R, is_true
from archive.ingest.extractors.pptx.graphics import graphic_blocks
from archive.ingest.extractors.pptx.letter_sizes import letters_pt
from archive.ingest.extractors.pptx.placement import Frame, Placed, ShapeBox
from archive.ingest.extractors.pptx.slide_parts import (
    ShapePart,
    ancestors,
    frame_of,
    is_title,
    kind_of,
    own_frame,
    placeholder,
)
from archive.ingest.extractors.pptx.text_body import text_blocks
from archive.model.pages import Block, BlockField, Paragraph

SHAPES = frozenset(P + name for name in ("sp", "grpSp", "pic", "graphicFrame", "cxnSp"))
_FOOTERS = frozenset({"ftr", "dt", "hdr"})
_NUMBER = "sldNum"
_GROUP_DEPTH_MAX = 40
_METAFILES = (".emf", ".wmf", ".emz", ".wmz")


class ShapeWalk:
    """Collects the blocks of one part with shapes.

    `broken` counts shapes that could not be read; `pictures` are the places of pictures on the slide;
    `shows_metafile` says whether one of them is a metafile, in which words are drawn as text.
    """

    def __init__(self, part: ShapePart, size_emu: tuple[float, float] = (0.0, 0.0)) -> None:
        """Take the part, and the slide's size where shapes may lie beside it."""
        self._part = part
        self._size_emu = size_emu
        self.placed: list[Placed] = []
        self.pictures: list[ShapeBox] = []
        self.broken = 0
        self.shows_metafile = False

    def collect(self, shapes: Iterable[Element], frame: Frame | None = None, depth: int = 0) -> None:
        """Collect the words of `shapes` (children of a shape tree), which are in `frame`."""
        for shape in shapes:
            if shape.tag not in SHAPES:
                continue
            try:
                self._take(shape, frame or Frame(), depth)
            except (ValueError, TypeError, AttributeError, KeyError, LookupError):
                self.broken += 1  # one odd shape is lost, not the slide

    def _take(self, shape: Element, frame: Frame, depth: int) -> None:
        mark = placeholder(shape)
        place = self._place_of(shape, mark)
        box = frame.place(place)
        is_turned = place is not None and place.get("rot", "0") != "0"
        # A title beside the slide is there for those who listen to it.
        if _is_hidden(shape) or (self._is_beside(box, is_turned) and not is_title(mark)):
            self._put(_unshown(shape), box)
            return
        if shape.tag == P + "grpSp":
            self._put(alternative(shape), box)
            if depth < _GROUP_DEPTH_MAX:
                self.collect(shape, frame.inside(shape), depth + 1)
            else:
                self.broken += 1
            return
        if _is_picture(shape):
            self.pictures.append(box)
            self.shows_metafile = self.shows_metafile or _has_metafile(shape, self._part)
        field = _field_of(mark, in_group=depth > 0)
        self._put(self._blocks(shape, mark, field), box, letters_pt(shape, field))
        self._put(alternative(shape), box)

    def _is_beside(self, box: ShapeBox, is_turned: bool) -> bool:
        """Return whether nothing of a shape is on the slide, however it is turned."""
        width, height = self._size_emu
        is_placed = box.width > 0 and box.height > 0 and width > 0
        if is_turned:
            room = box.width + box.height
            box = ShapeBox(box.left - room / 2, box.top - room / 2, box.width + room, box.height + room)
        return is_placed and box.area_within(width, height) == 0

    def _put(self, blocks: Iterable[Block], box: ShapeBox, size_pt: float = 0.0) -> None:
        self.placed += [Placed(block, box.left, box.top, size_pt) for block in blocks]

    def _place_of(self, shape: Element, mark: Element | None) -> Element | None:
        own = own_frame(shape)
        return own if own is not None else frame_of(shape, ancestors(mark, self._part.layout))

    def _blocks(self, shape: Element, mark: Element | None, field: BlockField) -> Iterator[Block]:
        if shape.tag == P + "graphicFrame":
            yield from graphic_blocks(shape, self._part)
            for picture in shape.iter(P + "pic"):
                yield from alternative(picture)
        else:
            blocks = text_blocks(shape, field, mark, self._part.layout)
            is_number = mark is not None and kind_of(mark) == _NUMBER
            yield from (block for block in blocks if not is_number or not _is_figures(block))


def _field_of(mark: Element | None, in_group: bool) -> BlockField:
    if mark is None:
        return BlockField.GROUP if in_group else BlockField.BOX
    if is_title(mark):
        return BlockField.TITLE
    return BlockField.FOOTER if kind_of(mark) in (*_FOOTERS, _NUMBER) else BlockField.BODY


def _is_figures(block: Block) -> bool:
    """Return whether a block is no more than the slide's number, written by hand."""
    return not any(character.isalpha() for character in block.text)


def _is_picture(shape: Element) -> bool:
    """Return whether a shape is a picture, is filled with one, or is an embedded file shown by one."""
    if shape.tag == P + "graphicFrame":
        return next(shape.iter(P + "pic"), None) is not None
    return shape.tag == P + "pic" or shape.find(f"{P}spPr/{A}blipFill") is not None


def _has_metafile(shape: Element, part: ShapePart) -> bool:
    names = (part.related_name(blip.get(R + "embed")).lower() for blip in shape.iter(A + "blip"))
    return any(name.endswith(_METAFILES) for name in names)


def _is_hidden(shape: Element) -> bool:
    """Return whether a shape is hidden in the selection pane: no show, print or rendering has it."""
    first = next(shape.iterchildren(etree.Element), None)
    properties = None if first is None else first.find(P + "cNvPr")
    return properties is not None and is_true(properties.get("hidden"))


def _unshown(shape: Element) -> Iterator[Block]:
    """Yield the words of a shape that no show, print or rendering has, for staff."""
    paragraphs = tuple(map(Paragraph, lines(shape)))
    if paragraphs:
        yield Block(BlockField.NOTES, paragraphs=paragraphs)


def alternative(shape: Element) -> Iterator[Block]:
    """Yield the alternative text of a shape: its title and its description."""
    first = next(shape.iterchildren(etree.Element), None)
    properties = None if first is None else first.find(P + "cNvPr")
    if properties is None:
        return
    texts = dict.fromkeys(properties.get(name, "").strip() for name in ("title", "descr"))
    paragraphs = tuple(Paragraph(text) for text in texts if text)
    if paragraphs:
        yield Block(BlockField.ALT_TEXT, paragraphs=paragraphs)
