"""The JSON of a search and of suggestions."""

from pydantic import Field

from archive.web.presenters.api.answers import Answer


class Hit(Answer):
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
    file_date: str = Field(description="Where no record has a date, the file's: YYYY, YYYY-MM, YYYY-MM-DD")
    snippet: str
    snippet_html: str = Field(description="The snippet, escaped, with the question's words in <mark>")
    url: str
    missing: tuple[str, ...] = Field(
        description="The words of the question that neither the slide nor its talk has, in a group for some"
    )
    picture: str = Field(description="The slide's picture (WebP), empty where there is none")
    thumbnail: str


class Group(Answer):
    """A talk (or a document without one) that matches."""

    id: str
    title: str
    url: str = Field(description="The document of the best slide, with the question's words marked")
    talk_url: str = Field(description="The talk's own address, empty for a document without one")
    pages: int = Field(description="How many of its slides match")
    has_all_words: bool = Field(
        description="Whether these have all words of the question, not only some; such groups come first"
    )
    occurrences: int = Field(
        description="How many marked words stand on them; at least so many, where their texts are very long"
    )


class FacetValue(Answer):
    """A value to narrow by, with how many talks and slides it would leave."""

    value: str
    label: str
    groups: int
    pages: int
    chosen: bool


class SearchResponse(Answer):
    """One page of results: `hits` are the best slides of each group, in the groups' order."""

    query: str
    sort: str
    page: int
    page_count: int
    total: int = Field(description="How many slides match")
    total_groups: int = Field(description="How many talks match")
    total_with_all_words: int = Field(description="How many of these slides have all words of the question")
    groups_with_all_words: int = Field(description="How many of these talks have such slides")
    hits: tuple[Hit, ...]
    groups: tuple[Group, ...]
    facets: dict[str, tuple[FacetValue, ...]]


class SuggestedItem(Answer):
    """Something that begins as typed: a speaker, organisation, region, focus area, title or term."""

    kind: str
    text: str
    url: str


class SuggestionAnswer(Answer):
    """At most five suggestions, the best first."""

    suggestions: tuple[SuggestedItem, ...]
