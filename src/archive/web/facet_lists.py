"""The facets beside a result: the values shown at once, the way to all of them, the years as a histogram."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.results import FacetChoice, Question, ResultPage
from archive.text.terms import Facet
from archive.web.address import values_address
from archive.web.choices import Choice, links
from archive.web.histogram import Histogram, histogram
from archive.web.names import facet_name

_SHOWN_AT_ONCE = 6
_REGIONS_AT_ONCE = 10


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
    name, key = facet_name(facet), facet.value
    if facet is Facet.YEAR and (years := histogram(links(question, facet, choices))):
        return FacetList(name, key, (), "", years)
    # A tree is cut where it is drawn; of a plain list only what is shown is made into links.
    given = choices if facet is Facet.REGION else _shown(choices)
    shown = links(question, facet, given)
    if facet is Facet.REGION:
        shown = [one for at, one in enumerate(shown) if at < _REGIONS_AT_ONCE or one.is_chosen]
    more = values_address(question, facet) if len(shown) < len(choices) else ""
    return FacetList(name, key, shown, more)


def _shown(choices: Sequence[FacetChoice]) -> Sequence[FacetChoice]:
    """Return the first values and every chosen one; one more rather than a link to a single one."""
    if len(choices) <= _SHOWN_AT_ONCE + 1:
        return choices
    return [choice for at, choice in enumerate(choices) if at < _SHOWN_AT_ONCE or choice.chosen]
