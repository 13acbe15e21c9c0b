"""The facets beside a result: the values shown at once, the way to all of them, the years as a histogram."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.index.schema import Facet
from archive.search.question import Question
from archive.search.results import FacetChoice, ResultPage
from archive.web.presenters.addresses import values_address
from archive.web.presenters.facet_links import Choice, link, links, ordered
from archive.web.presenters.histogram import Histogram, histogram
from archive.web.presenters.names import facet_name

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
