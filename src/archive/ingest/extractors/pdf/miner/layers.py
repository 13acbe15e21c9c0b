"""Layers of a PDF (optional content groups, ISO 32000-1, 8.11) that are off: nobody sees what is on them."""

from collections.abc import Iterator, Mapping
from typing import Any

from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral, literal_name

_LAYERS_MAX = 10_000


def hidden_layers(catalog: Mapping[str, Any]) -> frozenset[int]:
    """Return the object numbers of the layers that are off when the document is opened."""
    properties = _dictionary(catalog.get("OCProperties"))
    default = _dictionary(properties.get("D"))
    off = set(_object_numbers(default.get("OFF")))
    if _name(default.get("BaseState")) == "OFF":
        off |= set(_object_numbers(properties.get("OCGs"))) - set(_object_numbers(default.get("ON")))
    return frozenset(off)


def is_off(content: object, hidden: frozenset[int]) -> bool:
    """Return whether content that belongs to a layer, or to several by a rule (8.11.2.2), is not shown."""
    if isinstance(content, PDFObjRef) and content.objid in hidden:
        return True
    membership = _dictionary(content)
    if _name(membership.get("Type")) != "OCMD":
        return False
    groups = membership.get("OCGs")
    numbers = [groups.objid] if isinstance(groups, PDFObjRef) and groups.objid in hidden else []
    numbers = numbers or list(_object_numbers(groups))
    if not numbers:
        return False
    shown = [number not in hidden for number in numbers]
    rule = _name(membership.get("P"))
    is_shown = {"AllOn": all(shown), "AnyOff": not all(shown), "AllOff": not any(shown)}
    return not is_shown.get(rule, any(shown))


def _object_numbers(references: object) -> Iterator[int]:
    listed = resolve1(references)
    for reference in listed[:_LAYERS_MAX] if isinstance(listed, list) else ():
        if isinstance(reference, PDFObjRef):
            yield reference.objid


def _dictionary(value: object) -> Mapping[str, Any]:
    resolved = resolve1(value)
    return resolved if isinstance(resolved, dict) else {}


def _name(value: object) -> str:
    resolved = resolve1(value)
    return str(literal_name(resolved)) if isinstance(resolved, PSLiteral) else ""
