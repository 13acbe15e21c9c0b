"""A title for a document that nobody has given one."""

import re
from pathlib import PurePath

from archive.model.extraction import Extraction

_MAX_CHARS = 300

_EMPTY_TITLE = re.compile(
    r"(microsoft\s+)?(power\s*point|word)([\s-]*(presentation|dokument|document))?\d*"
    r"|(presentation|presentationstitel|dokument|document|bild|slide|titel|title)\s*\d*"
    r"|(untitled|namnlös|utan titel|no slide title|ingen bildrubrik)(\s.*)?"
    r"|klicka här för att .*|click to (add|edit) .*",
    re.IGNORECASE,
)
"""Titles that programs fill in by themselves and that say nothing."""

_MADE_BY_PRINTING = re.compile(r"microsoft (power\s*point|word)\s*-\s*(?P<name>.+)", re.IGNORECASE)


def title_of(extraction: Extraction, filename: str) -> str:
    """Return the file's own title, else that of its first page that has one, else the file name's stem."""
    first_page = next((page.title for page in extraction.pages if page.title), "")
    for candidate in (extraction.properties.get("title", ""), first_page):
        title = _meaningful(candidate)
        if title:
            return title
    return PurePath(filename).stem or filename


def _meaningful(candidate: str) -> str:
    title = " ".join(candidate.split())
    printed = _MADE_BY_PRINTING.fullmatch(title)
    if printed:
        title = PurePath(printed["name"]).stem
    return "" if _EMPTY_TITLE.fullmatch(title) else title[:_MAX_CHARS]
