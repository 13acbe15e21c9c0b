"""Take out of a deck's markup what only staff may see, and what is no longer there to be referred to."""

from collections.abc import Collection, Iterator, Sequence

from archive.ingest.extractors.ooxml.markup import MC, P14, A, Element, P, R, is_true, local_name
from archive.ingest.extractors.pptx.placement import Frame, ShapeBox

_SHAPES = frozenset(P + name for name in ("sp", "grpSp", "pic", "graphicFrame", "cxnSp"))
_PERSONAL = tuple(
    P + name
    for name in (
        "notesMasterIdLst",
        "handoutMasterIdLst",
        "custShowLst",
        "custDataLst",
        "modifyVerifier",
        "smartTags",
        "controls",
    )
)
_TITLES = ("title", "ctrTitle")
_FIRST_SLIDE_ID = 256
"""Identifiers of slides begin here (ECMA-376 part 1, 19.7.13)."""


def keep_slides(root: Element, kept: Sequence[str], size_of: dict[str, int]) -> None:
    """Leave in a presentation's lists only the slides of `kept` (relationship ids), in that order.

    `size_of` is filled with "width" and "height" of the slides in EMU. Sections without slides are left out,
    all of them where the slides are not in the deck's own order: a section is a run of slides.
    """
    size = root.find(P + "sldSz")
    if size is not None:
        size_of |= {"width": int(size.get("cx", "0")), "height": int(size.get("cy", "0"))}
    is_in_order = _put_in_order(root, kept)
    new_ids: dict[str, str] = {}
    for slide in list(root.iterfind(f"{P}sldIdLst/{P}sldId")):
        if slide.get(R + "id") in kept:
            new_ids[slide.get("id")] = str(_FIRST_SLIDE_ID + len(new_ids))
            slide.set("id", new_ids[slide.get("id")])
        else:
            slide.getparent().remove(slide)
    for section in list(root.iter(P14 + "section")):
        for slide in list(section.iter(P14 + "sldId")):
            if is_in_order and slide.get("id") in new_ids:
                slide.set("id", new_ids[slide.get("id")])
            else:
                slide.getparent().remove(slide)
        if next(section.iter(P14 + "sldId"), None) is None:
            section.getparent().remove(section)
    for sections in list(root.iter(P14 + "sectionLst")):
        if not len(sections):
            _remove(sections)


def _put_in_order(root: Element, kept: Sequence[str]) -> bool:
    """Put the slides of `kept` in that order; return whether they were."""
    by_id = {slide.get(R + "id"): slide for slide in root.iterfind(f"{P}sldIdLst/{P}sldId")}
    own = [relation_id for relation_id in by_id if relation_id in set(kept)]
    if own == list(kept):
        return True
    for relation_id in kept:
        slide = by_id[relation_id]
        slide.getparent().append(slide)
    return False


def scrub(root: Element, dropped: Collection[str], size_of: dict[str, int]) -> None:
    """Take out of a part what is hidden, personal, or refers to the relationships `dropped`."""
    for node in [node for node in root.iter() if not isinstance(node.tag, str)]:
        _remove_keeping_tail(node)  # comments and processing instructions
    if root.tag == P + "sld":
        root.attrib.pop("show", None)
    for element in list(root.iter(*_PERSONAL)):
        _remove(element)
    for frame in [frame for frame in root.iter(P + "graphicFrame") if _holds_object(frame)]:
        _become_picture(frame)
    beside = size_of if root.tag == P + "sld" else {}
    for shape in list(root.iter(*_SHAPES)):
        if _is_hidden(shape) or _is_beside(shape, beside):
            _remove(shape)
    while (found := next(_references(root, dropped), None)) is not None:
        _take_out(*found)
    _mend_timing(root)


def _references(root: Element, dropped: Collection[str]) -> Iterator[tuple[Element, str]]:
    for element in root.iter():
        for name, value in element.attrib.items():
            if name.startswith(R) and value in dropped:
                yield element, name


def _take_out(element: Element, attribute: str) -> None:
    """Remove a reference: with the branch, the extension or the animation that is nothing without it."""
    if element.tag == A + "blip" and attribute == R + "link":
        del element.attrib[attribute]
        return
    for around in element.iterancestors():
        if around.tag == MC + "Choice" and (alternate := around.getparent()) is not None:
            _fall_back(alternate)
            return
        if around.tag == P + "timing" or local_name(around) == "sndAc":
            _remove(around)
            return
        if local_name(around) == "ext" and around.get("uri"):
            _remove(around)
            return
    _remove(element)


def _fall_back(alternate: Element) -> None:
    for fallback in alternate.findall(MC + "Fallback"):
        for child in list(fallback):
            alternate.addprevious(child)
    _remove(alternate)


def _holds_object(frame: Element) -> bool:
    return next(frame.iter(P + "oleObj"), None) is not None


def _become_picture(frame: Element) -> None:
    """Put the picture of an embedded file in its place; a frame without one is taken out."""
    picture = next(frame.iter(P + "pic"), None)
    shown = frame.find(f"{P}nvGraphicFramePr/{P}cNvPr")
    own = None if picture is None else picture.find(f"{P}nvPicPr/{P}cNvPr")
    if own is not None and shown is not None:
        for name in ("id", "name", "descr", "title", "hidden"):
            if shown.get(name) is not None:
                own.set(name, shown.get(name))
        frame.addprevious(picture)
    _remove(frame)


def _is_hidden(shape: Element) -> bool:
    return any(is_true(own.get("hidden")) for own in shape.iterfind(f"*/{P}cNvPr"))


def _is_beside(shape: Element, size_of: dict[str, int]) -> bool:
    """Return whether nothing of a shape is on the slide, as `pptx.shapes` has it; groups are left whole."""
    parent = shape.getparent()
    place = _place_of(shape)
    if place is None or not size_of or parent is None or parent.tag == P + "grpSp":
        return False
    if any(mark.get("type") in _TITLES for mark in shape.iterfind(f"*/{P}nvPr/{P}ph")):
        return False
    box = Frame().place(place)
    if place.get("rot", "0") != "0":
        room = box.width + box.height
        box = ShapeBox(box.left - room / 2, box.top - room / 2, box.width + room, box.height + room)
    is_placed = box.width > 0 and box.height > 0
    return is_placed and box.area_within(size_of["width"], size_of["height"]) == 0


def _place_of(shape: Element) -> Element | None:
    own = shape.find(f"*/{A}xfrm")
    return own if own is not None else shape.find(P + "xfrm")


def _mend_timing(root: Element) -> None:
    """Take out the animations of a slide where one is of a shape that is gone."""
    shapes = {own.get("id") for own in root.iter(P + "cNvPr")}
    for timing in list(root.iter(P + "timing")):
        targets = {target.get("spid") for target in timing.iter(P + "spTgt")}
        if targets - shapes or any(True for _ in timing.iter(P + "video", P + "audio")):
            _remove(timing)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        _remove_keeping_tail(element)
        if local_name(parent) in ("ext", "extLst", "sndAc", "AlternateContent") and not len(parent):
            _remove(parent)


def _remove_keeping_tail(node: Element) -> None:
    parent = node.getparent()
    if parent is None:
        return
    if node.tail:
        before = node.getprevious()
        if before is None:
            parent.text = (parent.text or "") + node.tail
        else:
            before.tail = (before.tail or "") + node.tail
    parent.remove(node)
