"""Equations in Office's own markup (OMML) as one line of text (ECMA-376 part 1, 22.1)."""

import re
import unicodedata
from collections.abc import Callable, Mapping

from archive.ingest.extractors.ooxml.markup import Element, M

EQUATION = M + "oMath"
_DEPTH_MAX = 60
# Letters and figures in a style of their own, as Office writes variables: no one types them when searching.
_STYLED = re.compile("[\U0001d400-\U0001d7ff\u210e]+")
_INTEGRAL = "∫"  # the sign of an n-ary operator that names none


def linear(element: Element, depth: int = _DEPTH_MAX) -> str:
    """Return an `m:oMath`, or a piece of one, as it is typed on one line: `x^2 / (a + b)`, `√(y)`."""
    tag = element.tag
    if tag == M + "t":
        return _STYLED.sub(_plain, element.text or "")
    if not isinstance(tag, str) or not depth:
        return ""
    form = _FORMS.get(tag)
    if form is not None:
        return form(element, depth - 1)
    return "".join(linear(child, depth - 1) for child in element)


def _plain(styled: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", styled[0])


def _part(element: Element, name: str, depth: int) -> str:
    part = element.find(M + name)
    return "" if part is None else linear(part, depth)


def _grouped(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() else f"({text})"


def _sign(element: Element, properties: str, name: str, default: str) -> str:
    sign = element.find(f"{M}{properties}/{M}{name}")
    return default if sign is None else sign.get(M + "val", default)


def _fraction(element: Element, depth: int) -> str:
    above, below = (_grouped(_part(element, name, depth)) for name in ("num", "den"))
    return f"{above} / {below}"


def _script(element: Element, depth: int) -> str:
    text = _part(element, "e", depth)
    for name, mark in (("sub", "_"), ("sup", "^")):
        script = _part(element, name, depth)
        text += mark + _grouped(script) if script else ""
    return text


def _root(element: Element, depth: int) -> str:
    return f"{_part(element, 'deg', depth)}√({_part(element, 'e', depth)})"


def _nary(element: Element, depth: int) -> str:
    text = _sign(element, "naryPr", "chr", _INTEGRAL)
    for name, mark in (("sub", "_"), ("sup", "^")):
        script = _part(element, name, depth)
        text += mark + _grouped(script) if script else ""
    return f"{text} {_part(element, 'e', depth)}"


def _delimited(element: Element, depth: int) -> str:
    inside = (linear(child, depth) for child in element.iterfind(M + "e"))
    first, between, last = (
        _sign(element, "dPr", name, default)
        for name, default in (("begChr", "("), ("sepChr", "|"), ("endChr", ")"))
    )
    return first + between.join(inside) + last


def _function(element: Element, depth: int) -> str:
    return f"{_part(element, 'fName', depth)} {_part(element, 'e', depth)}"


def _matrix(element: Element, depth: int) -> str:
    rows = (
        ", ".join(linear(cell, depth) for cell in row.iterfind(M + "e")) for row in element.iterfind(M + "mr")
    )
    return "; ".join(rows)


def _stacked(element: Element, depth: int) -> str:
    return "; ".join(linear(child, depth) for child in element.iterfind(M + "e"))


_FORMS: Mapping[str, Callable[[Element, int], str]] = {
    M + "f": _fraction,
    M + "sSup": _script,
    M + "sSub": _script,
    M + "sSubSup": _script,
    M + "rad": _root,
    M + "nary": _nary,
    M + "d": _delimited,
    M + "func": _function,
    M + "m": _matrix,
    M + "eqArr": _stacked,
}
