"""Which paragraph styles of a Word document are headings or lists."""

import re
from typing import Any

from archive.ingest.extractors.word.markup import attribute, child, local, value

_HEADING = re.compile(r"(?:heading|rubrik|title|titel)\s*\d?", re.IGNORECASE)
_LIST = re.compile(r"list(?:\s|a).*", re.IGNORECASE)
_BODY_LEVEL = "9"  # outline level of plain text (ECMA-376 part 1, 17.3.1.20)
_CHAIN_MAX = 20


class Styles:
    """The styles of one document; `root` is None where it has none."""

    def __init__(self, root: Any | None) -> None:
        self._styles: dict[str, Any] = {}
        for element in root if root is not None else ():
            if local(element) == "style" and attribute(element, "type") == "paragraph":
                self._styles[attribute(element, "styleId")] = element

    def is_heading(self, style: str) -> bool:
        """Return whether paragraphs of the style are headings, by its name, level or what it is based on."""
        for element in self._chain(style):
            level = value(element, "pPr", "outlineLvl")
            if level:
                return level != _BODY_LEVEL
            if _HEADING.fullmatch(value(element, "name")):
                return True
        return not self._styles and bool(_HEADING.fullmatch(style))

    def is_list(self, style: str) -> bool:
        """Return whether paragraphs of the style are items of a list."""
        return any(
            child(element, "pPr", "numPr") is not None and _LIST.fullmatch(value(element, "name"))
            for element in self._chain(style)
        )

    def _chain(self, style: str) -> list[Any]:
        found: list[Any] = []
        while style in self._styles and len(found) < _CHAIN_MAX:
            found.append(self._styles[style])
            style = value(self._styles[style], "basedOn")
        return found
