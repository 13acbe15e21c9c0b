"""Whose site a page is on, where its first heading or a link to its start says it: that names no event."""

import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from archive.imports.reading.dates import dates_in
from archive.imports.reading.events.kinds import kind_in
from archive.imports.reading.naming.organisations import is_surely_organisation
from archive.imports.reading.pieces import Line, Piece

_START = re.compile(r"\W*(?:start(?:sida)?n?|hem|home|till startsidan|logga|logo(?:typ)?)\W*", re.IGNORECASE)
_EVENT = re.compile(r"dag(?:en|ar|arna)?\b|\d{4}", re.IGNORECASE)
_POSTAL = re.compile(
    r"\W*(?P<name>[A-ZÅÄÖ][^,|•·:]{3,80}?)\s*[,|•·–-]\s[^\n]{0,90}?\b\d{3}\s?\d\d\s+[A-ZÅÄÖ]"
)
_POSTAL_CHARS, _LAST_LINES = 240, 8
_NAME_MAX_CHARS, _LINES_BETWEEN = 80, 30


def without_site_title(
    lines: Sequence[Line], every: Sequence[Line], address: str
) -> tuple[list[Line], Piece | None]:
    """Return the lines without a first heading that is the site's name, and who the site says it is.

    Args:
        lines: those of the page's text.
        every: all lines, also those around it.
        address: of the page.
    """
    at = next((n for n, line in enumerate(lines) if line.is_heading and line.level == 1), None)
    below = _title_below(lines, at) if at is not None else None
    if at is not None and below is not None:
        head = lines[at]
        is_name = _is_owner(head.text) and bool(dates_in(lines[below].text))
        if _leads_to_start(head, address) or is_name:
            return list(lines[below:]), head.piece
    return list(lines), _logo(every, address)


def _is_owner(text: str) -> bool:
    """Return whether a heading is an organisation, and no event: "Biodlardistriktet", not "Fårdagarna"."""
    return is_surely_organisation(text) and kind_in([text], [])[0] is None and not _EVENT.search(text)


def _title_below(lines: Sequence[Line], at: int) -> int | None:
    """Return where the next heading below the first stands, None where text of the page is between them."""
    for number, line in enumerate(lines[at + 1 : at + 1 + _LINES_BETWEEN], at + 1):
        if line.is_heading:
            return number
        if not (line.is_link or line.is_strong) and line.text.rstrip().endswith((".", "!", "?")):
            return None
    return None


def _logo(every: Sequence[Line], address: str) -> Piece | None:
    """Return the name that the page begins with, as a link to the site's start."""
    for line in every:
        if line.is_heading:
            break
        if _leads_to_start(line, address):
            return None if _START.fullmatch(line.text) else line.piece
        if line.is_strong and not line.links and _is_owner(line.text.strip()):
            return line.piece.stripped()
    return _of_postal_address(every[-_LAST_LINES:])


def _of_postal_address(lines: Sequence[Line]) -> Piece | None:
    """Return who has the postal address at the end of a page: "Gruvsällskapet, Box 3, 771 00 Ludvika"."""
    for line in reversed(lines):
        match = _POSTAL.match(line.text) if not line.is_heading and len(line.text) < _POSTAL_CHARS else None
        if match is not None and is_surely_organisation(match["name"]):
            return line.piece.part(match.start("name"), match.end("name"))
    return None


def _leads_to_start(line: Line, address: str) -> bool:
    """Return whether a line is but one link to the start of the page's own site."""
    if len(line.links) != 1 or not line.is_link or len(line.text) > _NAME_MAX_CHARS:
        return False
    try:
        target, own = urlsplit(urljoin(address, line.links[0].address)), urlsplit(address)
    except ValueError:
        return False
    return target.hostname == own.hostname and target.path in ("", "/") and not target.query
