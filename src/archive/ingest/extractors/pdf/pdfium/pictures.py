"""How much of a page is pictures, and whether words are drawn on it as outlines."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium_c

_OBJECTS_MAX = 5_000
_DEPTH_MAX = 3
# A letter's outline has about a dozen lines and curves; the sizes are those of letters from 4 to 60 points.
_SEGMENTS_A_LETTER = 12
_LETTER_PT = (2.0, 60.0)
_OUTLINED_LETTERS_MIN = 60

_Rectangle = tuple[float, float, float, float]
_Path = tuple[int, ...]
"""How many lines and curves a path has, and where it is in whole points."""

_SEEN_MAX = 50_000


def picture_share(page: Any) -> float:
    """Return the share of a pypdfium2 page that its pictures cover together, 0 to 1.

    Pictures that lie over each other count each. At most 5,000 objects of a page or a form are looked at.
    """
    rect = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDF_GetPageBoundingBox(page, rect):
        return 0.0
    bounds = (rect.left, rect.bottom, rect.right, rect.top)
    area = _area(bounds)
    if area <= 0:
        return 0.0
    count = pdfium_c.FPDFPage_CountObjects(page)
    covered = 0.0
    for index in range(min(count, _OBJECTS_MAX)):
        covered += _covered(pdfium_c.FPDFPage_GetObject(page, index), bounds, _DEPTH_MAX)
    return min(covered / area, 1.0)


class Outlines:
    """Tells on which pages of a file words are drawn as outlines.

    A path that an earlier page has in the same place is part of the template, a logo say, and counts once.
    """

    def __init__(self) -> None:
        self._seen: set[_Path] = set()

    def are_words_on(self, page: Any, letter_count: int) -> bool:
        """Return whether a page draws more letters than the `letter_count` that it has as text.

        Outlines are told by their size and number: filled paths as large as letters or lines of them.
        """
        paths = set(_paths(page, pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject, _DEPTH_MAX))
        outlined = sum(max(1, path[0] // _SEGMENTS_A_LETTER) for path in paths - self._seen)
        if len(self._seen) < _SEEN_MAX:
            self._seen |= paths
        return outlined >= _OUTLINED_LETTERS_MIN and outlined > letter_count


def _paths(holder: Any, count_of: Any, item_of: Any, depth: int) -> Iterator[_Path]:
    """Yield the paths that may be letters."""
    for index in range(min(count_of(holder), _OBJECTS_MAX)):
        item = item_of(holder, index)
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            if (path := _letters(item)) is not None:
                yield path
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth:
            yield from _paths(
                item, pdfium_c.FPDFFormObj_CountObjects, pdfium_c.FPDFFormObj_GetObject, depth - 1
            )


def _letters(path: Any) -> _Path | None:
    """Return a path that may be letters; None for one that is stroked, straight or of another size."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    segments = pdfium_c.FPDFPath_CountSegments(path)
    if segments < _SEGMENTS_A_LETTER // 2 or not pdfium_c.FPDFPath_GetDrawMode(path, fill, stroke):
        return None
    bounds = _bounds(path)
    is_as_high = _LETTER_PT[0] <= bounds[3] - bounds[1] <= _LETTER_PT[1]
    return (segments, *map(round, bounds)) if fill.value and is_as_high else None


def _covered(item: Any, within: _Rectangle, depth: int) -> float:
    """Return the area of the pictures in a page object, no more than its own within the page."""
    kind = pdfium_c.FPDFPageObj_GetType(item)
    if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
        return _area(_common(_bounds(item), within))
    if kind != pdfium_c.FPDF_PAGEOBJ_FORM or depth == 0:
        return 0.0
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(item, matrix):
        return 0.0
    covered = 0.0
    for index in range(min(pdfium_c.FPDFFormObj_CountObjects(item), _OBJECTS_MAX)):
        covered += _covered(pdfium_c.FPDFFormObj_GetObject(item, index), _EVERYWHERE, depth - 1)
    scale = abs(matrix.a * matrix.d - matrix.b * matrix.c)
    return min(covered * scale, _area(_common(_bounds(item), within)))


_EVERYWHERE = (-1e9, -1e9, 1e9, 1e9)


def _bounds(item: Any) -> _Rectangle:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return (0.0, 0.0, 0.0, 0.0)
    return (left.value, bottom.value, right.value, top.value)


def _common(first: _Rectangle, second: _Rectangle) -> _Rectangle:
    return (
        max(first[0], second[0]),
        max(first[1], second[1]),
        min(first[2], second[2]),
        min(first[3], second[3]),
    )


def _area(rectangle: _Rectangle) -> float:
    left, bottom, right, top = rectangle
    return max(right - left, 0.0) * max(top - bottom, 0.0)
