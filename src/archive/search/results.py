"""A page of results, as the web pages, the API and the command line show it."""

from collections.abc import Mapping
from dataclasses import dataclass

from archive.catalogue.records import CatalogueRecord
from archive.highlight.snippet import Fragment
from archive.index.schema import Facet
from archive.model.pages import BlockField, Picture, WordBox
from archive.query.query_expansion import Expansion
from archive.search.question import Question


@dataclass(frozen=True, slots=True)
class SlideHit:
    """A slide or page that matches. `marks` are the boxes of the words to mark on its picture.

    `snippet_field` says where on the page the snippet's words are, None for plain text. `lacking`: the typed
    words that neither the page nor what is known of its talk has, where it was found for the others.
    """

    document_id: str
    filename: str
    number: int
    title: str
    hidden: bool
    snippet: tuple[Fragment, ...]
    snippet_field: BlockField | None
    picture: Picture | None
    marks: tuple[WordBox, ...]
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupResult:
    """A talk (or a document that belongs to no talk) with its best slides.

    `slide_count` slides match in all, with `occurrence_count` marked words on them; `own_slide_count` of them
    are in the document of `record`, the rest in `others`, each with its number. `page_count` is how many
    pages of the document the visitor may see. `has_all_words`: they have all words, not only some.
    `is_found_by_record`: the words are in what is known of the talk or its file, and on none of the slides.
    `is_counted`: not so where the slides have more words than are counted; there may be more marked ones.
    """

    id: str
    title: str
    record: CatalogueRecord
    best: tuple[SlideHit, ...]
    slide_count: int
    own_slide_count: int
    others: tuple[tuple[CatalogueRecord, int], ...]
    occurrence_count: int
    page_count: int
    has_all_words: bool = True
    is_found_by_record: bool = False
    is_counted: bool = True


@dataclass(frozen=True, slots=True)
class SimilarSlide:
    """A slide (the best of its talk) that says much the same as another; `is_same`: word for word."""

    group: GroupResult
    is_same: bool


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """A value to narrow the results by, with what would be left.

    `broader` is the value that this one lies in (a county's larger region), "" where there is none.
    """

    value: str
    label: str
    groups: int
    pages: int
    chosen: bool
    broader: str = ""


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of results. `page_number` is that of the page shown (one beyond the last shows the last).

    `complete`: where not all results have all the words, how many groups and slides do; they come first.
    `widened` says what was looked for in addition to the typed words.
    """

    question: Question
    groups: tuple[GroupResult, ...]
    total_groups: int
    total_slides: int
    page_number: int
    last_page: int
    facets: Mapping[Facet, tuple[FacetChoice, ...]]
    is_everything: bool
    complete: tuple[int, int] | None = None
    widened: tuple[Expansion, ...] = ()
