"""The deck's XML: names, a parser that takes nothing from outside, and the text of a paragraph."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

Element = Any
"""An lxml element: python-pptx gives its own untyped subclasses of it."""

_DEPTH_MAX = 100


def parse(data: bytes, recover: bool = False) -> Element:
    """Return the root of the XML in `data`, None when `recover` found nothing.

    Entities are not expanded and nothing is fetched. Raises etree.XMLSyntaxError unless `recover`.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover
    )
    return etree.fromstring(data, parser)


def paragraph_text(paragraph: Element) -> str:
    """Return the words of an `a:p`: runs, fields, line breaks and formulas; slide numbers are left out."""
    return "".join(_pieces(paragraph, _DEPTH_MAX)).strip()


def _pieces(element: Element, depth: int) -> Iterator[str]:
    for child in element:
        if child.tag in (A + "t", M + "t"):
            yield child.text or ""
        elif child.tag == A + "br":
            yield "\n"
        elif child.tag == A + "fld" and child.get("type") == "slidenum":
            continue
        elif isinstance(child.tag, str) and depth:
            yield from _pieces(child, depth - 1)


def choose_alternates(root: Element) -> None:
    """Replace each `mc:AlternateContent` in the tree by the one of its branches that is shown.

    That is the first choice, as in PowerPoint, unless only the fallback has words (ECMA-376 part 3, 10).
    Handwriting is taken out.
    """
    for alternate in list(root.iter(MC + "AlternateContent")):
        parent = alternate.getparent()
        if parent is None:
            continue
        branches = [*alternate.findall(MC + "Choice")[:1], *alternate.findall(MC + "Fallback")[:1]]
        chosen = next((branch for branch in branches if _has_words(branch)), None)
        if chosen is None:
            chosen = next((branch for branch in branches if len(branch)), None)
        if chosen is not None:
            at = parent.index(alternate)
            parent[at:at] = list(chosen)
        parent.remove(alternate)
    for handwriting in list(root.iter(P + "contentPart")):
        # It has no words, and python-pptx stops at it.
        handwriting.getparent().remove(handwriting)


def _has_words(branch: Element) -> bool:
    return any(text.text for text in branch.iter(A + "t", M + "t")) or bool(
        next(branch.iter(C + "chart", CX + "chart", DGM + "relIds"), None) is not None
    )
