"""Take what is on a PDF's layers that are off out of a page: nobody sees it, but it would be in the file.

Only what paints or shows letters is left out: everything else may be needed by what follows it (ISO 32000-2,
8.11.3.2: marked content that is not shown still sets the state of graphics and text).
"""

from typing import Any

import pikepdf

_SHOWN = frozenset({"Tj", "TJ", "Do", "sh", "INLINE IMAGE"})
_NEXT_LINE = frozenset({"'", '"'})
_PATHS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})
_END_PATH = pikepdf.ContentStreamInstruction([], pikepdf.Operator("n"))
_MOVE_LINE = pikepdf.ContentStreamInstruction([], pikepdf.Operator("T*"))
_DEPTH_MAX = 12

Numbers = frozenset[tuple[int, int]]
"""Objects of a document by number and generation."""


def off_layers(source: Any) -> Numbers:
    """Return the layers of a pikepdf document that are off when it is opened."""
    properties = source.Root.get("/OCProperties", {})
    default = properties.get("/D", {})
    off = _numbers(default.get("/OFF", ()))
    if default.get("/BaseState") == pikepdf.Name.OFF:
        off |= _numbers(properties.get("/OCGs", ())) - _numbers(default.get("/ON", ()))
    return off


def take_out(source: Any, page: Any, off: Numbers) -> None:
    """Take what is on layers that are off out of a page of a pikepdf document, annotations too."""
    if not off:
        return
    kept = _without(page, page.obj.get("/Resources", {}), off, 0, set())
    if kept is not None:
        page.obj.Contents = source.make_stream(kept)
    if "/Annots" in page.obj:
        page.obj.Annots = pikepdf.Array(
            [note for note in page.obj.Annots if not _is_off(note.get("/OC"), off)]
        )


def _without(
    content: Any, resources: Any, off: Numbers, depth: int, seen: set[tuple[int, int]]
) -> bytes | None:
    """Return content without what is off, None where all of it is seen."""
    layers, objects = resources.get("/Properties", {}), resources.get("/XObject", {})
    marks: list[bool] = []
    kept: list[Any] = []
    is_changed = False
    for instruction in pikepdf.parse_content_stream(content):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            marks.append(operator == "BDC" and _begins_off(instruction.operands, layers, off))
        elif operator == "EMC" and marks:
            marks.pop()
        drawn = objects.get(str(instruction.operands[0])) if operator == "Do" else None
        if any(marks) or (drawn is not None and _is_off(drawn.get("/OC"), off)):
            instead = _instead(operator, instruction)
            is_changed = is_changed or instead is not instruction
            kept += [] if instead is None else [instead]
            continue
        if drawn is not None and depth < _DEPTH_MAX:
            _take_out_of_form(drawn, resources, off, depth, seen)
        kept.append(instruction)
    return pikepdf.unparse_content_stream(kept) if is_changed else None


def _instead(operator: str, instruction: Any) -> Any:
    """Return what stands where an instruction that is not to be seen was, None for nothing."""
    if operator in _SHOWN:
        return None
    if operator in _PATHS:
        return _END_PATH
    return _MOVE_LINE if operator in _NEXT_LINE else instruction


def _take_out_of_form(
    form: Any, resources: Any, off: Numbers, depth: int, seen: set[tuple[int, int]]
) -> None:
    if form.get("/Subtype") != pikepdf.Name.Form or form.objgen in seen:
        return
    seen.add(form.objgen)
    kept = _without(form, form.get("/Resources", resources), off, depth + 1, seen)
    if kept is not None:
        form.write(kept)


def _begins_off(operands: Any, layers: Any, off: Numbers) -> bool:
    is_layer = len(operands) == 2 and operands[0] == pikepdf.Name.OC and isinstance(operands[1], pikepdf.Name)
    return is_layer and _is_off(layers.get(str(operands[1])), off)


def _is_off(layer: Any, off: Numbers) -> bool:
    """Return whether content of a layer, or of several by a rule (8.11.2.2), is not shown."""
    if not isinstance(layer, pikepdf.Dictionary):
        return False
    if layer.get("/Type") != pikepdf.Name.OCMD:
        return layer.objgen in off
    groups = layer.get("/OCGs", ())
    listed = [groups] if isinstance(groups, pikepdf.Dictionary) else list(groups)
    shown = [group.objgen not in off for group in listed if isinstance(group, pikepdf.Dictionary)]
    if not shown:
        return False
    rules = {"/AllOn": all(shown), "/AnyOff": not all(shown), "/AllOff": not any(shown)}
    return not rules.get(str(layer.get("/P", "/AnyOn")), any(shown))


def _numbers(listed: Any) -> Numbers:
    return frozenset(each.objgen for each in listed if isinstance(each, pikepdf.Dictionary))
