"""Regions of the controlled vocabulary that slides name: "Gävleborg", "Region Örebro län", "Dalarnas"."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from archive.model.events import Region
from archive.model.pages import REPEATED_FIELDS, UNSEARCHED_FIELDS, BlockField, Page
from archive.review.proposal import Proposal, Source

_NOT_READ = (
    REPEATED_FIELDS
    | UNSEARCHED_FIELDS
    | {BlockField.NOTES, BlockField.COMMENT, BlockField.LINK, BlockField.EMBEDDED}
)
_PAGES_FOR_SUBJECT = 3
_PROPOSALS_MAX = 8
_FOLLOWED_BY_OTHER = r"(?!\s+(?:universitet|högskola|stad|kommun|tingsrätt|flygplats|central|slott|fk)\w*)"
_ALSO_TOWNS = frozenset({"stockholm", "uppsala", "örebro", "jönköping", "kalmar"})
"""Names of counties that are towns, too, and rather those where nothing but the name is said."""


def proposed_regions(pages: Sequence[Page], regions: Iterable[Region]) -> tuple[Proposal, ...]:
    """Return the regions that pages name, the surest first; `id` is the region's code.

    Not the whole country, which most decks name. A name that two places share means the narrower one.
    """
    by_name = _by_name(regions)
    if not by_name:
        return ()
    pattern = _pattern(by_name)
    found: defaultdict[str, dict[int, set[str]]] = defaultdict(dict)
    for page in pages:
        text = "\n".join(block.text for block in page.blocks if block.field not in _NOT_READ)
        for match in pattern.finditer(text):
            name = match["name"].casefold()
            found[by_name[name].code].setdefault(page.number, set()).add(name)
    codes = {region.code: region for region in by_name.values()}
    first = pages[0].number if pages else 0
    proposals = [_proposal(codes[code], numbers, first) for code, numbers in found.items()]
    proposals.sort(key=lambda one: (-one.certainty, one.page_number or 0, one.id))
    return tuple(proposals[:_PROPOSALS_MAX])


def _proposal(region: Region, numbers: dict[int, set[str]], first: int) -> Proposal:
    is_first = first in numbers
    certainty = 0.9 if is_first else min(0.5 + 0.15 * (len(numbers) - 1), 0.85)
    if set().union(*numbers.values()) <= _ALSO_TOWNS:
        certainty = min(certainty, 0.5 if is_first or len(numbers) >= _PAGES_FOR_SUBJECT else 0.3)
    source = Source.FIRST_SLIDE if is_first else Source.SLIDES
    return Proposal(region.name, source, round(certainty, 2), min(numbers), region.code)


def _by_name(regions: Iterable[Region]) -> dict[str, Region]:
    """Return regions by each of their names in small letters, the narrower one where two share a name."""
    named: dict[str, Region] = {}
    for region in sorted(regions, key=lambda one: len(one.code)):
        if region.broader is not None:
            named |= {name.casefold(): region for name in (region.name, *region.alternative_names)}
    return named


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for whole names, the longest first, with the Swedish genitive or without."""
    longest = sorted(names, key=len, reverse=True)
    either = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest)
    return re.compile(
        rf"(?<![\w-])(?P<name>{either})(?:s|:s)?(?![\w-]|\.\w){_FOLLOWED_BY_OTHER}", re.IGNORECASE
    )
