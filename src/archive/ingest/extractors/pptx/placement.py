"""Where shapes are on the slide, also inside groups, and the order in which they are read."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from archive.ingest.extractors.ooxml.markup import A, Element, P
from archive.model.pages import Block, BlockField

_ROW_TOLERANCE_EMU = 12_700 * 9  # shapes whose tops differ by less than 9 points are side by side
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(mm|cm|in|pt|pc|pi)?")
# EMU in each unit of ST_UniversalMeasure (ECMA-376 part 1, 22.9.2.15), which Strict decks use.
_EMU = {"mm": 36_000, "cm": 360_000, "in": 914_400, "pt": 12_700, "pc": 152_400, "pi": 152_400}


@dataclass(frozen=True, slots=True)
class ShapeBox:
    """A rectangle in EMU."""

    left: float = 0.0
    top: float = 0.0
    width: float = 0.0
    height: float = 0.0

    def area_within(self, width: float, height: float) -> float:
        """Return the area that lies on a slide of this size."""
        across = min(self.left + self.width, width) - max(self.left, 0.0)
        down = min(self.top + self.height, height) - max(self.top, 0.0)
        return max(across, 0.0) * max(down, 0.0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, the position of its shape on the slide in EMU, and how large its letters are; 0 if unknown."""

    block: Block
    left: float
    top: float
    letters_pt: float = 0.0


@dataclass(frozen=True, slots=True)
class Frame:
    """How positions inside a group become positions on the slide: `slide = inside * scale + shift`."""

    scale_x: float = 1.0
    scale_y: float = 1.0
    shift_x: float = 0.0
    shift_y: float = 0.0

    def place(self, xfrm: Element | None) -> ShapeBox:
        """Return where the rectangle of an `xfrm` in this frame is on the slide."""
        if xfrm is None:
            return ShapeBox(self.shift_x, self.shift_y)
        left, top = _pair(xfrm, "off", "x", "y")
        width, height = _pair(xfrm, "ext", "cx", "cy")
        return ShapeBox(
            left * self.scale_x + self.shift_x,
            top * self.scale_y + self.shift_y,
            width * self.scale_x,
            height * self.scale_y,
        )

    def inside(self, group: Element) -> "Frame":
        """Return the frame of what is in `group` (`p:grpSp`), which itself is in this frame."""
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
    return (0.0, 0.0) if node is None else (_length(node.get(first)), _length(node.get(second)))


def _length(text: str | None) -> float:
    """Return a length in EMU, 0 when it is none."""
    match = _LENGTH.fullmatch(text or "")
    if match is None:
        return 0.0
    emu = float(match[1]) * _EMU.get(match[2], 1)
    return emu if math.isfinite(emu) else 0.0


def in_reading_order(placed: Iterable[Placed]) -> list[Block]:
    """Return the blocks: titles, then from top to bottom, side by side ones from left; footers last."""
    rest = sorted(placed, key=lambda item: item.top)
    keys: list[tuple[int, int, float]] = []
    row, row_top = 0, float("-inf")
    for item in rest:
        if item.top - row_top > _ROW_TOLERANCE_EMU:
            row, row_top = row + 1, item.top
        rank = {BlockField.TITLE: -1, BlockField.FOOTER: 1}.get(item.block.field, 0)
        keys.append((rank, row, item.left))
    order = sorted(range(len(rest)), key=lambda index: keys[index])
    return [rest[index].block for index in order]
