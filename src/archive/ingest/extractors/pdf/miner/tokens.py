"""The tokens of a content stream: one regular expression, and the values of what it finds."""

import re


class OddStream(Exception):
    """Only pdfminer's own parser can tell what the stream says."""


_END = rb"(?=[\s/\[\]()<>{}%]|\Z)"
_NUMBER = rb"[-+]?(?:[0-9]{1,99}+(?:\.[0-9]*+)?|\.[0-9]++)"
_N = _NUMBER + rb"\s++"


def _after_number(short: bytes, longer: bytes = rb"(?!)") -> bytes:
    """Return the pattern of a number, then one of the operators `short` or else what `longer` matches."""
    return _N + rb"(?:(?:" + short + rb")" + _END + rb"|" + longer + rb")"


# Operators that text does not depend on, with as many numbers before them as each takes.
_C = _N + _after_number(rb"c")
_PATH = _after_number(
    rb"[gGwJjMi]",
    _after_number(rb"[ml]", _after_number(rb"rg|RG", _after_number(rb"re|[vykK]", _C))),
)
_PAINT = rb"(?:[hSsnFB]|[fbB]\*?|W\*?|ET|BX|EX|EMC)" + _END
_REGULAR = rb"[^#/%\[\]()<>{}\s]*+"
_STRING = rb"\([^()\\]*+(?:\\[\s\S][^()\\]*+)*+\)"
_HEX = rb"<(?!<)[\s0-9a-fA-F]*+>(?!>)"
_REST = (
    rb"|((?:" + _N + rb")*+)([A-Za-z]" + _REGULAR + rb"|['\"])"  # 1 numbers, 2 operator
    rb"|\[((?:[-+.0-9\s]++|" + _STRING + rb"|" + _HEX + rb")*+)\]"  # 3 array of strings and numbers
    rb"|(" + _STRING + rb")"  # 4
    rb"|(" + _HEX + rb")"  # 5
    rb"|/([^/%\[\]()<>{}\s]*+)"  # 6 name
    rb"|("
    + _NUMBER
    + rb")"
    + _END  # 7
    + rb"|(<<|>>|\[|\])"  # 8
    rb"|(\()"  # 9 a string with brackets in it
    rb"|([\s\S])"  # 10
)
_SPACE = rb"[\s\x00]++|%[^\r\n]*+"
TOKEN = re.compile(rb"(?:" + _SPACE + rb"|" + _PATH + rb"|" + _PAINT + rb")++" + _REST)
TOKEN_INSIDE = re.compile(rb"(?:" + _SPACE + rb")++" + _REST)  # of an array, a dictionary, an inline picture
OPERATOR, ARRAY, PLAIN, HEXADECIMAL, NAME, ONE_NUMBER, BRACKET, NESTED, OTHER = range(2, 11)

_ITEM = re.compile(rb"(" + _STRING + rb")|(" + _HEX + rb")|(" + _NUMBER + rb")(?=[\s(<]|\Z)|\s++|([\s\S])")
_STRING_MARK = re.compile(rb"\\[\s\S]|[()]")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|[\s\S])")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"} | {
    c: c for c in (b"(", b")", b"\\")
}
_HEX_NAME = re.compile(rb"#([0-9a-fA-F]{0,2})")


def array_of(content: bytes) -> list[object]:
    """Return the strings and numbers of an array; raises OddStream."""
    items: list[object] = []
    for string, hexadecimal, number, odd in _ITEM.findall(content):
        if number:
            items.append(float(number))
        elif string:
            items.append(string_of(string[1:-1]) if b"\\" in string else string[1:-1])
        elif hexadecimal:
            items.append(hexadecimal_of(hexadecimal))
        elif odd:
            raise OddStream
    return items


def string_of(content: bytes) -> bytes:
    """Return what a string in brackets says; raises OddStream."""
    return _ESCAPE.sub(_escaped, content) if b"\\" in content else content


def _escaped(match: re.Match[bytes]) -> bytes:
    mark = match[1]
    if mark[0] in b"01234567":
        code = int(mark, 8)
        if code > 255:
            raise OddStream
        return bytes((code,))
    if mark == b"\r":
        raise OddStream  # pdfminer takes a line feed after it away, but not where its buffer ends
    return _ESCAPES.get(mark, b"")


def nested_string(data: bytes, start: int) -> tuple[bytes, int]:
    """Return the string whose bracket opens before `start`, and where it ends; raises OddStream."""
    depth = 1
    for match in _STRING_MARK.finditer(data, start):
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
        if depth == 0:
            return string_of(data[start : match.start()]), match.end()
    raise OddStream


def hexadecimal_of(token: bytes) -> bytes:
    """Return the bytes of a string written in hexadecimal digits."""
    digits = b"".join(token[1:-1].split())
    if len(digits) % 2:
        digits = digits[:-1] + b"0" + digits[-1:]
    return bytes.fromhex(digits.decode("ascii"))


def name_of(token: bytes) -> bytes:
    """Return the bytes of a name, whose odd letters are written as # and two digits."""
    return _HEX_NAME.sub(_name_byte, token) if b"#" in token else token


def _name_byte(match: re.Match[bytes]) -> bytes:
    return bytes((int(match[1], 16),)) if match[1] else b""
