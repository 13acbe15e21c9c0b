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
_BLOCKS = ("p", "div", "ul", "ol", "table", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "section")


def named_level(element: Any) -> int:
    """Return the level of the heading that an element is by its class ("accordion-title"), else 0."""
    names = element.get("class")
    if not names or element.tag not in _TAGS or not any(map(_names_title, names.split()[:_CLASSES_MAX])):
        return 0
    if next(element.iter(*_BLOCKS[2:]), None) is not None or element.getparent() is None:
        return 0
    text = "".join(element.itertext()).strip()
    return _LEVEL if 0 < len(text) <= _HEADING_MAX_CHARS and _has_text_below(element, len(text)) else 0


def _names_title(name: str) -> bool:
    words = [word.lower() for word in _WORD.findall(name)]
    inside, last = frozenset(words[:-1]), words[-1] if words else ""
    is_title = last in _TITLE and (inside & _OF_PART or inside & _OF_ENTRY)
    return bool(is_title) or (last in _OPENER and bool(inside & _OF_PART))


def _has_text_below(element: Any, length: int) -> bool:
    """Return whether something stands below the element that is not a title like it: its part of the page."""
    name = element.get("class")
    for _ in range(3):
        follows = element.getnext()
        if follows is not None and isinstance(follows.tag, str) and follows.get("class") != name:
            return len("".join(follows.itertext()).strip()) > 0
        parent = element.getparent()
        if parent is None or len("".join(parent.itertext()).strip()) > length:
            return False
        element = parent
    return False
