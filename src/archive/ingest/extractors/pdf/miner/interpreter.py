"""pdfminer.six's interpreter of page content, reading only what text depends on; stamps are content, too."""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pdfminer.pdfinterp import LITERAL_FORM, PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, list_value, resolve1, stream_value
from pdfminer.psparser import LIT, PSLiteral, literal_name
from pdfminer.utils import MATRIX_IDENTITY, Matrix, apply_matrix_rect

from archive.ingest.extractors import left_out
from archive.ingest.extractors.pdf.miner.layers import is_off
from archive.ingest.extractors.pdf.miner.lexer import Lexer
from archive.ingest.extractors.pdf.miner.tokens import OddStream

_SHOWS_OR_MOVES = re.compile(rb"T[jJ]|['\"]|Do|cm|Q|gs")
_NAMES_LAYER = re.compile(rb"/OC\b")
_KEPT = frozenset(b"BT q Q cm gs Tc Tw Tz TL Tf Ts Td TD Tm T* Tj TJ ' \" Do".split())
_UNNAMED = "\0form"  # no name in a file has this letter
_MASKS_MAX = 100
_TOO_MANY_MASKS = f"Only the first {_MASKS_MAX} soft masks of a page were searched for words."
_COLOURS = frozenset(("sc", "SC", "scn", "SCN"))


def _operator_of(method: str) -> bytes:
    name = method.removeprefix("do_")
    return {"_q": "'", "_w": '"'}.get(name, name.replace("_a", "*")).encode()


def _operand_counts() -> dict[bytes, int]:
    """Return the number of operands of each operator, as PDFPageInterpreter.execute finds it."""
    return {
        _operator_of(name): getattr(PDFPageInterpreter, name).__code__.co_argcount - 1
        for name in dir(PDFPageInterpreter)
        if name.startswith("do_") and name not in {f"do_{colour}" for colour in _COLOURS} | {"do_ID"}
    }


_COUNTS = _operand_counts()
_METHODS = {
    _operator_of(name).decode(): name for name in dir(PDFPageInterpreter) if _operator_of(name) in _KEPT
}


def _name(raw: bytes) -> object:
    try:
        return LIT(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return LIT(raw)


class TextInterpreter(PDFPageInterpreter):
    """Does what text depends on, as PDFPageInterpreter does, and leaves out paths, colours and pictures."""

    deadline_s = float("inf")
    """Of the process's CPU time: streams that are begun later raise TimeoutError."""
    hidden: frozenset[int] = frozenset()
    """The object numbers of layers that are off (see `layers`)."""

    def dup(self) -> "TextInterpreter":
        """Return another one for a form inside the page, with the same deadline and layers."""
        interpreter = TextInterpreter(self.rsrcmgr, self.device)
        interpreter.deadline_s = self.deadline_s
        interpreter.hidden = self.hidden
        return interpreter

    def init_state(self, ctm: Any) -> None:
        """Begin a page or a form: nothing is marked, and no soft mask was read."""
        super().init_state(ctm)
        self._marks: list[bool] = []
        self._masks: set[int] = set()

    def execute(self, streams: Sequence[object]) -> None:
        """Run content streams; where they are odd, all of them by pdfminer's own parser."""
        if time.process_time() > self.deadline_s:
            raise TimeoutError
        lexer = Lexer(_COUNTS, _KEPT, _name)
        contents = self._contents(streams)
        if self.hidden and any(_NAMES_LAYER.search(data) for data in contents):
            super().execute(streams)
            return
        try:
            for data in contents:
                lexer.read(data)
        except OddStream:
            super().execute(streams)
            return
        methods = {operator: getattr(self, method) for operator, method in _METHODS.items()}
        for operator, operands in lexer.operations:
            methods[operator](*operands)

    def _contents(self, streams: Sequence[object]) -> list[bytes]:
        """Return the streams' bytes, but for those that are being run already (a form that shows itself)."""
        self.stream_ids.clear()
        contents: list[bytes] = []
        for stream in map(stream_value, streams):
            if stream.objid is not None and stream.objid not in self.parent_stream_ids:
                self.stream_ids.add(stream.objid)
                contents.append(stream.get_data())
        return contents if any(_SHOWS_OR_MOVES.search(data) for data in contents) else []

    def do_q(self) -> None:
        """Save the state; colours and line widths are not kept."""
        self.gstack.append((self.ctm, self.textstate.copy(), self.graphicstate))

    def do_BMC(self, tag: Any) -> None:  # noqa: ARG002, N802 - the operator
        """Begin marked content."""
        self._marks.append(False)

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: ARG002, N802 - the operator
        """Begin marked content, which may be on a layer that is off."""
        properties = resolve1(self.resources.get("Properties")) if isinstance(props, PSLiteral) else None
        named = properties.get(literal_name(props)) if isinstance(properties, dict) else None
        self._marks.append(named is not None and is_off(named, self.hidden))

    def do_EMC(self) -> None:  # noqa: N802 - the operator
        """End marked content."""
        if self._marks:
            self._marks.pop()

    def do_gs(self, name: Any) -> None:
        """Read the form of a soft mask, whose letters show what is painted through it; each once."""
        states = resolve1(self.resources.get("ExtGState"))
        state = resolve1(states.get(literal_name(name))) if isinstance(states, dict) else None
        mask = resolve1(state.get("SMask")) if isinstance(state, dict) else None
        form = resolve1(mask.get("G")) if isinstance(mask, dict) else None
        if not isinstance(form, PDFStream) or id(form) in self._masks:
            return
        if len(self._masks) == _MASKS_MAX:
            left_out.note(_TOO_MANY_MASKS)
            return
        self._masks.add(id(form))
        self.show_form(form)

    def show_form(self, form: PDFStream) -> None:
        """Read a form as if the page showed it here."""
        if not self._is_hidden() and form.get("Subtype") is LITERAL_FORM:
            self.xobjmap[_UNNAMED] = form
            super().do_Do(LIT(_UNNAMED))

    def _is_hidden(self) -> bool:
        return any(self._marks)

    def do_TJ(self, seq: Any) -> None:  # noqa: N802 - the operator
        """Show text."""
        if self.textstate.font is not None and not self._is_hidden():
            self.device.render_string(self.textstate, seq, self.graphicstate.ncs, self.graphicstate)

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802 - the operator
        """Run a form; pictures have no text."""
        try:
            stream = stream_value(self.xobjmap[literal_name(xobjid_arg)])
        except KeyError:
            return
        if not isinstance(stream, PDFStream) or stream.get("Subtype") is not LITERAL_FORM:
            return
        if not self._is_hidden() and not (self.hidden and is_off(stream.get("OC"), self.hidden)):
            super().do_Do(xobjid_arg)


_ANNOTATIONS_MAX = 5_000  # as pdfium reads, which says so where there are more
_STAMPS_MAX = 200
_TOO_MANY_STAMPS = f"Only the first {_STAMPS_MAX} stamps and signatures of a page were read."
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
    for entries in left_out.up_to(stamps, _STAMPS_MAX, _TOO_MANY_STAMPS):
        form = _appearance(entries)
        matrix = None if form is None else _placed(form, entries)
        if form is not None and matrix is not None:
            yield form, matrix


def _is_stamp(entries: Mapping[str, Any]) -> bool:
    flags = resolve1(entries.get("F"))
    if isinstance(flags, int) and flags & _UNSEEN_FLAGS:
        return False
    kind = _literal(entries.get("Subtype"))
    return kind in _STAMPS or (kind == "Widget" and _literal(entries.get("FT")) == "Sig")


def _appearance(entries: Mapping[str, Any]) -> PDFStream | None:
    appearances = resolve1(entries.get("AP"))
    normal = resolve1(appearances.get("N")) if isinstance(appearances, dict) else None
    if isinstance(normal, dict):
        normal = resolve1(normal.get(_literal(entries.get("AS"))))
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


def _literal(value: object) -> str:
    resolved = resolve1(value)
    return str(literal_name(resolved)) if isinstance(resolved, PSLiteral) else ""
