"""Where shapes stand on the slide, also inside groups, and the order in which they are read."""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.ingest.extractors.pptx.markup import A, Element, P
from archive.model import Block, BlockField

_ROW_TOLERANCE_EMU = 12_700 * 9  # shapes whose tops differ by less than 9 points stand side by side

_LAST = {BlockField.FOOTER: 1, BlockField.NOTES: 2}


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and the position of its shape on the slide in EMU."""

    block: Block
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Frame:
    """How positions inside a group become positions on the slide: `slide = inside * scale + shift`."""

    scale_x: float = 1.0
    scale_y: float = 1.0
    shift_x: float = 0.0
    shift_y: float = 0.0

    def place(self, left: float, top: float) -> tuple[float, float]:
        """Return the position on the slide of a position in this frame."""
        return left * self.scale_x + self.shift_x, top * self.scale_y + self.shift_y

    def inside(self, group: Element) -> "Frame":
        """Return the frame of what stands in `group` (`p:grpSp`), which itself stands in this frame."""
        xfrm = group.find(f"{P}grpSpPr/{A}xfrm")
        if xfrm is None:
            return self
        off_x, off_y = _pair(xfrm, "off", "x", "y")
        width, height = _pair(xfrm, "ext", "cx", "cy")
        child_x, child_y = _pair(xfrm, "chOff", "x", "y")
        child_width, child_height = _pair(xfrm, "chExt", "cx", "cy")
        scale_x = width / child_width if child_width else 1.0
        scale_y = height / child_height if child_height else 1.0
        return Frame(
            self.scale_x * scale_x,
            self.scale_y * scale_y,
            self.shift_x + self.scale_x * (off_x - child_x * scale_x),
            self.shift_y + self.scale_y * (off_y - child_y * scale_y),
        )


def _pair(xfrm: Element, tag: str, first: str, second: str) -> tuple[float, float]:
    node = xfrm.find(A + tag)
    if node is None:
        return 0.0, 0.0
    try:
        return float(node.get(first, 0)), float(node.get(second, 0))
    except ValueError:
        return 0.0, 0.0


def in_reading_order(placed: Iterable[Placed]) -> list[Block]:
    """Return the blocks: titles, then from top to bottom, side by side ones from left; footers, notes."""
    rest = sorted(placed, key=lambda item: item.top)
    keys: list[tuple[int, int, float]] = []
    row, row_top = 0, float("-inf")
    for item in rest:
        if item.top - row_top > _ROW_TOLERANCE_EMU:
            row, row_top = row + 1, item.top
        rank = -1 if item.block.field is BlockField.TITLE else _LAST.get(item.block.field, 0)
        keys.append((rank, row, item.left))
    order = sorted(range(len(rest)), key=lambda index: keys[index])
    return [rest[index].block for index in order]
