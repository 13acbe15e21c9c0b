"""Focus areas with their years: "Fokusområde 2021–2022 Bergslagens industri"."""

import re
from collections.abc import Sequence

from archive.imports.reading.pieces import Line, Piece
from archive.model.seminar_pages.seminar_page import ReadField, ReadFocusArea

_WORD = r"\b(?:fokusområdet?|focus area|tema(?:område)?t?)"
_YEARS = (
    r"(?P<from>(?:19|20)\d\d)(?!\d)(?:\s?(?:[-–—/&]|(?:och|till(?:\soch\smed)?|t\.?o\.?m\.?|and|to)\s)\s?"
    r"(?:år\s)?(?P<to>(?:19|20)?\d\d)(?!\d))?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_WHEN = (
    r"\s*[,(–—-]?\s*(?:(?:som|vilket|which)\s)?(?:(?:pågår|pågick|löper|löpte|gäller|gällde|sträcker\ssig"
    r"|varar|drivs|drevs"
    r"|runs|ran)\s)?(?:(?:under|över|åren|år|från|för|mellan|perioden|during|from|for|between)\s){0,3}\(?"
)
_NAMED = r"\s*(?:[,:–—-]|\b(?:är|var|heter|hette|is|was|kallas)\b)?\s*"
_QUOTED = r"[”\"“»«](?P<quoted>[^”\"“»«\n]{3,100})[”\"“»«]"
_CLAUSE = re.compile(r",\s(?:som|vilket|där|med start|under åren)\b.*$")  # ", som pågår 2016–2018"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WORD}:?{_WHEN}{_YEARS}\)?{_NAMED}{_QUOTED}",
        rf"{_WORD}\s*:?\s*{_QUOTED}{_WHEN}{_YEARS}",
        rf"{_WORD}:?{_WHEN}{_YEARS}\)?{_NAMED}(?P<title>(?-i:[A-ZÅÄÖ])[^\n.!?;”\"]{{2,90}})",
        rf"{_WORD}\s*:\s*(?P<title>(?-i:[A-ZÅÄÖ])[^\n.!?;”\"]{{2,90}}?)(?=[\s,(–—-]){_WHEN}{_YEARS}",
        rf"{_WORD}\s+(?P<title>(?-i:[A-ZÅÄÖ])[^\n.!?;”\"]{{2,90}}?)(?=[\s,(–—-]){_WHEN}{_YEARS}",
        rf"^\W*(?P<title>(?-i:[A-ZÅÄÖ])[^\n.!?;:”\"]{{2,90}}?)\s*[,–—(-]\s*(?:vårt\s|ett\s"
        rf"|del\sav\s)?fokusområdet?{_WHEN}{_YEARS}",
        rf"{_WORD}\s*:?\s*{_QUOTED}",
        rf"^\W*(?P<title>(?-i:[A-ZÅÄÖ])[^\n.!?;:”\"]{{2,90}}?)\s(?:är|var|is|was)\s(?:[^\n.!?]{{1,60}}?\s)?"
        rf"(?:fokusområdet?|focus area)\s[^\d\n.!?]{{0,30}}{_YEARS}",
        r"\bfokusområdet?\s*:\s*(?P<title>(?-i:[A-ZÅÄÖ])[^\n.!?;”\"]{2,90})",
    )
)


def focus_areas_in(lines: Sequence[Line]) -> list[ReadFocusArea]:
    """Return the focus areas that the lines of a page name, each once."""
    found: dict[str, ReadFocusArea] = {}
    for line in lines:
        has_year = _YEAR.search(line.text) is not None
        for pattern in _PATTERNS:
            needs_year = "<from>" in pattern.pattern
            match = pattern.search(line.text) if has_year or not needs_year else None
            if match is None or (
                pattern.pattern.startswith(r"\b(?:fokusområdet?|focus area|tema")
                and "tema" in match.group().lower()[:5]
            ):
                continue
            area = _area(line.piece, match)
            title = area.title.value or ""
            if title and title.casefold() not in found:
                found[title.casefold()] = area
            break
    return _merged(list(found.values()))


def heading_is_focus_area(text: str) -> bool:
    """Return whether a heading names a focus area, and no event."""
    return re.match(r"\W*(?:fokusområde|focus area)", text, re.IGNORECASE) is not None


def _area(piece: Piece, match: "re.Match[str]") -> ReadFocusArea:
    said = match.groupdict()
    name = "quoted" if said.get("quoted") else "title"
    named = piece.part(match.start(name), match.end(name))
    clause = _CLAUSE.search(named.text)
    title = (named.part(0, clause.start()) if clause else named).stripped(' \t\n,;:–—-().”"“')
    certainty = 0.95 if said.get("from") else 0.8
    return ReadFocusArea(
        ReadField(" ".join(title.text.split()), certainty, (title.passage,)),
        _year(piece, match, "from"),
        _year(piece, match, "to"),
    )


def _year(piece: Piece, match: "re.Match[str]", name: str) -> ReadField[int | None]:
    digits = match.groupdict().get(name)
    if not digits:
        return ReadField(None)
    year = int(digits) if len(digits) == 4 else int(match["from"][:2] + digits)
    return ReadField(year, 1.0, (piece.part(match.start(name), match.end(name)).passage,))


def _merged(areas: list[ReadFocusArea]) -> list[ReadFocusArea]:
    """Return the areas without those that are another one named without its years."""
    dated = [area for area in areas if area.year_from.value is not None]
    return dated or areas[:1]
