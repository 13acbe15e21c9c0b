"""Facet values as links: plain lists, and the tree of regions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.results import FacetChoice, Question
from archive.text.terms import Facet
from archive.web.address import address_of, with_value, without_value
from archive.web.names import choice_name


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
    if facet is Facet.REGION:
        return list(_tree(question, choices, "", 0))
    shown = [_choice(question, facet, choice) for choice in choices]
    return sorted(shown, key=lambda choice: not choice.is_chosen)


def _tree(question: Question, choices: Sequence[FacetChoice], broader: str, depth: int) -> Iterator[Choice]:
    """Yield the values that lie in one, each followed by those in it; what lies in none given is a root."""
    given = {choice.value for choice in choices}
    for choice in choices:
        above = choice.broader if choice.broader in given else ""
        if above == broader:
            yield replace(_choice(question, Facet.REGION, choice), depth=depth)
            yield from _tree(question, choices, choice.value, depth + 1)


def _choice(question: Question, facet: Facet, choice: FacetChoice) -> Choice:
    change = without_value if choice.chosen else with_value
    return Choice(
        value=choice.value,
        label=choice_name(facet, choice.value, choice.label),
        groups=choice.groups,
        is_chosen=choice.chosen,
        address=address_of(change(question, facet, choice.value)),
    )
