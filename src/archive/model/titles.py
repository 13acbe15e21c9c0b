"""Which titles programs filled in, and what a document is called that nobody gave a title."""

import re
from pathlib import PurePath

from archive.model.extraction import Extraction

_MAX_CHARS = 300

# What programs write into a file's properties when nobody gave a title; file names count, too.
_FILLED_IN_PROPERTY = re.compile(
    r"""(?:
        untitled | namnlös(?:\ presentation|t\ dokument)? | no\ title | title | titel | rubrik
        | presentation\d* | slide\ ?\d+ | bild\ ?\d+ | document\d* | dokument\d*
        | power\ ?point[\ -]presentation | microsoft\ (?:word|powerpoint|excel)\b.*
        | .*\.(?:pptx?|ppsx?|potx?|docx?|xlsx?|pdf|odp|odt|key|indd|tex|dvi)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# What stands on a page that nobody has filled in: prompts, and names of programs. Headings are people's words
# otherwise, and may end as a file's name does.
_FILLED_IN_HEADING = re.compile(
    r"(microsoft\s+)?(power\s*point|word)([\s-]*(presentation|dokument|document))?\d*"
    r"|(presentation|presentationstitel|dokument|document|bild|slide|titel|title)\s*\d*"
    r"|(untitled|namnlös|utan titel|no slide title|ingen bildrubrik)(\s.*)?"
    r"|klicka här för att .*|click to (add|edit) .*",
    re.IGNORECASE,
)
_MADE_BY_PRINTING = re.compile(r"microsoft (power\s*point|word)\s*-\s*(?P<name>.+)", re.IGNORECASE)


def real_title(text: str) -> str:
    """Return the title in a file's properties on one line; "" when a program filled it in."""
    line = " ".join(text.split())
    if _FILLED_IN_PROPERTY.fullmatch(line) or not any(character.isalpha() for character in line):
        return ""
    return line


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
    return "" if _FILLED_IN_HEADING.fullmatch(title) else title[:_MAX_CHARS]
