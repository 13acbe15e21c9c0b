"""What a deck says of itself in its properties: who made it, when, and what someone else noted."""

from collections.abc import Iterator

from lxml import etree

from archive.ingest.extractors.pptx.deck import Deck
from archive.ingest.extractors.pptx.markup import Element, local_name
from archive.ingest.extractors.titles import real_title

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
# Set by servers for their own use.
_MACHINE_MADE = ("msip_label_", "contenttypeid", "_", "classificationcontent", "mediaservice", "tiiflag")


def properties_of(deck: Deck) -> dict[str, str]:
    """Return the deck's properties that hold something; those that people defined begin with `custom.`."""
    found = dict(_named(_part(deck, "core-properties"), _CORE))
    found |= dict(_named(_part(deck, "extended-properties"), _APP))
    found |= dict(_custom(_part(deck, "custom-properties")))
    title = real_title(found.pop("title", ""))
    return {"title": title, **found} if title else found


def _part(deck: Deck, kind: str) -> Element | None:
    name = deck.root_relations.first(kind)
    return deck.package.tree(name) if name else None


def _named(root: Element | None, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    for child in () if root is None else root.iterchildren(tag=etree.Element):
        name = names.get(local_name(child))
        text = " ".join((child.text or "").split())
        if name and text:
            yield name, text


def _custom(root: Element | None) -> Iterator[tuple[str, str]]:
    children = () if root is None else root.iterchildren(tag=etree.Element)
    for _, child in zip(range(_CUSTOM_MAX), children, strict=False):
        name = child.get("name", "").strip()
        text = " ".join(" ".join(child.itertext()).split())
        if name and text and not name.lower().startswith(_MACHINE_MADE):
            yield _CUSTOM + name, text
