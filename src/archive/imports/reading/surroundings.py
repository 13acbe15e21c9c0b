"""Lines around a page's text although its mark-up does not say so: menus in tables, paths, news below."""

import re
from collections.abc import Sequence

from archive.imports.reading.events.parting import level_of
from archive.imports.reading.links import LinkTarget, kind_on
from archive.imports.reading.pieces import Line
from archive.imports.reading.words import OTHER_SECTION, READING
from archive.model.seminar_pages.seminar_page import BlockKind

_PATH = re.compile(r"^\W*(?:du är här|you are here|start|hem|home)\b.{0,20}(?:/|»|>|›|:)", re.IGNORECASE)
_CREDIT = re.compile(
    r"^\W*(?:foto|fotograf|photo|bild|illustration|image)\s?:|^\W*(?:lyssna|skriv ut|dela|tipsa|print"
    r"|share|detaljer|details|artikelinfo(?:rmation)?)\W*$",
    re.IGNORECASE,
)
_CREDIT_BEHIND = re.compile(
    r"(?:^|[.(\s])(?:foto(?:graf)?|photo|bild|illustration)\s?:\s?[^.:]{2,60}\.?\)?$", re.IGNORECASE
)
_AUTHOR = re.compile(
    r"^\W*(?:publicera[dt]\w*|published|senast (?:ändrad|uppdaterad)|sidan (?:uppdaterad|ändrad"
    r"|publicerad)|uppdaterad|skapad|last updated|postat|inlagd|web-?master|webbmaster|sidansvarig"
    r"|ansvarig utgivare|(?:skriven|skrivet|inlagd|inlagt|postad|upplagd)\sav(?=\s\w)|written by|posted by"
    r"|(?:träffar|visningar|hits|läst|antal visningar|sidvisningar"
    r"|läsningar)\s?:?\s\d[\d\s]*(?:gånger)?\W*$)\b"
    r"|^\W*(?:kategori(?:er)?|etikett(?:er)?|tagg(?:ar|ad|at)?|tags|category|categories|lästid)\s?:\s"
    r"|^\W*(?:nyhet|artikel|notis|pressmeddelande)\W*(?:(?:19|20)\d\d-\d\d-\d\d"
    r"|\d{1,2}\s\w+\s(?:19|20)\d\d)\W*$",
    re.IGNORECASE,
)
_COMMENT = re.compile(
    r"\W*(?:[A-ZÅÄÖ][^.:,;]{1,40}\s(?:skriver|säger|skrev|kommenterar|kommenterade|says|writes)\s?:?"
    r"|(?:\d+|en|ett|två|tre|fyra|fem|sex|one|two)\s(?:\w+\s)?(?:kommentar(?:er)?|reaktion(?:er)?|svar|tankar"
    r"|comments?|responses?|thoughts?)(?:\s(?:på|om|till|to|on)\s.{1,120})?"
    r"|(?:lämna|skriv)\s(?:ett|en)\s(?:svar|kommentar)\b.{0,30})\W*",
    re.IGNORECASE,
)
_CAPTION_CHARS = 200
_OWN_LINES_MIN = 4
_COMMENT_CHARS, _COMMENT_LEVEL = 160, 9


def without_surroundings(lines: Sequence[Line], address: str) -> list[Line]:
    """Return the lines without menus before the heading, paths, credits of pictures and lists of tabs."""
    first = _first_heading(lines)
    kept = [line for at, line in enumerate(lines) if at >= first or not _is_menu(line)]
    return [line for line in kept if not _is_around(line, address)]


def _first_heading(lines: Sequence[Line]) -> int:
    """Return the place of the first heading, the first of the highest rank; 0 where there is none."""
    ranked = [(line.level, at) for at, line in enumerate(lines) if line.is_heading and line.level == 1]
    if ranked:
        return ranked[0][1]
    return next((at for at, line in enumerate(lines) if line.is_heading), 0)


def _is_menu(line: Line) -> bool:
    """Return whether a line before the heading is part of a menu: a link, a path, or a label above links."""
    is_short = len(line.text) < 60 and not line.text.rstrip().endswith(".")
    return (
        line.is_link
        or bool(_PATH.match(line.text))
        or (is_short and not line.is_heading and not line.table)
        or bool(line.links)
    )


def _is_around(line: Line, address: str) -> bool:
    if not line.links and _CREDIT_BEHIND.search(line.text) and len(line.text) < _CAPTION_CHARS:
        return True
    if _PATH.match(line.text) or _CREDIT.match(line.text) or _AUTHOR.match(line.text):
        return True
    own = address.partition("#")[0] + "#"
    is_tab = line.is_link and all(link.address.startswith(own) for link in line.links)
    return is_tab and line.kind is not BlockKind.HEADING and not level_of(line)


def without_other_sections(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without those below headings about other events; what is before them is the page's."""
    kept: list[Line] = []
    skipped = 0
    for line in lines:
        if line.is_heading:
            skipped = 0 if line.level <= skipped else skipped
            is_other = OTHER_SECTION.match(line.text) and not READING.match(line.text)
            if not skipped and line.level > 1 and is_other and _tells_already(kept):
                skipped = line.level
        if not skipped and _is_comment(line) and _tells_already(kept):
            skipped = line.level if line.is_heading else _COMMENT_LEVEL
        if not skipped or _is_report(line):
            kept.append(line)
    return kept


def _is_report(line: Line) -> bool:
    """Return whether a line below "Läs också" is but links to publications, and none to other news."""
    is_reading = line.under[:4].lower().startswith(("läs", "mer", "rela", "see", "read"))
    is_alone = is_reading and line.is_link and not line.is_heading
    return is_alone and all(kind_on(line, link) is LinkTarget.REPORT for link in line.links)


def _is_comment(line: Line) -> bool:
    """Return whether a line stands above what readers of the page have written: "Inga-Lill skriver:"."""
    is_alone = not line.table and len(line.text) < _COMMENT_CHARS
    return is_alone and _COMMENT.fullmatch(line.text.strip()) is not None


def _tells_already(lines: Sequence[Line]) -> bool:
    """Return whether some lines tell of an event: several behind a heading, not only its introduction."""
    behind = [line for line in lines if not line.is_heading]
    return len(behind) >= _OWN_LINES_MIN and len(lines) > len(behind)
