"""A PDF opened by pdfminer.six."""

import logging
import time
from collections.abc import Iterable
from typing import Any, BinaryIO

from pdfminer.encodingdb import EncodingDB
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFType3Font, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import apply_matrix_rect, mult_matrix, translate_matrix

from archive.ingest.extractors.pdf.letters import TEX_CODES, Letter, drawn_once, recompose
from archive.ingest.extractors.pdf.miner.interpreter import TextInterpreter, drawn_annotations
from archive.ingest.extractors.pdf.miner.layers import hidden_layers
from archive.ingest.extractors.pdf.miner.layout import LineBox, boxes_of, without_shadows
from archive.ingest.extractors.pdf.streams import view

Matrix = tuple[float, float, float, float, float, float]


class LetterDevice(PDFTextDevice):
    """Keeps the letters of a page in the order in which they are drawn."""

    def __init__(self, resources: Any) -> None:
        super().__init__(resources)
        self.letters: list[Letter] = []
        self._forms: dict[int, tuple[Any, dict[int, tuple[str, float]]]] = {}

    def render_string(self, textstate: Any, seq: Iterable[object], ncs: Any, graphicstate: Any) -> None:  # noqa: ARG002 - pdfminer's signature
        """Add the letters of one operator; numbers in `seq` move the pen."""
        font = textstate.font
        assert self.ctm is not None  # set before any page is read
        matrix = mult_matrix(textstate.matrix, self.ctm)
        scaling = textstate.scaling * 0.01
        spaces = (textstate.charspace * scaling, textstate.wordspace * scaling)
        if font.is_multibyte():
            spaces = (spaces[0], 0)
        if font.is_vertical():
            self._vertical(textstate, seq, matrix, scaling, spaces)
        else:
            self._horizontal(textstate, seq, matrix, scaling, spaces)

    def _horizontal(
        self, state: Any, seq: Iterable[object], matrix: Matrix, scaling: float, spaces: tuple[float, float]
    ) -> None:
        font, size = state.font, state.fontsize
        known = self._known(font)
        add = self.letters.append
        a, b, c, d, e, f = matrix
        is_upright = b == 0 and c == 0
        bottom = font.get_descent() * size + state.rise
        top = bottom + size
        step = 0.001 * size * scaling
        charspace, wordspace = spaces
        x, y = state.linematrix
        needs_space = False
        for item in seq:
            if isinstance(item, int | float):
                x -= item * step
                needs_space = True
            elif isinstance(item, bytes):
                for code in font.decode(item):
                    if needs_space:
                        x += charspace
                    needs_space = True
                    text, width = known.get(code) or self._look_up(font, code)
                    advance = width * size * scaling
                    if is_upright:
                        x0, low = x * a + e, y * d + f
                        x1, y0, y1 = a * advance + x0, d * bottom + low, d * top + low
                        if x1 < x0:
                            x0, x1 = x1, x0
                        if y1 < y0:
                            y0, y1 = y1, y0
                    else:
                        at = (a, b, c, d, x * a + y * c + e, x * b + y * d + f)
                        x0, y0, x1, y1 = apply_matrix_rect(at, (0, bottom, advance, top))
                    add((text, x0, y0, x1, y1, y1 - y0))
                    x += advance
                    if code == 32 and wordspace:
                        x += wordspace
        state.linematrix = (x, y)

    def _vertical(
        self, state: Any, seq: Iterable[object], matrix: Matrix, scaling: float, spaces: tuple[float, float]
    ) -> None:
        font, size = state.font, state.fontsize
        step = 0.001 * size * scaling
        x, y = state.linematrix
        needs_space = False
        for item in seq:
            if isinstance(item, int | float):
                y -= item * step
                needs_space = True
            elif isinstance(item, bytes):
                for code in font.decode(item):
                    if needs_space:
                        y += spaces[0]
                    needs_space = True
                    text, width = self._look_up(font, code)
                    advance = width * size * scaling
                    shift_x, shift_y = font.char_disp(code)
                    left = size * 0.5 if shift_x is None else shift_x * size * 0.001
                    top = (1000 - shift_y) * size * 0.001 + state.rise
                    box = (-left, top + advance, -left + size, top)
                    x0, y0, x1, y1 = apply_matrix_rect(translate_matrix(matrix, (x, y)), box)
                    self.letters.append((text, x0, y0, x1, y1, x1 - x0))
                    y += advance
                    if code == 32 and spaces[1]:
                        y += spaces[1]
        state.linematrix = (x, y)

    def _known(self, font: Any) -> dict[int, tuple[str, float]]:
        """Return what has been asked of `font`; the font is kept, so that its id stays its own."""
        return self._forms.setdefault(id(font), (font, {}))[1]

    def _look_up(self, font: Any, code: int) -> tuple[str, float]:
        """Return the text and the width of a letter form."""
        known = self._known(font)
        if code not in known:
            try:
                text = font.to_unichr(code)
                if not isinstance(text, str):
                    raise TypeError
            except PDFUnicodeNotDefined:
                text = (isinstance(font, PDFType3Font) and TEX_CODES.get(code)) or f"(cid:{code})"
            known[code] = (text, font.char_width(code))
        return known[code]


MINER = "pdfminer.six"
"""The reader of pages whose lines have places."""

_CROP_MIN_PT = 2.0  # what is cut off less than that is a matter of rounding
_PAGE_CPU_S = 5.0  # forms that show forms can run for ever; an ordinary page takes 0.01 s

logger = logging.getLogger(__name__)
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it reports every oddity of every file
# A hyphen by ISO 32000-1 (D.2, note 6), which pdfminer takes for a space; writers put it where words divide.
EncodingDB.win2unicode[0xAD] = "\u00ad"


class MinerFile:
    """A PDF opened by pdfminer.six."""

    def __init__(self, file: BinaryIO, password: str = "") -> None:
        """Open `file`; raises what pdfminer raises, which is nearly any exception."""
        self._document = PDFDocument(PDFParser(view(file)), password)
        self._pages = PDFPage.create_pages(self._document)
        self._device = LetterDevice(PDFResourceManager())
        self._interpreter = TextInterpreter(self._device.rsrcmgr, self._device)

        self._interpreter.hidden = hidden_layers(self._document.catalog)

    @property
    def has_hidden_layers(self) -> bool:
        """Return whether layers of the document are off; pdfium reads what is on them, too."""
        return bool(self._interpreter.hidden)

    @property
    def is_portfolio(self) -> bool:
        """Return whether the document is a wrapper around attached files (ISO 32000-1, 12.3.5)."""
        return "Collection" in self._document.catalog

    def next_page(self) -> PDFPage | None:
        """Return the next page without reading it, None after the last; raises what pdfminer raises."""
        return next(self._pages, None)

    def letters(self, page: PDFPage, has_stamps: bool = True) -> list[Letter]:
        """Return the letters of a page in the order in which they are drawn; raises what pdfminer raises.

        Those of its stamps and signatures come last; `has_stamps` False says that there are none.
        """
        self._device.letters = []
        self._interpreter.deadline_s = time.process_time() + _PAGE_CPU_S
        self._interpreter.process_page(page)
        if has_stamps:
            self._read_stamps(page)
        return self._device.letters

    def _read_stamps(self, page: PDFPage) -> None:
        try:
            for form, matrix in drawn_annotations(page.annots):
                interpreter = self._interpreter.dup()
                interpreter.init_resources({})
                interpreter.init_state(mult_matrix(matrix, _to_page(page)))
                interpreter.show_form(form)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - pdfminer raises any kind; an odd stamp is lost, not the page
            logger.debug("A stamp could not be read.")

    def boxes(self, page: PDFPage, has_stamps: bool = True) -> tuple[LineBox, ...]:
        """Read a page into boxes in reading order, see `letters`; raises what pdfminer raises."""
        letters, width_pt, height_pt = _shown(self.letters(page, has_stamps), page)
        return without_shadows(boxes_of(recompose(drawn_once(letters)), width_pt, height_pt))


def _to_page(page: PDFPage) -> Matrix:
    """Return the matrix with which pdfminer reads a page: upright, its corner at 0 (`process_page`)."""
    x0, y0, x1, y1 = page.mediabox
    turned = {90: (0, -1, 1, 0, -y0, x1), 180: (-1, 0, 0, -1, x1, y1), 270: (0, 1, -1, 0, y1, -x0)}
    return turned.get(page.rotate, (1, 0, 0, 1, -x0, -y0))


def _shown(letters: list[Letter], page: PDFPage) -> tuple[list[Letter], float, float]:
    """Return the letters inside the crop box, with places from its corner, and its size."""
    to_page = _to_page(page)
    _, _, width_pt, height_pt = apply_matrix_rect(to_page, page.mediabox)
    left, bottom, right, top = apply_matrix_rect(to_page, page.cropbox)
    left, bottom, right, top = max(left, 0.0), max(bottom, 0.0), min(right, width_pt), min(top, height_pt)
    is_whole = left + bottom + (width_pt - right) + (height_pt - top) < _CROP_MIN_PT
    if is_whole or right <= left or top <= bottom:
        return letters, width_pt, height_pt
    shown = [
        (text, x0 - left, y0 - bottom, x1 - left, y1 - bottom, size)
        for text, x0, y0, x1, y1, size in letters
        if left <= (x0 + x1) / 2 <= right and bottom <= (y0 + y1) / 2 <= top
    ]
    return shown, right - left, top - bottom
