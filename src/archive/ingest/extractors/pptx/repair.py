"""Mend a package in which some part is broken, so that the others can be read."""

import posixpath
from collections.abc import Mapping

from lxml import etree

from archive.ingest.extractors.pptx.markup import Element, parse
from archive.ingest.extractors.pptx.package import Parts

_PML = "http://schemas.openxmlformats.org/presentationml/2006/main"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"

# Parts with a tree of shapes and their root element, by the folder that every known writer puts them in.
_TREES: Mapping[str, str] = {
    "slides": "sld",
    "slideLayouts": "sldLayout",
    "slideMasters": "sldMaster",
    "notesSlides": "notes",
    "notesMasters": "notesMaster",
}
_EMPTY_TREE = (
    '<p:{0} xmlns:p="' + _PML + '"><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/>'
    "<p:nvPr/></p:nvGrpSpPr><p:grpSpPr/></p:spTree></p:cSld></p:{0}>"
)
_EMPTY_CHART = f'<c:chartSpace xmlns:c="{_CHART}"/>'.encode()
_NO_RELATIONS = f'<Relationships xmlns="{_RELS}"/>'.encode()


def repair(parts: Parts) -> Parts:
    """Return the parts with broken XML recovered as far as it goes, or emptied, and loose ends cut.

    `lost` of the result names the parts that are not as they were.
    """
    members: dict[str, bytes] = {}
    changed: set[str] = set(parts.lost)
    for name, data in parts.members.items():
        whole = not data and name not in parts.lost
        members[name] = data if whole or _is_well_formed(data) else _recovered(name, data)
        if members[name] is not data:
            changed.add(name)
    for name in members:
        if name.endswith(".rels") and members[name]:
            members[name] = _without_loose_ends(name, members)
    return Parts(members, frozenset(changed))


def _is_well_formed(data: bytes) -> bool:
    try:
        parse(data)
    except etree.LxmlError:
        return False
    return True


def _recovered(name: str, data: bytes) -> bytes:
    """Return what the parser saves of `data`; an empty part when that is nothing of use."""
    folder = posixpath.basename(posixpath.dirname(name))
    try:
        root = parse(data, recover=True)
        if root is not None and _is_of_use(name, folder, root):
            saved: bytes = etree.tostring(root, encoding="UTF-8", standalone=True)
            parse(saved)  # a saved name may still have a prefix that is declared nowhere
            return saved
    except (etree.LxmlError, ValueError):
        pass  # nothing could be saved, or only names that XML does not allow
    if name.endswith(".rels"):
        return _NO_RELATIONS
    if folder in _TREES:
        return _EMPTY_TREE.format(_TREES[folder]).encode()
    return _EMPTY_CHART if folder == "charts" else b""


def _is_of_use(name: str, folder: str, root: Element) -> bool:
    """Return whether a saved root is that of such a part, with what python-pptx needs in it."""
    if name.endswith(".rels"):
        return bool(root.tag == f"{{{_RELS}}}Relationships")
    if folder in _TREES:
        is_root = root.tag == f"{{{_PML}}}{_TREES[folder]}"
        return is_root and root.find(f"{{{_PML}}}cSld/{{{_PML}}}spTree") is not None
    return folder != "charts" or bool(root.tag == f"{{{_CHART}}}chartSpace")


def _without_loose_ends(name: str, members: Mapping[str, bytes]) -> bytes:
    """Return the relationships in `name` without those that lead to no member of the package."""
    source = posixpath.dirname(posixpath.dirname(name))
    root = parse(members[name])
    for relation in list(root):
        target = relation.get("Target", "")
        path = posixpath.normpath(posixpath.join("/" + source, target)).lstrip("/")
        if relation.get("TargetMode") != "External" and path not in members:
            root.remove(relation)
    return etree.tostring(root, encoding="UTF-8", standalone=True)
