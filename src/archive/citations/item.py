"""What is cited: one talk, deck, report, or one page of them, with all that a reference says of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CitedKind(StrEnum):
    """What is cited. `SLIDE` is a page of a deck, `PAGE` one of a report."""

    TALK = "talk"
    DECK = "deck"
    SLIDE = "slide"
    REPORT = "report"
    PAGE = "page"


class Wording(StrEnum):
    """The language of the few words that a reference itself adds: "bild 4", "Presentation"."""

    SWEDISH = "sv"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class CitedName:
    """Whoever is named first in a reference: a person in parts, or `literal` for what has no parts.

    `particle` is what stands before the family name ("von"), `suffix` what follows it ("Jr"). An organisation
    is literal, as is a person with one name.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def whole(self) -> str:
        """Return the name in the order that it is said in."""
        parts = (self.given, self.particle, self.family, self.suffix)
        return self.literal or " ".join(part for part in parts if part)

    @property
    def inverted(self) -> str:
        """Return the name with the family name first: "von Essen, Carl, Jr"."""
        if self.literal:
            return self.literal
        family = " ".join(part for part in (self.particle, self.family) if part)
        return ", ".join(part for part in (family, self.given, self.suffix) if part)


@dataclass(frozen=True, slots=True)
class CitedItem:
    """What is cited, as it was on the day `accessed`.

    `key` identifies it among others and is usable as a key of BibTeX: letters without accents, digits and
    hyphens. `issued` is when it was said or published, as exactly as it is known (2022-05-19, 2022-05, 2022
    or ""), `issued_end` its last day where it took several. `names` are the speakers, else the organisation
    behind it. `address` is whole, and that of a page names its version, which it leads to for ever.
    `publisher` is who arranged or published it. `part_number` is the number of a page, 0 for the whole.
    `language` is that of its words ("sv", "en", "" where not known).
    """

    kind: CitedKind
    key: str
    title: str
    address: str
    accessed: date
    names: tuple[CitedName, ...] = ()
    issued: str = ""
    issued_end: str = ""
    event_title: str = ""
    event_place: str = ""
    publisher: str = ""
    language: str = ""
    part_number: int = 0
    version: int = 0
    abstract: str = ""
    wording: Wording = Wording.SWEDISH

    @property
    def is_report(self) -> bool:
        """Return whether it is a report or a page of one, and not a presentation."""
        return self.kind in (CitedKind.REPORT, CitedKind.PAGE)

    @property
    def genre(self) -> str:
        """Return what kind of thing it is, in words: "Presentation"."""
        return _GENRES[self.wording][self.kind]

    @property
    def part(self) -> str:
        """Return which part of the whole is meant ("bild 4", "p. 4"), "" for the whole."""
        if not self.part_number:
            return ""
        return f"{_PARTS[self.wording][self.kind]} {self.part_number}"

    @property
    def full_title(self) -> str:
        """Return the title with the part that is meant: "Gruvans framtid, bild 4"."""
        return f"{self.title}, {self.part}" if self.part_number else self.title


_GENRES = {
    Wording.SWEDISH: {
        CitedKind.TALK: "Föredrag",
        CitedKind.DECK: "Presentation",
        CitedKind.SLIDE: "Presentation",
        CitedKind.REPORT: "Rapport",
        CitedKind.PAGE: "Rapport",
    },
    Wording.ENGLISH: {
        CitedKind.TALK: "Talk",
        CitedKind.DECK: "Presentation",
        CitedKind.SLIDE: "Presentation",
        CitedKind.REPORT: "Report",
        CitedKind.PAGE: "Report",
    },
}
_PARTS = {
    Wording.SWEDISH: {CitedKind.SLIDE: "bild", CitedKind.PAGE: "s."},
    Wording.ENGLISH: {CitedKind.SLIDE: "slide", CitedKind.PAGE: "p."},
}
