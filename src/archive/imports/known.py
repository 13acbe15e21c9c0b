"""What the archive knows already when a page is read.

Beside the rules and not among them: whoever asks for a page to be read need not import eighty modules of
rules. The process that runs them does (`rules_child.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.model.events import Region
from archive.review.folding import joined


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive knows already: names of people, its vocabulary of regions."""

    people: frozenset[str] = frozenset()
    regions: tuple[Region, ...] = ()


NOTHING_KNOWN = Known()


def known_names(people: Iterable[str], regions: Iterable[Region] = ()) -> Known:
    """Return what is known, names of people as they are compared."""
    return Known(frozenset(joined(name) for name in people), tuple(regions))
