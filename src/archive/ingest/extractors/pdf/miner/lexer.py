"""Cut a content stream into the operations that text depends on, quickly.

pdfminer.six reads a content stream letter by letter in Python. Here one regular expression passes over paths,
colours and pictures without a look at their numbers, and hands on what moves or shows text. What comes out is
what pdfminer.six 20260107 reads (`psparser.py`, `pdfinterp.py`), also where that is not ISO 32000: an unknown
escape is dropped, an odd last hexadecimal digit means itself, line ends in strings stay. A stream that
pdfminer reads in a way that depends on more than that is `OddStream`, and for pdfminer's own parser to judge.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from archive.ingest.extractors.pdf.miner.tokens import (
    ARRAY,
    BRACKET,
    HEXADECIMAL,
    NAME,
    NESTED,
    ONE_NUMBER,
    OPERATOR,
    OTHER,
    PLAIN,
    TOKEN,
    TOKEN_INSIDE,
    OddStream,
    array_of,
    hexadecimal_of,
    name_of,
    nested_string,
    string_of,
)

Operation = tuple[str, Sequence[object]]
"""An operator and its operands: float, bytes, bool, names, and lists of these."""

_CUT_NAME = re.compile(rb"/(?:[^\s/\[\]()<>{}%]*#[0-9a-fA-F]{0,2})?\Z")  # may go on in the next stream
_INLINE_END = re.compile(rb"E(?:I(?:(\s)|\S)|[^I])")
_NOT_ALONE = frozenset(b"+-.0123456789{}<")
_TRUTHS = {b"true": True, b"false": False}
_NESTING_MAX = 20
_COLOURS = frozenset((b"sc", b"SC", b"scn", b"SCN"))  # as many operands as the colour space has components


class Lexer:
    """Reads the streams of one page, or of one form, which go on in one another.

    Args:
        counts: the number of operands of every operator that pdfminer knows.
        kept: the operators that are handed on.
        to_name: makes the name object of the bytes behind a slash.
    """

    def __init__(
        self, counts: Mapping[bytes, int], kept: frozenset[bytes], to_name: Callable[[bytes], object]
    ) -> None:
        self._known = {name: (name.decode(), count, name in kept) for name, count in counts.items()}
        self._to_name = to_name
        self._operands: list[object] = []
        self._is_uncertain = False
        self._is_cut = False
        self.operations: list[Operation] = []

    def read(self, data: bytes) -> None:
        """Add the operations of one stream to `operations`; raises OddStream."""
        if self._is_cut:
            raise OddStream
        self._is_cut = _CUT_NAME.search(data) is not None
        position: int | None = 0
        while position is not None:
            position = self._run(data, position)

    def _run(self, data: bytes, start: int) -> int | None:
        """Read on from `start`; return where to go on after something long, None at the end."""
        push = self._operands.append
        for match in TOKEN.finditer(data, start):
            kind = match.lastindex
            if kind == OPERATOR:
                if (position := self._operator(data, match)) is not None:
                    return position
            elif kind == ARRAY:
                push(array_of(match[ARRAY]))
            elif kind in (BRACKET, NESTED):
                value, position = self._long(data, match)
                push(value)
                return position
            elif kind is not None and (value := self._simple(match, kind)) is not None:
                push(value)
        return None

    def _operator(self, data: bytes, match: re.Match[bytes]) -> int | None:
        """Take an operator with the numbers before it; return where to go on after an inline picture."""
        numbers, name = match[1], match[OPERATOR]
        operands = self._operands
        if numbers:
            operands.extend(map(float, numbers.split()))
        known = self._known.get(name)
        if known is None:
            self._without_count(name)
            return None
        if name == b"BI":
            return self._after_inline(data, match.end())
        text, count, is_kept = known
        if len(operands) >= count:
            if is_kept:
                self.operations.append((text, operands[-count:] if count else ()))
            if count:
                del operands[-count:]
        elif self._is_uncertain:
            raise OddStream  # it may take what a colour left
        else:
            operands.clear()
        return None

    def _without_count(self, name: bytes) -> None:
        if name in _TRUTHS:
            self._operands.append(_TRUTHS[name])
        elif name in _COLOURS:
            self._operands.clear()
            self._is_uncertain = True
        elif name == b"ID" or b"_" in name or not name.isascii():
            raise OddStream  # pdfminer may take it for an operator under another name

    def _after_inline(self, data: bytes, start: int) -> int:
        """Return where a picture ends that is part of the stream itself."""
        values, position = self._inside(data, start, b"ID", _NESTING_MAX)
        if len(values) % 2 or b"A85" in data[start:position] or b"ASCII85" in data[start:position]:
            raise OddStream
        for end in _INLINE_END.finditer(data, position + 1):
            if end[1]:
                return end.end()
        raise OddStream

    def _simple(self, match: re.Match[bytes], kind: int) -> object | None:
        """Return the value of a token of its own, None for a character without meaning."""
        token = match[kind]
        if kind == NAME:
            return self._to_name(name_of(token))
        if kind == ONE_NUMBER:
            return float(token)
        if kind == PLAIN:
            return string_of(token[1:-1])
        if kind == HEXADECIMAL:
            return hexadecimal_of(token)
        if token[0] in _NOT_ALONE:
            raise OddStream
        return None

    def _long(self, data: bytes, match: re.Match[bytes], depth: int = _NESTING_MAX) -> tuple[object, int]:
        """Return an array, a dictionary or a string with brackets in it, and where it ends."""
        if match.lastindex == NESTED:
            return nested_string(data, match.end())
        closing = {b"[": b"]", b"<<": b">>"}.get(match[BRACKET])
        if closing is None or depth == 0:
            raise OddStream
        values, position = self._inside(data, match.end(), closing, depth - 1)
        if closing == b"]":
            return values, position
        if len(values) % 2:
            raise OddStream
        return {}, position  # its entries are nothing to text

    def _inside(self, data: bytes, start: int, closing: bytes, depth: int) -> tuple[list[object], int]:
        """Return the objects up to `closing`, and where they end; an operator is an object here."""
        values: list[object] = []
        position: int | None = start
        while position is not None:
            start, position = position, None
            for match in TOKEN_INSIDE.finditer(data, start):
                kind = match.lastindex
                if kind is None:
                    continue
                if closing in (match[OPERATOR], match[BRACKET]):
                    values.extend((match[1] or b"").split())
                    return values, match.end()
                if kind in (BRACKET, NESTED):
                    value, position = self._long(data, match, depth)
                    values.append(value)
                    break
                values.extend(self._objects(match, kind))
        raise OddStream

    def _objects(self, match: re.Match[bytes], kind: int) -> list[object]:
        if kind == OPERATOR:
            name = match[OPERATOR]
            if name in (b"BI", b"ID"):
                raise OddStream
            return [*map(float, match[1].split()), _TRUTHS.get(name, _Word(name))]
        if kind == ARRAY:
            return [array_of(match[ARRAY])]
        value = self._simple(match, kind)
        if kind == OTHER and value is None:
            raise OddStream
        return [value]


class _Word:
    """An operator where none can be: inside an array."""

    def __init__(self, name: bytes) -> None:
        self.name = name
