"""Facet values as links: plain lists, and the tree of regions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.index.schema import Facet
from archive.search.question import Question
from archive.search.results import FacetChoice
from archive.web.presenters.addresses import address_of, with_value, without_value
from archive.web.presenters.names import choice_name


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
