"""Facets as links that narrow a question: lists of values, the tree of regions, the years as a histogram."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.index.schema import Facet
from archive.search.question import Question
from archive.search.results import FacetChoice, ResultPage
from archive.web.http.context import current_archive
from archive.web.presenters.addresses import address_of, values_address, with_value, without_value
from archive.web.presenters.names import choice_name, facet_name

_SHOWN_AT_ONCE = 6
# A list that could sort less than this part of what was found is in the way of the others.
_COVERED_MIN = 0.2
# The facets of which a talk has one value at most, so that the rest can be counted: those without any.
_ONE_VALUE_EACH = (Facet.YEAR, Facet.EVENT)
# A bar's slot is as wide as the smallest allowed target of a pointer (WCAG 2.2, 2.5.8: 24 px).
SLOT_PX = 26
HEIGHT_PX = 72
_BAR_MIN_PX = 3
_YEARS_MIN = 3
# Over a longer span years without talks get no slot: a wrong date must not give a thousand of them.
_SPAN_MAX = 60


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value of a facet as a link that chooses it or, where it is chosen, removes it.

    `depth`: how many broader values are above it in a tree, 0 in a plain list.
    """

    value: str
    label: str
    groups: int
    is_chosen: bool
    address: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """A year: its slot begins at `x`, its bar is `height` high (both in px)."""

    choice: FacetLink
    x: int
    height: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """The years from the first to the last, those without talks as empty slots; sizes in px."""

    bars: Sequence[Bar]
    width: int
    height: int = HEIGHT_PX
    slot: int = SLOT_PX


@dataclass(frozen=True, slots=True)
class FacetList:
    """A facet's heading and the values shown at once; where there are more, the address of all of them.

    `missing`: how many of the results have no value, as far as that is known.
    """

    name: str
    key: str
    choices: Sequence[FacetLink]
    more_address: str
    years: Histogram | None = None
    missing: int = 0


def facet_lists(result: ResultPage, question: Question) -> list[FacetList]:
    """Return the facets that can narrow this result and cover enough of it, and those with a chosen value."""
    return [
        _facet_list(question, facet, choices, result.total_groups)
        for facet, choices in result.facets.items()
        if any(choice.chosen for choice in choices) or _is_useful(choices, result.total_groups)
    ]


def _is_useful(choices: Sequence[FacetChoice], total_groups: int) -> bool:
    """Return whether some value leaves less than everything, and the values may cover enough.

    A talk may have several values, so that their sum is the most they can cover.
    """
    narrows = any(choice.groups < total_groups for choice in choices)
    return narrows and sum(choice.groups for choice in choices) >= _COVERED_MIN * total_groups


def _missing(facet: Facet, choices: Sequence[FacetChoice], total_groups: int) -> int:
    """Return how many results have no value of a facet; 0 also where the counts do not tell."""
    is_known = facet in _ONE_VALUE_EACH and not any(choice.chosen for choice in choices)
    is_whole = len(choices) < current_archive().settings.search.facet_values_max
    covered = sum(choice.groups for choice in choices)
    return total_groups - covered if is_known and is_whole and covered < total_groups else 0


def facet_links(question: Question, facet: Facet, choices: Sequence[FacetChoice]) -> list[FacetLink]:
    """Return all values as links: regions as a tree, others in the given order but chosen ones first."""
    return [_link(question, facet, choice, depth) for choice, depth in _in_link_order(facet, choices)]


def histogram(years: Sequence[FacetLink]) -> Histogram | None:
    """Return the histogram of some years, or None where there are fewer than three."""
    ascending = sorted((link for link in years if link.value.isdecimal()), key=lambda link: int(link.value))
    if len(ascending) < _YEARS_MIN:
        return None
    first, last = int(ascending[0].value), int(ascending[-1].value)
    has_empty_slots = last - first < _SPAN_MAX
    slots = [int(link.value) - first if has_empty_slots else at for at, link in enumerate(ascending)]
    most = max(1, *(link.groups for link in ascending))
    bars = tuple(
        Bar(link, slot * SLOT_PX, max(_BAR_MIN_PX, round(HEIGHT_PX * link.groups / most)))
        for link, slot in zip(ascending, slots, strict=True)
    )
    return Histogram(bars, (slots[-1] + 1) * SLOT_PX)


def _facet_list(
    question: Question, facet: Facet, choices: Sequence[FacetChoice], total_groups: int
) -> FacetList:
    years = histogram(facet_links(question, facet, choices)) if facet is Facet.YEAR else None
    shown = [] if years else _shown(_in_link_order(facet, choices))
    has_more = not years and len(shown) < len(choices)
    return FacetList(
        facet_name(facet),
        facet.value,
        [_link(question, facet, choice, depth) for choice, depth in shown],
        values_address(question, facet) if has_more else "",
        years,
        _missing(facet, choices, total_groups),
    )


def _shown(choices: Sequence[tuple[FacetChoice, int]]) -> Sequence[tuple[FacetChoice, int]]:
    """Return the first values and every chosen one; one more where the link to all would hide only one."""
    if len(choices) <= _SHOWN_AT_ONCE + 1:
        return choices
    return [pair for at, pair in enumerate(choices) if at < _SHOWN_AT_ONCE or pair[0].chosen]


def _in_link_order(facet: Facet, choices: Sequence[FacetChoice]) -> list[tuple[FacetChoice, int]]:
    """Return all values in the order of their links, each with its depth: cheaper than making the links."""
    if facet is Facet.REGION:
        return list(_tree(choices, "", 0))
    return [(choice, 0) for choice in sorted(choices, key=lambda choice: not choice.chosen)]


def _tree(choices: Sequence[FacetChoice], broader: str, depth: int) -> Iterator[tuple[FacetChoice, int]]:
    """Yield the values within `broader`, each followed by those within it; a value within none is a root."""
    given = {choice.value for choice in choices}
    for choice in choices:
        above = choice.broader if choice.broader in given else ""
        if above == broader:
            yield choice, depth
            yield from _tree(choices, choice.value, depth + 1)


def _link(question: Question, facet: Facet, choice: FacetChoice, depth: int) -> FacetLink:
    change = without_value if choice.chosen else with_value
    return FacetLink(
        value=choice.value,
        label=choice_name(facet, choice.value, choice.label),
        groups=choice.groups,
        is_chosen=choice.chosen,
        address=address_of(change(question, facet, choice.value)),
        depth=depth,
    )
