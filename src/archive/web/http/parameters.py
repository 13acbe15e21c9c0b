"""The parameters of addresses that pages read: what links of a page may repeat."""

import re

from archive.index.schema import Facet

# Identifiers, years, codes and media types: no value of a facet has other letters.
FACET_VALUE = re.compile(r"[\w./+-]{1,100}", re.ASCII)
_FACETS = frozenset(facet.value for facet in Facet)
_OTHERS = frozenset({"q", "sort", "view", "only", "page", "back", "show", "marks", "letter", "find", "s"})
_MAX_CHARS = 4000


def known_pairs(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return those pairs of name and value that pages know; none where they are longer than pages read."""
    known = [
        (name, value)
        for name, value in pairs
        if name in _OTHERS or (name in _FACETS and FACET_VALUE.fullmatch(value))
    ]
    return known if sum(len(value) for _, value in known) <= _MAX_CHARS else []
