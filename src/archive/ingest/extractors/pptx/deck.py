"""What a deck says about itself: its slides in order, its sections, its size and its properties."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from archive.errors import FileRejected
from archive.ingest.extractors import left_out
from archive.ingest.extractors.ooxml.drawing_text import unescaped
from archive.ingest.extractors.ooxml.markup import P14, Element, P, R, local_name, whole_number
from archive.ingest.extractors.ooxml.relations import Relations, relations_of
from archive.ingest.extractors.pptx.package import DeckPackage
from archive.model.extraction import Outcome
from archive.model.naming.phrases import real_title

_MAIN_PART = "ppt/presentation.xml"
_SLIDE_NAME = re.compile(r"ppt/slides/slide(\d{1,9})\.xml")
_EMU_PER_POINT = 12_700
# Sections that no one has named.
_UNNAMED = re.compile(
    r"(?:default|untitled) section|standardavsnitt|namnlöst avsnitt|avsnitt utan (?:titel|rubrik|namn)",
    re.IGNORECASE,
)
# Local names in docProps/core.xml (ECMA-376 part 2, 11.1) and app.xml (part 1, 22.2), and what we call them.
_CORE = {
    "title": "title",
    "creator": "author",
    "created": "created",
    "modified": "modified",
    "lastModifiedBy": "modified_by",
    "subject": "subject",
    "keywords": "keywords",
    "category": "category",
    "description": "description",
    "contentStatus": "status",
    "language": "language",
}
_APP = {"Company": "company", "Manager": "manager", "Application": "application"}
_CUSTOM = "custom."
_CUSTOM_MAX = 50
_TOO_MANY = f"Only the first {_CUSTOM_MAX} properties of the deck's own were read."
# Set by servers for their own use.
_MACHINE_MADE = ("msip_label_", "contenttypeid", "_", "classificationcontent", "mediaservice", "tiiflag")


@dataclass(frozen=True, slots=True)
class Deck:
    """An open deck.

    `slides` are the names of the slides' parts in order, "" for one that is lost; `sections` are names by the
    number (from 0) of their first slide. `first_number` is what the first slide has as its number.
    `is_guessed` tells that the order is that of the slides' file names.
    """

    package: DeckPackage
    slides: tuple[str, ...]
    sections: dict[int, str] = field(default_factory=dict)
    width_emu: int = 0
    height_emu: int = 0
    first_number: int = 1
    is_guessed: bool = False
    root_relations: Relations = field(default_factory=lambda: Relations({}))
    relations: Relations = field(default_factory=lambda: Relations({}))

    @property
    def size_pt(self) -> tuple[float, float]:
        """Return the width and height of the slides in points, 0 if unknown."""
        return self.width_emu / _EMU_PER_POINT, self.height_emu / _EMU_PER_POINT


def open_deck(package: DeckPackage) -> Deck:
    """Return the deck in the package.

    Without a usable presentation part the slides come in the order of their names. Raises FileRejected with
    DAMAGED when there are none.
    """
    root_relations = relations_of(package, "")
    main = root_relations.first("officeDocument")
    main = main if main in package else _MAIN_PART
    root = package.tree(main)
    relations = relations_of(package, main)
    ids = [] if root is None else list(root.iterfind(f"{P}sldIdLst/{P}sldId"))
    slides = tuple(relations.target(each.get(R + "id")) for each in ids)
    is_whole = root is not None and root.tag == P + "presentation" and main.lower() not in package.mended
    is_guessed = not any(slides) and (bool(slides) or not is_whole)
    if is_guessed:
        slides = tuple(_by_name(package))
        if not slides:
            raise FileRejected(
                Outcome.DAMAGED,
                "No slides were found in the deck. Open it in PowerPoint and save it again.",
            )
    sections = {} if is_guessed else _sections(root, [each.get("id", "") for each in ids])
    width, height = (0, 0) if root is None else _size(root)
    first_number = 1 if root is None else whole_number(root.get("firstSlideNum", "1"))
    return Deck(package, slides, sections, width, height, first_number, is_guessed, root_relations, relations)


def _by_name(package: DeckPackage) -> Iterator[str]:
    numbered = ((_SLIDE_NAME.fullmatch(name), name) for name in package.names())
    numbers = [(int(match[1]), name) for match, name in numbered if match is not None]
    return (name for _, name in sorted(numbers))


def _size(root: Element) -> tuple[int, int]:
    size = root.find(P + "sldSz")
    return (0, 0) if size is None else (whole_number(size.get("cx")), whole_number(size.get("cy")))


def _sections(root: Element, ids: list[str]) -> dict[int, str]:
    """Return the names of the sections that someone has named, by their first slide."""
    number_of = {slide_id: number for number, slide_id in enumerate(ids)}
    names: dict[int, str] = {}
    for section in root.iter(P14 + "section"):
        name = section.get("name", "").strip()
        numbers = (number_of.get(each.get("id", "")) for each in section.iter(P14 + "sldId"))
        first = next((number for number in numbers if number is not None), None)
        if name and first is not None and not _UNNAMED.fullmatch(name):
            names.setdefault(first, name)
    return names


def properties_of(deck: Deck) -> dict[str, str]:
    """Return the deck's properties that hold something; those that people defined begin with `custom.`."""
    properties = dict(_named(_property_part(deck, "core-properties"), _CORE))
    properties |= dict(_named(_property_part(deck, "extended-properties"), _APP))
    properties |= dict(_custom(_property_part(deck, "custom-properties")))
    title = real_title(properties.pop("title", ""))
    return {"title": title, **properties} if title else properties


def _property_part(deck: Deck, kind: str) -> Element | None:
    name = deck.root_relations.first(kind)
    return deck.package.tree(name) if name else None


def _named(root: Element | None, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    for child in () if root is None else root.iterchildren(tag=etree.Element):
        name = names.get(local_name(child))
        text = " ".join(unescaped(child.text or "").split())
        if name and text:
            yield name, text


def _custom(root: Element | None) -> Iterator[tuple[str, str]]:
    children = () if root is None else root.iterchildren(tag=etree.Element)
    for child in left_out.up_to(children, _CUSTOM_MAX, _TOO_MANY):
        name = child.get("name", "").strip()
        text = " ".join(" ".join(child.itertext()).split())
        if name and text and not name.lower().startswith(_MACHINE_MADE):
            yield _CUSTOM + name, text
