"""The parameters of a question, as the document of the interface tells them.

They are read by `presenters/addresses.py`, as those of the search page: no value is an error, so nothing here
is narrower than text.
"""

from pydantic import Field

from archive.web.views.api.contract import Query

_VALUES = "A value of this facet; may be repeated"


class SearchQuery(Query):
    """A question: words, filters, order, page."""

    q: str = Field("", description="Words, as in the search box; none gives everything")
    focus_area: list[str] = Field([], description=_VALUES)
    event: list[str] = Field([], description=_VALUES)
    year: list[str] = Field([], description=_VALUES)
    region: list[str] = Field([], description=_VALUES)
    organisation: list[str] = Field([], description=_VALUES)
    speaker: list[str] = Field([], description=_VALUES)
    kind: list[str] = Field([], description=_VALUES)
    language: list[str] = Field([], description=_VALUES)
    media_type: list[str] = Field([], description=_VALUES)
    sort: str = Field("", description="relevance, newest, oldest or title")
    page: str = Field("", description="Which page of results, from 1")
    view: str = Field("", description="cards, list or slides: how many slides of each talk")
    only: str = Field("", description="typed: nothing but the typed words")


class SuggestQuery(Query):
    """What suggestions are to begin with."""

    q: str = Field("", description="What was typed, at least two letters")
