"""Which fonts this machine has to draw pictures with, as fontconfig knows them."""

import subprocess
from functools import cache

# Fonts of the same widths: a slide keeps its line breaks (fontconfig, 30-metric-aliases.conf).
_SAME_WIDTHS = {
    "arial": ("liberation sans", "arimo"),
    "helvetica": ("liberation sans", "arimo", "nimbus sans"),
    "arial narrow": ("liberation sans narrow",),
    "times new roman": ("liberation serif", "tinos"),
    "times": ("liberation serif", "tinos", "nimbus roman"),
    "courier new": ("liberation mono", "cousine"),
    "courier": ("liberation mono", "cousine", "nimbus mono ps"),
    "calibri": ("carlito",),
    "calibri light": ("carlito",),
    "cambria": ("caladea",),
    "georgia": ("gelasio",),
}
_LIST = ("fc-list", ":", "family")
_TIMEOUT_S = 20


def lacks_font(name: str) -> bool:
    """Return whether this machine lacks a font and any of the same widths; False where nothing tells."""
    known = installed_fonts()
    wanted = " ".join(name.casefold().split())
    return bool(known) and known.isdisjoint((wanted, *_SAME_WIDTHS.get(wanted, ())))


@cache
def installed_fonts() -> frozenset[str]:
    """Return the families that fontconfig lists, in small letters; none where it is not installed."""
    try:
        listed = subprocess.run(_LIST, capture_output=True, check=True, timeout=_TIMEOUT_S)
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    names = listed.stdout.decode("utf-8", "replace").replace("\n", ",").split(",")
    return frozenset(name.strip().replace("\\", "").casefold() for name in names) - {""}
