"""Take the names off a PDF's layers: a page cut out of it says which ones are seen, not what they are called.

Layers are optional content groups (ISO 32000-2, 8.11). Their states stay, and what states depend on.
"""

from typing import Any

import pikepdf

_GROUP_KEYS = frozenset({"/Type", "/Intent", "/Usage"})
_USAGE_KEYS = frozenset({"/View", "/Print", "/Export", "/Zoom"})
_CONFIGURATION_KEYS = ("/BaseState", "/ON", "/OFF", "/Intent", "/AS")


def unnamed_layers(source: Any) -> Any:
    """Return what says which layers of a pikepdf document are seen, None where it has none.

    The layers of the document itself lose their names.
    """
    properties = source.Root.get("/OCProperties")
    if properties is None:
        return None
    groups = [group for group in properties.get("/OCGs", ()) if isinstance(group, pikepdf.Dictionary)]
    for group in groups:
        _take_name(group)
    configuration = properties.get("/D", pikepdf.Dictionary())
    kept = {key: configuration[key] for key in _CONFIGURATION_KEYS if key in configuration}
    return pikepdf.Dictionary(OCGs=pikepdf.Array(groups), D=pikepdf.Dictionary(kept))


def _take_name(group: Any) -> None:
    for key in set(group.keys()) - _GROUP_KEYS:
        del group[key]
    group.Name = pikepdf.String("")
    usage = group.get("/Usage")
    for key in set(usage.keys()) - _USAGE_KEYS if isinstance(usage, pikepdf.Dictionary) else ():
        del usage[key]
