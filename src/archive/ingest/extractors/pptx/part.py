"""A part with shapes on it, and the parts that it leads to."""

from dataclasses import dataclass

from archive.ingest.extractors.pptx.markup import Element
from archive.ingest.extractors.pptx.package import OoxmlPackage
from archive.ingest.extractors.pptx.placeholders import Template
from archive.ingest.extractors.pptx.relations import Relations


@dataclass(frozen=True, slots=True)
class ShapePart:
    """A slide, or another part with a tree of shapes; `layout` is what its placeholders inherit from."""

    package: OoxmlPackage
    name: str
    root: Element
    relations: Relations
    layout: Template | None = None

    def related_name(self, relation_id: str | None) -> str:
        """Return the name of the part that an id leads to, "" when to none in the package."""
        return self.relations.target(relation_id)

    def related(self, relation_id: str | None) -> Element | None:
        """Return the root of the part that an id leads to, None when it is lost."""
        name = self.related_name(relation_id)
        return self.package.tree(name) if name else None
