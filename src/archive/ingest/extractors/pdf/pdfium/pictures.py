"""How much of a page is pictures, and whether words are drawn on it as outlines."""

import ctypes
from typing import Any

import pypdfium2.raw as pdfium_c

_OBJECTS_MAX = 5_000
_DEPTH_MAX = 3
# A letter's outline has about a dozen lines and curves; the sizes are those of letters from 4 to 60 points.
_SEGMENTS_A_LETTER = 12
_LETTER_PT = (2.0, 60.0)
_OUTLINED_LETTERS_MIN = 60

_Rectangle = tuple[float, float, float, float]


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


def has_outlined_words(page: Any, letter_count: int) -> bool:
    """Return whether a page draws more letters as outlines than the `letter_count` that it has as text.

    Outlines are told by their size and number: filled paths as large as letters or lines of them.
    """
    outlined = _outlined(page, pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject, _DEPTH_MAX)
    return outlined >= _OUTLINED_LETTERS_MIN and outlined > letter_count


def _outlined(holder: Any, count_of: Any, item_of: Any, depth: int) -> int:
    outlined = 0
    for index in range(min(count_of(holder), _OBJECTS_MAX)):
        item = item_of(holder, index)
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            outlined += _letters_of(item)
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth:
            count, get = pdfium_c.FPDFFormObj_CountObjects, pdfium_c.FPDFFormObj_GetObject
            outlined += _outlined(item, count, get, depth - 1)
    return outlined


def _letters_of(path: Any) -> int:
    """Return how many letters a path may be; 0 for one that is stroked, straight or of another size."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    segments = pdfium_c.FPDFPath_CountSegments(path)
    if segments < _SEGMENTS_A_LETTER // 2 or not pdfium_c.FPDFPath_GetDrawMode(path, fill, stroke):
        return 0
    _, bottom, _, top = _bounds(path)
    is_as_high = _LETTER_PT[0] <= top - bottom <= _LETTER_PT[1]
    return max(1, segments // _SEGMENTS_A_LETTER) if fill.value and is_as_high else 0


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
