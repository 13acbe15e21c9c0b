"""Lines of text and the boxes they are in, as pdfminer.six's layout analysis sees a page.

The rules are those of pdfminer.six 20260107 (`layout.LTLayoutContainer`) with its default LAParams, on lean
objects; a test holds both side by side.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from pdfminer.layout import IndexAssigner, LAParams, LTLayoutContainer, LTTextBoxHorizontal
from pdfminer.utils import Plane

from archive.ingest.extractors.pdf.letters import Letter
from archive.ingest.extractors.pdf.spacing import (
    FIRST,
    WIDE_GAP,
    is_even,
    is_right_to_left,
    is_spaced,
    join_spaced,
    right_to_left_text,
)

# Ordering boxes by nearness takes time in the square of their number: 4,000 took 20 s and 830 MB.
_BOXES_MAX = 120
_SIDE_MAX_PT = (
    14_400  # the largest page there is (ISO 32000-1, annex C); a grid of larger ones would fill memory
)
_CELL_PT, _CELLS = 50, 288  # of pdfminer's grid
_LINE_OVERLAP, _CHAR_MARGIN, _LINE_MARGIN, _WORD_MARGIN = 0.5, 2.0, 0.5, 0.1  # LAParams()
_SHADOW_SHARE = 0.004  # of the page's height: 3 points of A4


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text: letter size in points, and its top as a share of the page's height from above."""

    text: str
    size_pt: float
    top_share: float


@dataclass(frozen=True, slots=True)
class LineBox:
    """Lines that belong together."""

    lines: tuple[TextLine, ...]


class _Row:
    """A line with its place; compared by identity."""

    __slots__ = ("height", "letters", "text", "x0", "x1", "y0", "y1")

    def __init__(self, letters: Sequence[Letter]) -> None:
        parts: list[str] = []
        end = float("inf")
        for text, left, bottom, right, top, _ in letters:
            if end < left - _WORD_MARGIN * max(right - left, top - bottom):
                parts.append(" ")
            end = right
            parts.append(text)
        self.text = "".join(parts)
        if not self.text.isascii() and max(self.text) >= FIRST and is_right_to_left(letters):
            self.text = right_to_left_text(letters, _WORD_MARGIN)
        self.letters = letters
        self.x0 = min(letter[1] for letter in letters)
        self.y0 = min(letter[2] for letter in letters)
        self.x1 = max(letter[3] for letter in letters)
        self.y1 = max(letter[4] for letter in letters)
        self.height = self.y1 - self.y0

    def is_empty(self) -> bool:
        return self.x1 <= self.x0 or self.height <= 0 or self.text.isspace()

    def is_aligned_with(self, other: "_Row") -> bool:
        within = _LINE_MARGIN * self.height
        return abs(other.height - self.height) <= within and (
            abs(other.x0 - self.x0) <= within
            or abs(other.x1 - self.x1) <= within
            or abs((other.x0 + other.x1) / 2 - (self.x0 + self.x1) / 2) <= within
        )


class _Group(LTTextBoxHorizontal):
    """A box of rows; pdfminer's class, for its ordering."""

    def __init__(self, rows: Iterable[_Row]) -> None:
        super().__init__()
        self.rows = sorted(rows, key=lambda row: -row.y1)
        self.set_bbox(
            (
                min(row.x0 for row in self.rows),
                min(row.y0 for row in self.rows),
                max(row.x1 for row in self.rows),
                max(row.y1 for row in self.rows),
            )
        )


def boxes_of(letters: Sequence[Letter], width_pt: float, height_pt: float) -> tuple[LineBox, ...]:
    """Return the boxes of a page in reading order, columns one after the other."""
    page = LTLayoutContainer((0, 0, width_pt, height_pt))
    is_huge = max(width_pt, height_pt) > _SIDE_MAX_PT
    rows = [row for row in map(_Row, _runs(letters)) if not row.is_empty()]
    cell_pt = int(max(width_pt, height_pt) / _CELLS) if is_huge else _CELL_PT
    groups = list(_grouped(rows, Plane(page.bbox, cell_pt)))
    groups.sort(key=lambda group: (-group.y0, group.x0))
    if 1 < len(groups) <= _BOXES_MAX and not is_huge:
        _order(page, groups)
    boxes = (LineBox(tuple(_lines(group, height_pt or 1.0))) for group in groups)
    return tuple(box for box in boxes if box.lines)


def without_shadows(boxes: Sequence[LineBox]) -> tuple[LineBox, ...]:
    """Return the boxes without lines that are drawn a second time, as for a shadow or for bold letters."""
    boxes_left: list[LineBox] = []
    for box in boxes:
        kept: list[TextLine] = []
        last: dict[tuple[str, float], float] = {}
        for line in box.lines:  # from the top down
            before = last.get((line.text, line.size_pt), float("-inf"))
            if line.top_share - before >= _SHADOW_SHARE:
                kept.append(line)
                last[line.text, line.size_pt] = line.top_share
        boxes_left.append(LineBox(tuple(kept)))
    return tuple(boxes_left)


def _runs(letters: Sequence[Letter]) -> Iterator[Sequence[Letter]]:
    """Cut the letters into runs on one line, close to each other; as group_objects does."""
    run: list[Letter] = []
    before: Letter | None = None
    for letter in letters:
        if before is not None:
            if _is_same_line(before, letter):
                if not run:
                    run.append(before)
                run.append(letter)
            else:
                yield run or [before]
                run = []
        before = letter
    if before is not None:
        yield run or [before]


def _is_same_line(first: Letter, second: Letter) -> bool:
    _, x0, y0, x1, y1, _ = first
    _, left, bottom, right, top, _ = second
    if bottom > y1 or y0 > top:
        return False
    if not min(y1 - y0, top - bottom) * _LINE_OVERLAP < min(abs(y0 - top), abs(y1 - bottom)):
        return False
    is_over = left <= x1 and x0 <= right
    distance = 0.0 if is_over else min(abs(x0 - right), abs(x1 - left))
    return distance < max(x1 - x0, right - left) * _CHAR_MARGIN


def _grouped(rows: Sequence[_Row], plane: Any) -> Iterator[_Group]:
    """Put neighbouring rows into boxes; as group_textlines does."""
    plane.extend(rows)
    boxes: dict[_Row, list[_Row]] = {}
    for row in rows:
        members = [row]
        reach = _LINE_MARGIN * row.height
        for neighbour in plane.find((row.x0, row.y0 - reach, row.x1, row.y1 + reach)):
            if row.is_aligned_with(neighbour):
                members.append(neighbour)
                members.extend(boxes.pop(neighbour, ()))
        box = list(dict.fromkeys(members))
        boxes.update(dict.fromkeys(box, box))
    done: set[int] = set()
    for row in rows:
        box_rows = boxes.get(row)
        if box_rows is not None and id(box_rows) not in done:
            done.add(id(box_rows))
            group = _Group(box_rows)
            if not group.is_empty():
                yield group


def _order(page: LTLayoutContainer, groups: list[_Group]) -> None:
    """Sort boxes as they are read, columns one after the other; as LTLayoutContainer.analyze does."""
    params = LAParams()
    assigner = IndexAssigner()
    for group in page.group_textboxes(params, groups):
        group.analyze(params)
        assigner.run(group)
    groups.sort(key=lambda group: group.index)


def _lines(group: _Group, height_pt: float) -> Iterator[TextLine]:
    for row in group.rows:
        text = row.text.strip()
        if is_spaced(text):
            text = join_spaced(_with_wide_gaps(row.letters), is_even=is_even(row.letters)).strip()
        if text:
            size_pt = median(letter[5] for letter in row.letters)
            yield TextLine(text, size_pt, (height_pt - row.y1) / height_pt)


def _with_wide_gaps(letters: Sequence[Letter]) -> str:
    """Return letters set apart with a space between them, and two where the gap is clearly wider."""
    shown = [letter for letter in letters if not letter[0].isspace()]
    gaps = [after[1] - before[3] for before, after in pairwise(shown)]
    usual = median(gap for gap in gaps)
    text = shown[0][0]
    for gap, letter in zip(gaps, shown[1:], strict=True):
        text += ("  " if gap > WIDE_GAP * usual else " ") + letter[0]
    return text
