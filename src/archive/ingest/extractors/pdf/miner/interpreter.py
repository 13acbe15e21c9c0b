"""pdfminer.six's interpreter of page content, reading only what text depends on."""

import re
import time
from collections.abc import Sequence
from typing import Any

from pdfminer.pdfinterp import LITERAL_FORM, PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, stream_value
from pdfminer.psparser import LIT, literal_name

from archive.ingest.extractors.pdf.miner.lexer import Lexer
from archive.ingest.extractors.pdf.miner.tokens import OddStream

_SHOWS_OR_MOVES = re.compile(rb"T[jJ]|['\"]|Do|cm|Q")
_KEPT = frozenset(b"BT q Q cm Tc Tw Tz TL Tf Ts Td TD Tm T* Tj TJ ' \" Do".split())
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

    def dup(self) -> "TextInterpreter":
        """Return another one for a form inside the page, with the same deadline."""
        interpreter = TextInterpreter(self.rsrcmgr, self.device)
        interpreter.deadline_s = self.deadline_s
        return interpreter

    def execute(self, streams: Sequence[object]) -> None:
        """Run content streams; where they are odd, all of them by pdfminer's own parser."""
        if time.process_time() > self.deadline_s:
            raise TimeoutError
        lexer = Lexer(_COUNTS, _KEPT, _name)
        try:
            for data in self._contents(streams):
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

    def do_TJ(self, seq: Any) -> None:  # noqa: N802 - the operator
        """Show text."""
        if self.textstate.font is not None:
            self.device.render_string(self.textstate, seq, self.graphicstate.ncs, self.graphicstate)

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802 - the operator
        """Run a form; pictures have no text."""
        try:
            stream = stream_value(self.xobjmap[literal_name(xobjid_arg)])
        except KeyError:
            return
        if isinstance(stream, PDFStream) and stream.get("Subtype") is LITERAL_FORM:
            super().do_Do(xobjid_arg)
