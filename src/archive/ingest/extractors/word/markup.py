"""Words in WordprocessingML (ECMA-376 part 1, section 17), by local names: strict and transitional alike."""

from collections.abc import Iterator
from typing import Any

BREAK = "\f"
"""Stands for a page's end between runs."""

_WORDS = frozenset({"t"})
_SPACES = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
# Deleted and moved text, field codes, and what is written down apart or once more.
_PASSED_BY = frozenset(
    {
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "pPr",
        "rPr",
        "tblPr",
        "sectPr",
        "Fallback",
        "txbxContent",
        "rt",
    }
)


def local(element: Any) -> str:
    """Return the element's name without its namespace; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """Return an attribute by its local name, "" where it is missing."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def child(element: Any, *names: str) -> Any | None:
    """Return the element that a path of local names leads to, None where it ends."""
    for name in names:
        found = next((each for each in element if local(each) == name), None)
        if found is None:
            return None
        element = found
    return element


def value(element: Any, *names: str) -> str:
    """Return the `val` of the element that a path leads to, "" where there is none."""
    found = child(element, *names)
    return "" if found is None else attribute(found, "val")


def walk(element: Any, passed_by: frozenset[str] = _PASSED_BY) -> Iterator[Any]:
    """Yield the elements below `element` in order, without what is not to be read there."""
    waiting = [iter(element)]
    while waiting:
        found = next(waiting[-1], None)
        if found is None:
            waiting.pop()
            continue
        if local(found) in passed_by:
            continue
        yield found
        waiting.append(iter(found))


def text_of(paragraph: Any) -> str:
    """Return the words of one paragraph, without text boxes in it; pages end at `BREAK`."""
    parts: list[str] = []
    for element in walk(paragraph):
        name = local(element)
        if name in _WORDS:
            parts.append(element.text or "")
        elif is_page_break(element):
            parts.append(BREAK)
        elif name == "sym":
            parts.append(_symbol(element))
        else:
            parts.append(_SPACES.get(name, ""))
    return "".join(parts)


def is_page_break(element: Any) -> bool:
    """Return whether a page ends here, as somebody wished or as Word last showed it."""
    name = local(element)
    return name == "lastRenderedPageBreak" or (name == "br" and attribute(element, "type") == "page")


def _symbol(element: Any) -> str:
    """Return a symbol's letter; those of symbol fonts (private use) say nothing."""
    try:
        code = int(attribute(element, "char"), 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 else ""


def boxes_in(paragraph: Any) -> list[Any]:
    """Return the contents of the text boxes that hang on a paragraph, each once."""
    found: list[Any] = []
    for element in walk(paragraph, frozenset({"Fallback", "del", "moveFrom"})):
        if local(element) == "txbxContent" and not any(
            local(each) == "txbxContent" for each in element.iterancestors()
        ):
            found.append(element)
    return found


def descriptions_in(paragraph: Any) -> list[str]:
    """Return the alternative texts of the pictures and drawings in a paragraph."""
    found: list[str] = []
    for element in walk(paragraph, frozenset({"Fallback", "del", "moveFrom", "txbxContent"})):
        name = local(element)
        if name == "docPr":
            found += [attribute(element, "title"), attribute(element, "descr")]
        elif name in ("shape", "rect"):
            found.append(attribute(element, "alt"))
    return [text for text in dict.fromkeys(found) if text.strip()]
