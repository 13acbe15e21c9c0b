"""Paragraphs in large letters, which are headings where a page was made with a word processor."""

import re
from typing import Any

_SIZE = re.compile(r"font(?:-size)?\s{0,3}:[^;]{0,60}?(\d{1,3})(?:\.\d{1,3})?\s{0,3}(pt|px)", re.IGNORECASE)
_PX_A_PT = 4 / 3
_LEVELS_PT = ((18, 1), (15, 2), (13.6, 3))
_FONT_SIZES = {"7": 1, "6": 1, "5": 2, "4": 3, "+4": 1, "+3": 1, "+2": 2, "+1": 3}
_SHARE_MIN = 0.9
_HEADING_MAX_CHARS = 200
_DESCENDANTS_MAX = 12


def size_level(element: Any) -> int:
    """Return the level (1 to 3) of the heading that a paragraph in large letters is, 0 for any other."""
    inside = [each for _, each in zip(range(_DESCENDANTS_MAX), element.iter(), strict=False)]
    levels = [(each, level) for each in inside if isinstance(each.tag, str) and (level := _level(each))]
    if not levels:
        return 0
    if any(each.tag in ("p", "div", "table", "ul", "ol", "li") for each in inside[1:]):
        return 0
    length = len("".join(element.itertext()).strip())
    if not 0 < length <= _HEADING_MAX_CHARS:
        return 0
    large = [level for each, level in levels if len("".join(each.itertext()).strip()) >= _SHARE_MIN * length]
    return min(large, default=0)


def _level(element: Any) -> int:
    if element.tag == "font":
        return _FONT_SIZES.get((element.get("size") or "").strip(), 0)
    match = _SIZE.search(element.get("style") or "")
    if match is None:
        return 0
    size_pt = float(match[1]) / (_PX_A_PT if match[2].lower() == "px" else 1)
    return next((level for least, level in _LEVELS_PT if size_pt >= least), 0)
