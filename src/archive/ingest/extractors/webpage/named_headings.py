"""Headings that only the names of their classes tell: titles of accordions, cards and sessions in divs."""

import re
from typing import Any

_TAGS = frozenset({"div", "span", "a", "p", "button", "label", "li"})
_TITLE = frozenset(("title", "heading", "header", "rubrik", "titel", "headline"))
_OPENER = frozenset(("label", "btn", "button", "trigger", "link"))
_OF_PART_TEXT = """
accordion toggle panel card session collapse collapsible expand expander expandable dragspel faq tab programme
program programpunkt talk event agenda schedule slot fold foldable akkordeon presentation block
"""
_OF_PART = frozenset(_OF_PART_TEXT.split())
_OF_ENTRY = frozenset(("views", "item", "teaser", "row", "lecture", "seminarium", "forelasning"))
_WORD = re.compile(r"[A-Z]?[a-zåäö]+|[A-Z]+(?![a-z])")
_HEADING_MAX_CHARS = 200
_CLASSES_MAX = 12
_LEVEL = 4
_BLOCKS = ("ul", "ol", "table", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "section")


def named_level(element: Any) -> int:
    """Return the level of the heading that an element is by its class ("accordion-title"), else 0."""
    names = element.get("class")
    if not names or element.tag not in _TAGS or not any(map(_names_title, names.split()[:_CLASSES_MAX])):
        return 0
    if not any(map(_is_called_title, names.split()[:_CLASSES_MAX])) and _leads_on(element):
        return 0
    length = _chars(element, _HEADING_MAX_CHARS + 1)
    if not 0 < length <= _HEADING_MAX_CHARS or next(element.iter(*_BLOCKS), None) is not None:
        return 0
    return _LEVEL if _has_text_below(element, length) else 0


def _chars(element: Any, enough: int) -> int:
    """Return how many letters an element has, counted no further than what is enough."""
    count = 0
    for text in element.itertext():
        count += len(text.strip())
        if count >= enough:
            break
    return count


def _names_title(name: str) -> bool:
    words = [word.lower() for word in _WORD.findall(name)]
    inside, last = frozenset(words[:-1]), words[-1] if words else ""
    is_title = last in _TITLE and (inside & _OF_PART or inside & _OF_ENTRY)
    return bool(is_title) or (last in _OPENER and bool(inside & _OF_PART))


def _is_called_title(name: str) -> bool:
    words = [word.lower() for word in _WORD.findall(name)]
    return bool(words) and words[-1] in _TITLE and _names_title(name)


def _leads_on(element: Any) -> bool:
    """Return whether an element is but a button that leads to a file or a page, and opens nothing."""
    addresses = [one.get("href") or "#" for one in element.iter("a")]
    return bool(addresses) and not any(one.startswith("#") for one in addresses)


def _has_text_below(element: Any, length: int) -> bool:
    """Return whether something stands below the element that is not a title like it: its part of the page."""
    name = element.get("class")
    for _ in range(3):
        follows = element.getnext()
        if follows is not None and isinstance(follows.tag, str) and follows.get("class") != name:
            return _chars(follows, 1) > 0
        parent = element.getparent()
        if parent is None or _chars(parent, length + 1) > length:
            return False
        element = parent
    return False
