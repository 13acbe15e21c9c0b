"""Headings that only classes tell: by their names ("card-title"), or by what stands first in parts alike."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
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
_FILE = re.compile(r"\.(?:pdf|pptx?|ppsx?|odp|mp4)(?:$|[?#])", re.IGNORECASE)
_LEAST_ALIKE, _SHARE = 3, 0.7
_TITLE_CHARS_MIN, _TITLE_CHARS_MAX = 4, 140
_INNER = (
    "p",
    "div",
    "ul",
    "ol",
    "li",
    "table",
    "dl",
    "section",
    "article",
    "br",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
)
_HEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "summary", "button"))
_WHEN = re.compile(
    r"[\W\d]*(?:kl\.?|klockan|\d{1,2} ?[a-zå]{3,9}\.?|\w+dag(?:en)?)?[\W\d]*(?:\w+dag)?[\W\d]*"
)
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


def titles_by_place(root: Any) -> frozenset[Any]:
    """Return the elements of one class that stand first, and above something, in parts of a page alike."""
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for element in root.iter("div", "p"):
        name = element.get("class")
        if name and _is_short(element):
            groups[element.tag, name].append(element)
    found: set[Any] = set()
    for group in groups.values():
        if len(group) >= _LEAST_ALIKE and _are_titles(group):
            found.update(group)
    return frozenset(found)


def _is_short(element: Any) -> bool:
    if next(element.iterdescendants(*_INNER), None) is not None or _leads_to_file(element):
        return False
    length = _chars(element, _TITLE_CHARS_MAX + 1)
    return _TITLE_CHARS_MIN <= length <= _TITLE_CHARS_MAX


def _leads_to_file(element: Any) -> bool:
    return any(_FILE.search(link.get("href") or "") for link in element.iter("a"))


def _are_titles(group: Sequence[Any]) -> bool:
    texts = [" ".join(one.text_content().split()) for one in group]
    are_apart = len(set(texts)) >= _SHARE * len(texts)
    are_said = sum(_WHEN.fullmatch(text) is None and text[-1:] != "." for text in texts) >= _SHARE * len(
        texts
    )
    are_labels = 2 * sum(" " in text for text in texts) < len(texts)
    if not are_apart or not are_said or are_labels:
        return False
    above = sum(_stands_above(one) for one in group)
    first = sum(_stand_first(own) for own in _by_parent(group))
    return above >= _SHARE * len(group) and first >= _SHARE * len(group)


def _by_parent(group: Sequence[Any]) -> Iterable[list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for one in group:
        found[one.getparent()].append(one)
    return found.values()


def _stands_above(element: Any) -> bool:
    follows = element.getnext()
    is_other = follows is not None and isinstance(follows.tag, str) and follows.tag not in _HEADS
    is_other = is_other and (follows.tag, follows.get("class")) != (element.tag, element.get("class"))
    return is_other and _chars(follows, 1) > 0


def _stand_first(own: Sequence[Any]) -> int:
    """Return how many of the elements of a class in one parent begin their part of it: all or none.

    Alone, one has nothing before it but a time; of several, what stands between the first two stands nowhere
    before the first.
    """
    before = [one for one in own[0].itersiblings(preceding=True) if isinstance(one.tag, str)]
    if len(own) == 1:
        return int(all(map(_is_when, before)))
    between: set[tuple[str, str]] = set()
    for one in own[0].itersiblings():
        if one is own[1]:
            break
        if isinstance(one.tag, str):
            between.add((one.tag, one.get("class") or ""))
    is_head = any(tag in _HEADS for tag, _ in between)
    are_before = any((one.tag, one.get("class") or "") in between for one in before if one.get("class"))
    return 0 if is_head or are_before else len(own)


def _is_when(element: Any) -> bool:
    """Return whether an element is empty, or has but a time or a day."""
    length = _chars(element, 40)
    return length == 0 or (
        length < 40 and _WHEN.fullmatch(" ".join(element.text_content().split())) is not None
    )
