"""The text and language of paragraphs (`a:p`) in slides, tables, charts, diagrams and comments."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from archive.ingest.extractors.ooxml.equations import EQUATION, linear
from archive.ingest.extractors.ooxml.markup import A, Element, M

PARAGRAPH = A + "p"
_RUN, _BREAK, _FIELD, _WORDS, _PROPERTIES = A + "r", A + "br", A + "fld", A + "t", A + "rPr"
_FORMATS = (A + "pPr", A + "endParaRPr")
_DEPTH_MAX = 100
# Fields without words of their own: the slide's number, and what a chart's label is replaced by ("[VALUE]").
SLIDE_NUMBER = "slidenum"
_STAND_IN = re.compile(r"\[[^\]]*\]")
_LANGUAGES = ("sv", "en")


def paragraph_text(paragraph: Element) -> str:
    """Return the words of an `a:p`: runs, fields, line breaks and equations; slide numbers are left out."""
    pieces: list[str] = []
    for child in paragraph:
        if child.tag == _RUN:
            pieces.append(child.findtext(_WORDS) or "")
        elif child.tag not in _FORMATS:
            pieces += _pieces(child, _DEPTH_MAX)
    return "".join(pieces).strip()


def _pieces(element: Element, depth: int) -> Iterator[str]:
    tag = element.tag
    if tag == _WORDS or tag == M + "t":
        yield element.text or ""
    elif tag == _BREAK:
        yield "\n"
    elif tag == _FIELD:
        yield _field_text(element)
    elif tag == EQUATION:
        yield linear(element)
    elif isinstance(tag, str) and depth:
        for child in element:
            yield from _pieces(child, depth - 1)


def _field_text(field: Element) -> str:
    text: str = field.findtext(_WORDS) or ""
    kind = field.get("type", "")
    return "" if kind == SLIDE_NUMBER or (kind.isupper() and _STAND_IN.fullmatch(text)) else text


def is_equation(paragraph: Element) -> bool:
    """Return whether an `a:p` holds an equation and no other words."""
    if next(paragraph.iter(EQUATION), None) is None:
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
