"""Where the relationships of a part lead (ECMA-376 part 2, 9)."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from archive.ingest.extractors.ooxml.markup import Element
from archive.ingest.extractors.ooxml.package import Package


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship: `kind` is the last word of its type, `target` a part's name or an outside address."""

    id: str
    kind: str
    target: str
    is_external: bool


@dataclass(frozen=True, slots=True)
class Relations:
    """The relationships of one part."""

    by_id: dict[str, Relation]

    def of_kind(self, *kinds: str) -> Iterator[Relation]:
        """Yield those to parts in the package, of these kinds."""
        return (each for each in self.by_id.values() if each.kind in kinds and not each.is_external)

    def target(self, relation_id: str | None) -> str:
        """Return the name of the part that an id leads to, "" when to none in the package."""
        relation = self.by_id.get(relation_id or "")
        return "" if relation is None or relation.is_external else relation.target

    def first(self, *kinds: str) -> str:
        """Return the name of the first part of these kinds, "" when there is none."""
        return next((each.target for each in self.of_kind(*kinds)), "")


def relations_of(package: Package, part: str) -> Relations:
    """Return the relationships of `part` ("" for the package itself); none when they cannot be read."""
    folder, name = posixpath.split(part)
    root = package.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
    by_id: dict[str, Relation] = {}
    for node in () if root is None else root:
        relation = _relation(package, folder, node)
        if relation is not None:
            by_id.setdefault(relation.id, relation)
    return Relations(by_id)


def _relation(package: Package, folder: str, node: Element) -> Relation | None:
    target = node.get("Target") if isinstance(node.tag, str) else None
    if not target:
        return None
    is_external = node.get("TargetMode") == "External"
    if not is_external:
        target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        if target not in package and unquote(target) in package:
            target = unquote(target)
    return Relation(node.get("Id", ""), node.get("Type", "").rpartition("/")[2], target, is_external)
