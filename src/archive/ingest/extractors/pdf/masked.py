"""Where words are that are letters of a soft mask: gradient headings, as Chrome prints them.

pdfium draws what is painted through such letters and does not tell of them as text, while the extraction
reads them (`miner/interpreter.py`). So a page with such masks is made anew with nothing on it but what is in
its masks, each where the page sets it, and the words of that page are asked for.
"""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

import pikepdf
import pypdfium2

from archive.ingest.extractors.pdf.cut import FAILURES
from archive.ingest.extractors.pdf.pdfium.words import words_of
from archive.model.pages import WordBox

_MASKS_MAX = 100  # of a page, as many as are read
_DEPTH_MAX = 200  # of saved states: more than any program nests

_Mask = tuple[pikepdf.Matrix, Any]


class MaskedWords:
    """Finds the words in the soft masks of a PDF's pages; a file that qpdf cannot open has none."""

    def __init__(self, file: BinaryIO, password: str) -> None:
        """Open the file once more, beside pdfium."""
        try:
            self._source: pikepdf.Pdf | None = pikepdf.open(file, password=password)
        except FAILURES:
            self._source = None

    def close(self) -> None:
        """Close the file."""
        if self._source is not None:
            self._source.close()

    def of_page(self, number: int, width_pt: float, height_pt: float) -> tuple[WordBox, ...]:
        """Return the words of page `number` with their boxes; () where none can be told."""
        if self._source is None:
            return ()
        try:
            page = self._source.pages[number - 1]
            masks = list(_masks(page)) if _has_masks(page) else []
            return _words(page, masks, width_pt, height_pt) if masks else ()
        except FAILURES:  # they lack their marks on the picture; the words themselves are read elsewhere
            return ()


def _has_masks(page: Any) -> bool:
    states = page.resources.get("/ExtGState", {})
    return any(_form_of(states.get(name)) is not None for name in states.keys())  # noqa: SIM118 - pikepdf


def _form_of(state: Any) -> Any:
    mask = state.get("/SMask") if isinstance(state, pikepdf.Dictionary) else None
    form = mask.get("/G") if isinstance(mask, pikepdf.Dictionary) else None
    return form if isinstance(form, pikepdf.Stream) else None


def _masks(page: Any) -> Iterator[_Mask]:
    """Yield the forms of soft masks with the matrix that holds where the page sets them, each once."""
    states, seen = page.resources.ExtGState, set[tuple[int, int]]()
    matrix, saved = pikepdf.Matrix(), list[pikepdf.Matrix]()
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "q" and len(saved) < _DEPTH_MAX:
            saved.append(matrix)
        elif operator == "Q" and saved:
            matrix = saved.pop()
        elif operator == "cm":
            matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
        elif operator == "gs":
            form = _form_of(states.get(str(operands[0])))
            if form is not None and form.objgen not in seen and len(seen) < _MASKS_MAX:
                seen.add(form.objgen)
                yield matrix, form


def _words(page: Any, masks: list[_Mask], width_pt: float, height_pt: float) -> tuple[WordBox, ...]:
    names = [f"/M{number}" for number in range(len(masks))]
    shown = [
        f"q {' '.join(f'{value:.5f}' for value in matrix.shorthand)} cm {name} Do Q"
        for name, (matrix, _) in zip(names, masks, strict=True)
    ]
    forms = {name: form for name, (_, form) in zip(names, masks, strict=True)}
    with pikepdf.new() as made:
        made.pages.append(page)
        alone = made.pages[0].obj
        alone.Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary({name: made.copy_foreign(form) for name, form in forms.items()})
        )
        alone.Contents = made.make_stream("\n".join(shown).encode())
        if "/Annots" in alone:
            del alone.Annots
        out = io.BytesIO()
        made.save(out)
    document = pypdfium2.PdfDocument(out.getvalue())
    try:
        drawn = document[0]
        text_page = drawn.get_textpage()
        return words_of(drawn, text_page, width_pt, height_pt)
    finally:
        document.close()
