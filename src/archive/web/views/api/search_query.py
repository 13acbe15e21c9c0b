"""The parameters of a question, as the document of the interface tells them.

Feeds read them as the search page does (`presenters/addresses.py`): no value is an error. Who asks the
interface itself is told what cannot be, instead of finding nothing.
"""

from typing import Annotated, Literal

from pydantic import Field

from archive.model.documents import DocumentKind
from archive.search.filters import MEDIA_TYPE, YEAR
from archive.web.views.api.contract import Query

_VALUES = "A value of this facet; may be repeated"
_VALUES_MAX = 24
_Identifier = Annotated[str, Field(pattern="^[A-Za-z0-9_-]{1,100}$")]
_Year = Annotated[str, Field(pattern=YEAR)]
_MediaType = Annotated[str, Field(pattern=MEDIA_TYPE, max_length=100)]


class _QuestionQuery(Query):
    q: str = Field("", description="Words, as in the search box; none gives everything")
    sort: str = Field("", description="relevance, newest, oldest or title")
    page: str = Field("", description="Which page of results, from 1")
    view: str = Field("", description="cards, list or slides: how many slides of each talk")
    only: str = Field("", description="typed: nothing but the typed words")


class FeedQuery(_QuestionQuery):
    """A question: words, filters, order, page."""

    focus_area: list[str] = Field([], description=_VALUES)
    event: list[str] = Field([], description=_VALUES)
    year: list[str] = Field([], description=_VALUES)
    region: list[str] = Field([], description=_VALUES)
    organisation: list[str] = Field([], description=_VALUES)
    speaker: list[str] = Field([], description=_VALUES)
    kind: list[str] = Field([], description=_VALUES)
    language: list[str] = Field([], description=_VALUES)
    media_type: list[str] = Field([], description=_VALUES)


class SearchQuery(_QuestionQuery):
    """A question: words, filters, order, page."""

    focus_area: list[_Identifier] = Field([], max_length=_VALUES_MAX, description=_VALUES)
    event: list[_Identifier] = Field([], max_length=_VALUES_MAX, description=_VALUES)
    year: list[_Year] = Field([], max_length=_VALUES_MAX, description=_VALUES)
    region: list[_Identifier] = Field([], max_length=_VALUES_MAX, description=_VALUES)
    organisation: list[_Identifier] = Field([], max_length=_VALUES_MAX, description=_VALUES)
    speaker: list[_Identifier] = Field([], max_length=_VALUES_MAX, description=_VALUES)
    kind: list[DocumentKind] = Field([], max_length=_VALUES_MAX, description=_VALUES)
    language: list[Literal["sv", "en"]] = Field([], max_length=_VALUES_MAX, description=_VALUES)
    media_type: list[_MediaType] = Field([], max_length=_VALUES_MAX, description=_VALUES)


class SuggestQuery(Query):
    """What suggestions are to begin with."""

    q: str = Field("", description="What was typed, at least two letters")
