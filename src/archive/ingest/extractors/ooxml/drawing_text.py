"""The text and language of DrawingML paragraphs (`a:p`), with equations as one line of text.

Paragraphs are in slides, tables, charts, diagrams and comments. Equations are Office's own markup (OMML,
ECMA-376 part 1, 22.1).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from archive.ingest.extractors import left_out
from archive.ingest.extractors.ooxml.markup import A, Element, M

_EQUATION = M + "oMath"
_EQUATION_DEPTH_MAX = 60
# Letters and figures in a style of their own, as Office writes variables: no one types them when searching.
_STYLED = re.compile("[\U0001d400-\U0001d7ff\u210e]+")
_INTEGRAL = "∫"  # the sign of an n-ary operator that names none
PARAGRAPH = A + "p"
_RUN, _BREAK, _FIELD, _WORDS, _PROPERTIES = A + "r", A + "br", A + "fld", A + "t", A + "rPr"
_FORMATS = (A + "pPr", A + "endParaRPr")
_DEPTH_MAX = 100
_TOO_DEEP = "Words that are nested too deep in formulas or paragraphs were left out."
# Fields without words of their own: the slide's number, and what a chart's label is replaced by ("[VALUE]").
SLIDE_NUMBER = "slidenum"
_STAND_IN = re.compile(r"\[[^\]]*\]")
_LANGUAGES = ("sv", "en")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def paragraph_text(paragraph: Element) -> str:
    """Return the words of an `a:p`: runs, fields, line breaks and equations; slide numbers are left out."""
    pieces: list[str] = []
    for child in paragraph:
        if child.tag == _RUN:
            pieces.append(child.findtext(_WORDS) or "")
        elif child.tag not in _FORMATS:
            pieces += _pieces(child, _DEPTH_MAX)
    return unescaped("".join(pieces)).strip()


def unescaped(text: str) -> str:
    """Return text with characters written as `_x000D_` resolved (ST_Xstring, ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPED.sub(_unescaped, text) if "_x" in text else text


def _unescaped(match: re.Match[str]) -> str:
    letter = chr(int(match[1], 16))
    if letter in "\r\n\v":
        return "\n"
    return letter if letter.isprintable() else " "


def _pieces(element: Element, depth: int) -> Iterator[str]:
    tag = element.tag
    if tag == _WORDS or tag == M + "t":
        yield element.text or ""
    elif tag == _BREAK:
        yield "\n"
    elif tag == _FIELD:
        yield _field_text(element)
    elif tag == _EQUATION:
        yield _linear(element)
    elif isinstance(tag, str) and depth:
        for child in element:
            yield from _pieces(child, depth - 1)
    elif isinstance(tag, str):
        left_out.note(_TOO_DEEP)


def _field_text(field: Element) -> str:
    text: str = field.findtext(_WORDS) or ""
    kind = field.get("type", "")
    return "" if kind == SLIDE_NUMBER or (kind.isupper() and _STAND_IN.fullmatch(text)) else text


def is_equation(paragraph: Element) -> bool:
    """Return whether an `a:p` holds an equation and no other words."""
    if next(paragraph.iter(_EQUATION), None) is None:
        return False
    return not any((words.text or "").strip() for words in paragraph.iter(_WORDS))


def lines(element: Element) -> Iterator[str]:
    """Yield the text of each `a:p` in `element`, at any depth, that has words."""
    for paragraph in element.iter(PARAGRAPH):
        text = paragraph_text(paragraph)
        if text:
            yield text


def language_of(elements: Iterable[Element]) -> str:
    """Return "sv" or "en" when most letters in the runs of `elements` are marked so, else ""."""
    letters: Counter[str] = Counter()
    for element in elements:
        for run in element.iter(_RUN, _FIELD):
            properties = run.find(_PROPERTIES)
            tag = "" if properties is None else properties.get("lang", "")
            letters[tag[:2].lower()] += len(run.findtext(_WORDS) or "")
    if not letters:
        return ""
    language, count = letters.most_common(1)[0]
    return language if language in _LANGUAGES and 2 * count > letters.total() else ""


def _linear(element: Element, depth: int = _EQUATION_DEPTH_MAX) -> str:
    """Return an `m:oMath`, or a piece of one, as it is typed on one line: `x^2 / (a + b)`, `√(y)`."""
    tag = element.tag
    if tag == M + "t":
        return _STYLED.sub(_plain, element.text or "")
    if isinstance(tag, str) and not depth:
        left_out.note(_TOO_DEEP)
    if not isinstance(tag, str) or not depth:
        return ""
    form = _FORMS.get(tag)
    if form is not None:
        return form(element, depth - 1)
    return "".join(_linear(child, depth - 1) for child in element)


def _plain(styled: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", styled[0])


def _part(element: Element, name: str, depth: int) -> str:
    part = element.find(M + name)
    return "" if part is None else _linear(part, depth)


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
    inside = (_linear(child, depth) for child in element.iterfind(M + "e"))
    first, between, last = (
        _sign(element, "dPr", name, default)
        for name, default in (("begChr", "("), ("sepChr", "|"), ("endChr", ")"))
    )
    return first + between.join(inside) + last


def _function(element: Element, depth: int) -> str:
    return f"{_part(element, 'fName', depth)} {_part(element, 'e', depth)}"


def _matrix(element: Element, depth: int) -> str:
    rows = (
        ", ".join(_linear(cell, depth) for cell in row.iterfind(M + "e"))
        for row in element.iterfind(M + "mr")
    )
    return "; ".join(rows)


def _stacked(element: Element, depth: int) -> str:
    return "; ".join(_linear(child, depth) for child in element.iterfind(M + "e"))


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
