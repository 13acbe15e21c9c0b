"""Counties and parts of the country that a text names."""

import re
from collections.abc import Iterable, Sequence

from archive.imports.reading.pieces import Piece
from archive.model.events import Region
from archive.model.seminar_pages.seminar_page import ReadField

_ALSO_TOWNS = frozenset(["stockholm", "uppsala", "örebro", "jönköping", "kalmar", "gävle"])
_NOT_BEFORE = (
    r"(?<![\w-])(?<!högskolan )(?<!högskolan i )(?<!universitetet i )(?<!region )(?<!länsstyrelsen )"
    r"(?<!länsstyrelsen i )(?<!handelskammaren )"
)
_NOT_BEHIND = r"(?!\s+(?:universitet|högskola|stad|kommun|flygplats|central|tingsrätt|energi|vatten)\w*)"
_SUFFIX = r"(?:\s+län(?:s|et)?|s\s+län(?:s)?|s)?"
_HALVES = re.compile(
    r"\b(norra|östra|mellersta)\s+(?:och|and|samt)\s+(?=(?:norra|östra|mellersta)\s+(mellansverige"
    r"|norrland))",
    re.IGNORECASE,
)


class Regions:
    """Finds the regions of a vocabulary in texts."""

    def __init__(self, vocabulary: Iterable[Region]) -> None:
        self._by_name: dict[str, Region] = {}
        for region in sorted(vocabulary, key=lambda one: len(one.code)):
            if region.broader is not None:
                for name in (region.name, *region.alternative_names):
                    self._by_name[name.casefold()] = region
        names = sorted(self._by_name, key=len, reverse=True)
        either = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
        self._pattern = (
            re.compile(rf"{_NOT_BEFORE}(?P<name>{either}){_SUFFIX}(?![\w-]){_NOT_BEHIND}", re.IGNORECASE)
            if names
            else None
        )

    def named_in(self, pieces: Sequence[Piece]) -> ReadField[tuple[str, ...]]:
        """Return the regions that pieces name; the name of a town, too, needs "län" or counties beside it."""
        found: dict[str, Piece] = {}
        doubtful: dict[str, Piece] = {}
        for piece in pieces:
            self._collect(piece, found, doubtful)
        kept = found | (doubtful if len(found) > 1 else {})
        names = tuple(kept)
        return ReadField(names, 0.92 if names else 1.0, tuple(piece.passage for piece in kept.values()))

    def _collect(self, piece: Piece, found: dict[str, Piece], doubtful: dict[str, Piece]) -> None:
        if self._pattern is None:
            return
        for match in self._pattern.finditer(piece.text):
            name = " ".join(match["name"].casefold().split())
            region = self._by_name[name]
            is_town = name in _ALSO_TOWNS and "län" not in match.group().lower()[len(name) :]
            (doubtful if is_town else found).setdefault(region.name, piece.part(match.start(), match.end()))
        for match in _HALVES.finditer(piece.text):
            half = self._by_name.get(f"{match[1]} {match[2]}".casefold())
            if half is not None:
                found.setdefault(half.name, piece.part(match.start(1), match.end(1)))
