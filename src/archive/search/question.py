"""A question, as the web pages, the API and the command line ask it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from archive.index.schema import Facet
from archive.index.search import Sort

SHOWN_FACETS = (
    Facet.FOCUS_AREA,
    Facet.EVENT,
    Facet.YEAR,
    Facet.REGION,
    Facet.ORGANISATION,
    Facet.SPEAKER,
    Facet.KIND,
    Facet.LANGUAGE,
    Facet.MEDIA_TYPE,
)
"""The facets that a visitor may narrow a question by, in the order in which they are shown."""


class View(StrEnum):
    """How results are shown: a card for each talk, one row for each, or a dense grid of its slides."""

    CARDS = "cards"
    LIST = "list"
    SLIDES = "slides"


@dataclass(frozen=True, slots=True)
class Question:
    """What a visitor asks.

    Attributes:
        text: words in our query language.
        filters: per facet the chosen values.
        sort: the order of the results.
        page: which page of results, from 1.
        view: how results are shown.
        widen: whether other words than the typed ones are looked for, too.
    """

    text: str = ""
    filters: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    view: View = View.CARDS
    widen: bool = True
