"""Which slides are gathered, as an address says it: `3k8m2p9x4t.v2.4,7d2q5r8s3v.v1.12`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from archive.errors import BasketTooLarge, SlideAddressRefused

SLIDES_MAX: Final = 40
"""As many fit into an address that mail and chat programs leave whole, and into ten seconds of making."""
_ITEM: Final = re.compile(
    r"(?:\S*?/d/)?(?P<document>[0-9a-z]{10})(?:[./]v(?P<version>[1-9][0-9]{0,4}))?[./](?P<number>[1-9][0-9]{0,4})"
    r"/?(?:[?#]\S*)?",
    re.ASCII,
)
_MAX_CHARS: Final = 40_000


@dataclass(frozen=True, slots=True, order=True)
class SlideRef:
    """A slide of a version of a document; `version` 0 is the one that readers see."""

    document_id: str
    version: int
    number: int

    def __str__(self) -> str:
        version = f".v{self.version}" if self.version else ""
        return f"{self.document_id}{version}.{self.number}"


def parsed(text: str) -> tuple[SlideRef, ...]:
    """Return the slides that an address names, each once, in its order.

    What is between commas or spaces may also be the address of a slide's page.

    Raises:
        SlideAddressRefused: a part of it names no slide.
        BasketTooLarge: there are more than `SLIDES_MAX`.
    """
    if len(text) > _MAX_CHARS:
        raise _too_many()
    found: dict[SlideRef, None] = {}
    for item in re.split(r"[,\s]+", text):
        if not item:
            continue
        match = _ITEM.fullmatch(item)
        if match is None:
            raise SlideAddressRefused("The address names something that is no slide. Copy all of it again.")
        ref = SlideRef(match["document"], int(match["version"] or 0), int(match["number"]))
        found[ref] = None
    if len(found) > SLIDES_MAX:
        raise _too_many()
    return tuple(found)


def written(refs: Iterable[SlideRef]) -> str:
    """Return what an address says of some slides: what `parsed` reads."""
    return ",".join(str(ref) for ref in refs)


def exchanged(refs: Sequence[SlideRef], one: SlideRef, other: SlideRef) -> tuple[SlideRef, ...]:
    """Return the slides with two of them in each other's place."""
    places = {one: other, other: one}
    return tuple(places.get(ref, ref) for ref in refs)


def _too_many() -> BasketTooLarge:
    return BasketTooLarge(f"A basket holds at most {SLIDES_MAX} slides. Take some out, or make two baskets.")
