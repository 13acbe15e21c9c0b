"""Stamps and signatures: annotations whose words stand in the form that draws them (ISO 32000-1, 12.5.5)."""

from collections.abc import Iterator, Mapping
from typing import Any

from pdfminer.pdftypes import PDFStream, list_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import MATRIX_IDENTITY, Matrix, apply_matrix_rect

from archive.ingest.extractors import left_out

_ANNOTATIONS_MAX = 5_000  # as pdfium reads, which says so where there are more
_STAMPS_MAX = 200
_TOO_MANY = f"Only the first {_STAMPS_MAX} stamps and signatures of a page were read."
_STAMPS = ("Stamp", "Watermark")
_UNSEEN_FLAGS = 0b100010  # hidden, no view (table 165)


def drawn_annotations(annotations: object) -> Iterator[tuple[PDFStream, Matrix]]:
    """Yield the forms that stamps and signatures show, each with the matrix from the form to the page.

    Other annotations say what they show in entries of their own, which pdfium reads.
    """
    listed = resolve1(annotations)
    stamps = (
        entries
        for annotation in (listed[:_ANNOTATIONS_MAX] if isinstance(listed, list) else ())
        if isinstance(entries := resolve1(annotation), dict) and _is_stamp(entries)
    )
    for entries in left_out.up_to(stamps, _STAMPS_MAX, _TOO_MANY):
        form = _appearance(entries)
        matrix = None if form is None else _placed(form, entries)
        if form is not None and matrix is not None:
            yield form, matrix


def _is_stamp(entries: Mapping[str, Any]) -> bool:
    flags = resolve1(entries.get("F"))
    if isinstance(flags, int) and flags & _UNSEEN_FLAGS:
        return False
    kind = _name(entries.get("Subtype"))
    return kind in _STAMPS or (kind == "Widget" and _name(entries.get("FT")) == "Sig")


def _appearance(entries: Mapping[str, Any]) -> PDFStream | None:
    appearances = resolve1(entries.get("AP"))
    normal = resolve1(appearances.get("N")) if isinstance(appearances, dict) else None
    if isinstance(normal, dict):
        normal = resolve1(normal.get(_name(entries.get("AS"))))
    return normal if isinstance(normal, PDFStream) else None


def _placed(form: PDFStream, entries: Mapping[str, Any]) -> Matrix | None:
    """Return the matrix that puts the form's box into the annotation's rectangle (algorithm 8.1)."""
    box, place = _numbers(form.get("BBox"), 4), _numbers(entries.get("Rect"), 4)
    matrix = _numbers(form.get("Matrix"), 6) or list(MATRIX_IDENTITY)
    if not box or not place:
        return None
    left, bottom, right, top = apply_matrix_rect(tuple(matrix), tuple(box))  # type: ignore[arg-type] # six, four
    if right <= left or top <= bottom:
        return None
    x0, x1 = sorted((place[0], place[2]))
    y0, y1 = sorted((place[1], place[3]))
    scale_x, scale_y = (x1 - x0) / (right - left), (y1 - y0) / (top - bottom)
    return (scale_x, 0.0, 0.0, scale_y, x0 - left * scale_x, y0 - bottom * scale_y)


def _numbers(value: object, count: int) -> list[float]:
    numbers = [resolve1(each) for each in list_value(value)] if value is not None else []
    is_usable = len(numbers) == count and all(isinstance(each, int | float) for each in numbers)
    return [float(each) for each in numbers] if is_usable else []


def _name(value: object) -> str:
    resolved = resolve1(value)
    return str(literal_name(resolved)) if isinstance(resolved, PSLiteral) else ""
