"""Facet values as links: plain lists, and the tree of regions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.index.schema import Facet
from archive.search.question import Question
from archive.search.results import FacetChoice, ResultPage
from archive.web.presenters.addresses import address_of, values_address, with_value, without_value
from archive.web.presenters.names import choice_name, facet_name


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet as a link that chooses it or, where it is chosen, takes it away.

    `depth`: how many broader values stand above it in a tree, 0 in a plain list.
    """

    value: str
    label: str
    groups: int
    is_chosen: bool
    address: str
    depth: int = 0


def links(question: Question, facet: Facet, choices: Sequence[FacetChoice]) -> list[Choice]:
    """Return all values as links: regions as a tree, others chosen ones first, then as they were given."""
    return [link(question, facet, choice, depth) for choice, depth in ordered(facet, choices)]


def ordered(facet: Facet, choices: Sequence[FacetChoice]) -> list[tuple[FacetChoice, int]]:
    """Return all values in the order of their links, each with its depth: cheaper than the links."""
    if facet is Facet.REGION:
        return list(_tree(choices, "", 0))
    return [(choice, 0) for choice in sorted(choices, key=lambda choice: not choice.chosen)]


def _tree(choices: Sequence[FacetChoice], broader: str, depth: int) -> Iterator[tuple[FacetChoice, int]]:
    """Yield the values that lie in one, each followed by those in it; what lies in none given is a root."""
    given = {choice.value for choice in choices}
    for choice in choices:
        above = choice.broader if choice.broader in given else ""
        if above == broader:
            yield choice, depth
            yield from _tree(choices, choice.value, depth + 1)


def link(question: Question, facet: Facet, choice: FacetChoice, depth: int = 0) -> Choice:
    """Return one value as a link."""
    change = without_value if choice.chosen else with_value
    return Choice(
        value=choice.value,
        label=choice_name(facet, choice.value, choice.label),
        groups=choice.groups,
        is_chosen=choice.chosen,
        address=address_of(change(question, facet, choice.value)),
        depth=depth,
    )


# A bar's slot is as wide as the smallest thing that may be asked to be touched (WCAG 2.2, 2.5.8: 24 px).
SLOT_PX = 26
HEIGHT_PX = 72
_BAR_MIN_PX = 3
_YEARS_MIN = 3
# Beyond this a year without talks gets no slot: a wrong date must not make a picture of a thousand years.
_SPAN_MAX = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """A year: its slot begins at `x`, its bar is `height` high (both in px)."""

    choice: Choice
    x: int
    height: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """The years from the first to the last, those without talks as empty slots. `width` in px."""

    bars: Sequence[Bar]
    width: int
    height: int = HEIGHT_PX
    slot: int = SLOT_PX


def histogram(choices: Sequence[Choice]) -> Histogram | None:
    """Return the picture of some years, or None where there are too few to be worth one."""
    years = sorted((choice for choice in choices if choice.value.isdecimal()), key=lambda one: int(one.value))
    if len(years) < _YEARS_MIN:
        return None
    first, last = int(years[0].value), int(years[-1].value)
    is_whole = last - first < _SPAN_MAX
    slots = [int(choice.value) - first if is_whole else at for at, choice in enumerate(years)]
    most = max(1, *(choice.groups for choice in years))
    bars = tuple(
        Bar(choice, slot * SLOT_PX, max(_BAR_MIN_PX, round(HEIGHT_PX * choice.groups / most)))
        for choice, slot in zip(years, slots, strict=True)
    )
    return Histogram(bars, (slots[-1] + 1) * SLOT_PX)


_SHOWN_AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class FacetList:
    """A facet's heading, the values shown at once, and the address of all values where there are more."""

    name: str
    key: str
    choices: Sequence[Choice]
    more_address: str
    years: Histogram | None = None


def facet_lists(result: ResultPage, question: Question) -> list[FacetList]:
    """Return the facets that can narrow this result, and those with a chosen value."""
    return [
        _facet_list(question, facet, choices)
        for facet, choices in result.facets.items()
        if any(choice.chosen or choice.groups < result.total_groups for choice in choices)
    ]


def _facet_list(question: Question, facet: Facet, choices: Sequence[FacetChoice]) -> FacetList:
    years = histogram(links(question, facet, choices)) if facet is Facet.YEAR else None
    shown = [] if years else _shown(ordered(facet, choices))
    has_more = not years and len(shown) < len(choices)
    return FacetList(
        facet_name(facet),
        facet.value,
        [link(question, facet, choice, depth) for choice, depth in shown],
        values_address(question, facet) if has_more else "",
        years,
    )


def _shown(choices: Sequence[tuple[FacetChoice, int]]) -> Sequence[tuple[FacetChoice, int]]:
    """Return the first values and every chosen one; one more rather than a link to a single one."""
    if len(choices) <= _SHOWN_AT_ONCE + 1:
        return choices
    return [one for at, one in enumerate(choices) if at < _SHOWN_AT_ONCE or one[0].chosen]
