"""The JSON interface's answers, as they go over the wire."""

from pydantic import BaseModel, ConfigDict, Field


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Hit(_Answer):
    """A slide or page that matches. Addresses are paths on this site."""

    group: str = Field(description="The talk's identifier, or the document's where there is no talk")
    document: str
    filename: str
    page: int = Field(ge=1)
    title: str
    document_title: str
    kind: str
    speakers: tuple[str, ...]
    organisations: tuple[str, ...]
    event: str
    date: str = Field(description="YYYY-MM-DD, or empty")
    snippet: str
    snippet_html: str = Field(description="The snippet, escaped, with the question's words in <mark>")
    url: str
    picture: str = Field(description="The slide's picture (WebP), empty where there is none")
    thumbnail: str


class Group(_Answer):
    """A talk (or a document without one) that matches."""

    id: str
    title: str
    url: str
    pages: int = Field(description="How many of its slides match")
    occurrences: int = Field(description="How many marked words stand on them")


class FacetValue(_Answer):
    """A value to narrow by, with how many talks and slides it would leave."""

    value: str
    label: str
    groups: int
    pages: int
    chosen: bool


class SearchResponse(_Answer):
    """One page of results: `hits` are the best slides of each group, in the groups' order."""

    query: str
    sort: str
    page: int
    page_count: int
    total: int = Field(description="How many slides match")
    total_groups: int = Field(description="How many talks match")
    hits: tuple[Hit, ...]
    groups: tuple[Group, ...]
    facets: dict[str, tuple[FacetValue, ...]]


class SuggestedItem(_Answer):
    """Something that begins as typed: a speaker, organisation, region, focus area, title or term."""

    kind: str
    text: str
    url: str


class SuggestionAnswer(_Answer):
    """At most five suggestions, the best first."""

    suggestions: tuple[SuggestedItem, ...]


class ProblemAnswer(_Answer):
    """An error as RFC 9457 has it; `code` is stable."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str


class HealthAnswer(_Answer):
    """Whether the archive can answer searches, and what waits to be done."""

    status: str
    database: bool
    index: bool
    pending: dict[str, int]
