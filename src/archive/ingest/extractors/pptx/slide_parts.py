"""Slides, layouts and masters as parts of a package, and what placeholders inherit: place and list styles."""

from dataclasses import dataclass, field

from lxml import etree

from archive.ingest.extractors.ooxml.markup import A, Element, P
from archive.ingest.extractors.ooxml.relations import Relations, relations_of
from archive.ingest.extractors.pptx.package import DeckPackage

# Which of a master's five placeholders each type inherits from (ECMA-376 part 1, 19.7.10).
_OWN_KIND = frozenset({"title", "dt", "ftr", "sldNum", "hdr", "sldImg"})
_TITLES = frozenset({"title", "ctrTitle"})


@dataclass(frozen=True, slots=True)
class Template:
    """A layout or master: its shapes, and what its placeholders pass on."""

    name: str
    root: Element
    relations: Relations
    master: "Template | None" = None
    by_number: dict[str, Element] = field(default_factory=dict)
    by_kind: dict[str, Element] = field(default_factory=dict)


class Templates:
    """The layouts and masters of a deck, each read once, when a slide first uses it."""

    def __init__(self, package: DeckPackage) -> None:
        self._package = package
        self._read: dict[str, Template | None] = {}

    def layout_of(self, slide_relations: Relations) -> Template | None:
        """Return the layout that a slide uses, None when it is lost."""
        return self._template(slide_relations.first("slideLayout"), "slideMaster")

    def _template(self, name: str, above: str) -> Template | None:
        if name not in self._read:
            root = self._package.tree(name) if name else None
            self._read[name] = None if root is None else self._built(name, root, above)
        return self._read[name]

    def _built(self, name: str, root: Element, above: str) -> Template:
        relations = relations_of(self._package, name)
        master = self._template(relations.first(above), "") if above else None
        template = Template(name, root, relations, master)
        for shape in root.iter(P + "sp", P + "pic", P + "graphicFrame"):
            mark = placeholder(shape)
            if mark is not None:
                template.by_number.setdefault(mark.get("idx", "0"), shape)
                template.by_kind.setdefault(_inherited_kind(mark), shape)
        return template


def placeholder(shape: Element) -> Element | None:
    """Return the `p:ph` of a shape, None when it is no placeholder."""
    first = next(shape.iterchildren(etree.Element), None)  # all kinds of shape begin so (19.3.1)
    properties = None if first is None else first.find(P + "nvPr")
    return None if properties is None else properties.find(P + "ph")


def kind_of(mark: Element) -> str:
    """Return the type of a `p:ph`; one that names none is an object (ECMA-376 part 1, 19.3.1.36)."""
    kind: str = mark.get("type", "obj")
    return kind


def is_title(mark: Element | None) -> bool:
    """Return whether a `p:ph` marks the slide's title."""
    return mark is not None and kind_of(mark) in _TITLES


def _inherited_kind(mark: Element) -> str:
    kind = kind_of(mark)
    if kind in _TITLES:
        return "title"
    return kind if kind in _OWN_KIND else "body"


def ancestors(mark: Element | None, layout: Template | None) -> list[Element]:
    """Return the shapes that a placeholder inherits from, nearest first: on the layout, on the master."""
    if mark is None or layout is None:
        return []
    shapes = []
    kind = _inherited_kind(mark)
    on_layout = layout.by_number.get(mark.get("idx", "0"))
    if on_layout is None or (kind != "body" and _inherited_kind(placeholder(on_layout)) != kind):
        on_layout = layout.by_kind.get(kind)
    if on_layout is not None:
        shapes.append(on_layout)
        kind = _inherited_kind(placeholder(on_layout))
    on_master = None if layout.master is None else layout.master.by_kind.get(kind)
    return shapes if on_master is None else [*shapes, on_master]


def frame_of(shape: Element, inherited_from: list[Element]) -> Element | None:
    """Return the `xfrm` that holds for a shape, its own or an inherited one."""
    for element in (shape, *inherited_from):
        frame = own_frame(element)
        if frame is not None:
            return frame
    return None


def own_frame(shape: Element) -> Element | None:
    """Return the `xfrm` that a shape has itself, None when it inherits its place."""
    if shape.tag == P + "graphicFrame":
        return shape.find(P + "xfrm")
    properties = shape.find(P + "grpSpPr" if shape.tag == P + "grpSp" else P + "spPr")
    return None if properties is None else properties.find(A + "xfrm")


@dataclass(frozen=True, slots=True)
class ShapePart:
    """A slide, or another part with a tree of shapes; `layout` is what its placeholders inherit from."""

    package: DeckPackage
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
