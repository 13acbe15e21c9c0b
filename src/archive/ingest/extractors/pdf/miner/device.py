"""The output device of pdfminer.six that collects the letters of a page with their places.

The sums are those of pdfminer.six 20260107 in the same order (`pdfdevice.py`, `converter.py`, `LTChar`), so
that lines and boxes come out the same; but a letter is a tuple, and a font is asked once a letter form.
"""

from collections.abc import Iterable
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFType3Font, PDFUnicodeNotDefined
from pdfminer.utils import apply_matrix_rect, mult_matrix, translate_matrix

from archive.ingest.extractors.pdf.letters import TEX_CODES, Letter

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
