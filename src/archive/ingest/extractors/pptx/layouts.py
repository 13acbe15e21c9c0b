"""The words of layouts and masters that are shown on the slides that use them."""

from collections.abc import Iterator

from archive.ingest.extractors.ooxml.alternates import choose_alternates
from archive.ingest.extractors.ooxml.drawing_text import SLIDE_NUMBER
from archive.ingest.extractors.ooxml.markup import A, Element, P
from archive.ingest.extractors.pptx.package import DeckPackage
from archive.ingest.extractors.pptx.placement import in_reading_order
from archive.ingest.extractors.pptx.shapes import ShapeWalk
from archive.ingest.extractors.pptx.slide_parts import ShapePart, Template, placeholder
from archive.model.pages import Block, BlockField, Paragraph

_HIDDEN = ("0", "false")
_TREE = f"{P}cSld/{P}spTree"
_BACKGROUND = f"{P}cSld/{P}bg"
_NOT_SHOWN = frozenset({BlockField.ALT_TEXT, BlockField.NOTES})  # descriptions, and hidden shapes


class LayoutWords:
    """Gives the words of layouts and masters, each once in a deck."""

    def __init__(self, package: DeckPackage) -> None:
        self._package = package
        self._given: set[str] = set()

    def block(self, part: ShapePart) -> Block | None:
        """Return what is shown behind a slide and was not given for an earlier one; None when nothing is.

        Placeholders are left out: their words are prompts, which no show displays.
        """
        paragraphs = [
            paragraph
            for template in _shown_behind(part)
            for paragraph in self._paragraphs(template)
            if self._is_new(paragraph.text)
        ]
        return Block(BlockField.LAYOUT, paragraphs=tuple(paragraphs)) if paragraphs else None

    def brings_picture(self, part: ShapePart, enough: float) -> bool:
        """Return whether a slide has a picture as its background, or first shows one of its layout or master.

        `enough` is the area in square EMU that pictures on a layout or master must cover. What they show
        repeats from slide to slide, so that one slide stands for all.
        """
        if has_picture_background(part.root):
            return True
        is_covered = part.root.find(_BACKGROUND) is not None
        return any(
            self._is_new(f"pictures {template.name}")
            and (
                (not is_covered and has_picture_background(template.root))
                or self._pictured_area(template) > enough
            )
            for template in _shown_behind(part)
        )

    def _pictured_area(self, template: Template) -> float:
        walk = ShapeWalk(ShapePart(self._package, template.name, template.root, template.relations))
        walk.collect(_shapes(template.root))
        return sum(box.width * box.height for box in walk.pictures)

    def _is_new(self, text: str) -> bool:
        is_new = text not in self._given
        self._given.add(text)
        return is_new

    def _paragraphs(self, template: Template) -> Iterator[Paragraph]:
        if not self._is_new(f"part {template.name}"):
            return
        choose_alternates(template.root)
        walk = ShapeWalk(ShapePart(self._package, template.name, template.root, template.relations))
        walk.collect(shape for shape in _shapes(template.root) if placeholder(shape) is None)
        shown = (block for block in in_reading_order(walk.placed) if block.field not in _NOT_SHOWN)
        for block in shown:
            yield from block.paragraphs
            yield from (Paragraph("\t".join(row)) for row in block.rows)


def has_picture_background(root: Element) -> bool:
    """Return whether a slide, layout or master is filled with a picture of its own."""
    return root.find(f"{_BACKGROUND}/{P}bgPr/{A}blipFill") is not None


def shows_number(part: ShapePart) -> bool:
    """Return whether a slide shows its number: in a shape of its own or in one of its layout or master.

    The number's placeholder on a layout is a prompt; only a slide that has one itself shows it.
    """
    if _has_number(part.root):
        return True
    behind = (shape for template in _shown_behind(part) for shape in _shapes(template.root))
    return any(_has_number(shape) for shape in behind if placeholder(shape) is None)


def _has_number(element: Element) -> bool:
    return any(field.get("type") == SLIDE_NUMBER for field in element.iter(A + "fld"))


def _shapes(root: Element) -> Iterator[Element]:
    tree = root.find(_TREE)
    return iter(()) if tree is None else iter(tree)


def _shown_behind(part: ShapePart) -> Iterator[Template]:
    """Yield the layout and master whose shapes are shown with a slide (`showMasterSp`)."""
    layout = part.layout
    if layout is None or part.root.get("showMasterSp") in _HIDDEN:
        return
    yield layout
    if layout.master is not None and layout.root.get("showMasterSp") not in _HIDDEN:
        yield layout.master
