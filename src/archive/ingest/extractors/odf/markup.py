"""Words in OpenDocument (OASIS OpenDocument 1.3, part 3), by local names."""

from collections.abc import Iterator
from typing import Any

_SPACES = {"tab": "\t", "line-break": "\n", "s": " "}
_PARAGRAPHS = frozenset({"p", "h"})
# What is not shown where it stands: changes that were taken back, comments, notes at the foot.
_PASSED_BY = frozenset({"tracked-changes", "annotation", "annotation-end", "note"})


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


def walk(element: Any, passed_by: frozenset[str]) -> Iterator[Any]:
    """Yield the elements below `element` in order; those passed by are left out with all that is in them."""
    waiting = [iter(element)]
    while waiting:
        found = next(waiting[-1], None)
        if found is None:
            waiting.pop()
        elif local(found) not in passed_by:
            yield found
            waiting.append(iter(found))


def text_of(paragraph: Any) -> str:
    """Return the words of one paragraph, without those of frames and notes that hang on it."""
    parts = [paragraph.text or ""]
    for child in paragraph:
        name = local(child)
        if name in _SPACES:
            parts.append(_SPACES[name])
        elif name and name not in _PASSED_BY | {"frame", "custom-shape"}:
            parts.append(text_of(child))
        parts.append(child.tail or "")
    return "".join(parts)


def paragraphs_in(element: Any, passed_by: frozenset[str] = frozenset()) -> Iterator[Any]:
    """Yield the paragraphs and headings below `element`, also those in frames and lists."""
    for found in walk(element, _PASSED_BY | passed_by):
        if local(found) in _PARAGRAPHS:
            yield found


def lines_of(element: Any, passed_by: frozenset[str] = frozenset()) -> list[str]:
    """Return the paragraphs below `element` as lines, empty ones left out."""
    return [text for each in paragraphs_in(element, passed_by) if (text := text_of(each)).strip()]


def rows_of(table: Any) -> list[list[str]]:
    """Return the cells of a table; merged ones are empty but for the first."""
    rows = [each for each in walk(table, frozenset({"table-cell"})) if local(each) == "table-row"]
    return [[" ".join(lines_of(cell)) for cell in row if local(cell) == "table-cell"] for row in rows]


def level_of(paragraph: Any) -> int:
    """Return how many lists a paragraph lies in."""
    return sum(local(each) == "list" for each in paragraph.iterancestors())
