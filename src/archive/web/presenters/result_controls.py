"""A page of results: its cards, its facets, and its controls (chips, orders, views, pages)."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.catalogue.records import CatalogueRecord
from archive.index.schema import Facet
from archive.index.search import Sort
from archive.query.ast import SearchField
from archive.query.field_names import FIELD_NAMES, FIELD_SIGN, unknown_fields, unknown_values
from archive.search.did_you_mean import Meant
from archive.search.no_hits import ZeroHits
from archive.search.question import Question, View
from archive.search.results import GroupResult, ResultPage
from archive.web.http.language import gettext
from archive.web.presenters import addresses
from archive.web.presenters.addresses import address_of
from archive.web.presenters.facet_links import FacetList, facet_lists
from archive.web.presenters.names import choice_name, facet_name
from archive.web.presenters.slide_views import SlideView, hit_view

_PAGES_AROUND = 2


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value, and the address without it."""

    facet: str
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class RowLink:
    """A link in a row of links; "" as address is a gap."""

    label: str
    address: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class ResultCard:
    """A talk, or a document without one, with its best slides."""

    group: GroupResult
    record: CatalogueRecord
    slides: Sequence[SlideView]


@dataclass(frozen=True, slots=True)
class ResultView:
    """All that a page of results shows.

    `question` has the number of the page shown: a page beyond the last shows the last. `kind`: the value of
    DocumentKind that all results have, "" where there are both kinds. `added_words`: what was searched for
    next to the typed words. `no_hits`: help where there are no results, else None.
    """

    result: ResultPage
    question: Question
    kind: str
    cards: Sequence[ResultCard]
    facets: Sequence[FacetList]
    chips: Sequence[Chip]
    orders: Sequence[RowLink]
    views: Sequence[RowLink]
    pages: Sequence[RowLink]
    added_words: Sequence[str]
    did_you_mean: Meant | None
    no_hits: ZeroHits | None

    @property
    def unknown_fields(self) -> Sequence[str]:
        """Return what was written like a field's name and is none: its words are looked for as words."""
        return unknown_fields(self.question.text) if FIELD_SIGN in self.question.text else ()

    @property
    def unknown_values(self) -> Sequence[tuple[str, str, SearchField]]:
        """Return what was written as the value of a field that has only others: name, value and field."""
        text = self.question.text
        wrong = unknown_values(text) if FIELD_SIGN in text else ()
        return [(name, value, FIELD_NAMES[name]) for name, value in wrong]

    @property
    def whole_count(self) -> int:
        """Return how many talks have all that is asked for."""
        return self.result.complete[0] if self.result.complete else self.result.total_groups

    @property
    def is_grid(self) -> bool:
        """Return whether slides are shown in a grid instead of cards."""
        return self.question.view is View.SLIDES

    @property
    def is_list(self) -> bool:
        """Return whether each talk is one row of a list."""
        return self.question.view is View.LIST

    @property
    def is_default_view(self) -> bool:
        """Return whether talks are shown as cards."""
        return self.question.view is View.CARDS

    @property
    def is_default_order(self) -> bool:
        """Return whether the best results come first."""
        return self.question.sort is Sort.RELEVANCE

    @property
    def first_with_some(self) -> ResultCard | None:
        """Return the first card shown for some of the words, before which a line says so."""
        return next((card for card in self.cards if not card.group.has_all_words), None)

    @property
    def folded_address(self) -> str:
        """Return the address of further talks with some of the words; "" where they are not folded away.

        They are where the first page already shows such talks: who goes on sees all pages.
        """
        is_first = self.result.page_number == 1
        return self.next_address if is_first and self.first_with_some else ""

    @property
    def folded_count(self) -> int:
        """Return how many talks are on further pages."""
        return self.result.total_groups - len(self.cards)

    @property
    def previous_address(self) -> str:
        """Return the address of the page before; "" on the first."""
        page = self.result.page_number
        return address_of(addresses.with_page(self.question, page - 1)) if page > 1 else ""

    @property
    def next_address(self) -> str:
        """Return the address of the page after; "" on the last."""
        page = self.result.page_number
        is_last = page >= self.result.last_page
        return "" if is_last else address_of(addresses.with_page(self.question, page + 1))

    @property
    def unfiltered_address(self) -> str:
        """Return the address without any chosen value."""
        return address_of(addresses.without_filters(self.question))

    @property
    def typed_words_address(self) -> str:
        """Return the address of the results for the typed words only."""
        return address_of(addresses.with_typed_words_only(self.question, only=True))

    @property
    def widened_address(self) -> str:
        """Return the address of the results for more than the typed words."""
        return address_of(addresses.with_typed_words_only(self.question, only=False))

    def text_address(self, text: str) -> str:
        """Return the address of another question with the same filters."""
        return address_of(addresses.with_text(self.question, text))


def result_view(result: ResultPage, did_you_mean: Meant | None, no_hits: ZeroHits | None) -> ResultView:
    """Return what the page of a result shows."""
    question = addresses.with_page(result.question, result.page_number)
    return ResultView(
        result=result,
        question=question,
        kind=_kind(result),
        cards=[
            ResultCard(group, group.record, [hit_view(group.record, hit) for hit in group.best])
            for group in result.groups
        ],
        facets=facet_lists(result, question),
        chips=_chips(result, question),
        orders=_orders(question),
        views=_views(question),
        pages=_page_links(result, question),
        added_words=list(dict.fromkeys(expansion.added for expansion in result.widened)),
        did_you_mean=did_you_mean,
        no_hits=no_hits,
    )


def page_numbers(page: int, page_count: int) -> list[int]:
    """Return the page numbers to link: the first, the last and those around `page`; 0 is a gap."""
    around = range(page - _PAGES_AROUND, page + _PAGES_AROUND + 1)
    wanted = sorted({1, page_count, *(number for number in around if 1 <= number <= page_count)})
    numbers: list[int] = []
    for number in wanted:
        if numbers and number == numbers[-1] + 2:
            numbers.append(number - 1)
        elif numbers and number > numbers[-1] + 2:
            numbers.append(0)
        numbers.append(number)
    return numbers


def _kind(result: ResultPage) -> str:
    chosen = result.question.filters.get(Facet.KIND, ())
    counted = [choice.value for choice in result.facets.get(Facet.KIND, ()) if choice.groups]
    kinds = [value for value in counted if not chosen or value in chosen]
    return kinds[0] if len(kinds) == 1 else ""


def _chips(result: ResultPage, question: Question) -> list[Chip]:
    chips = []
    for facet, values in question.filters.items():
        labels = {choice.value: choice.label for choice in result.facets.get(facet, ())}
        for value in values:
            label = choice_name(facet, value, labels.get(value, value))
            address = address_of(addresses.without_value(question, facet, value))
            chips.append(Chip(facet_name(facet), label, address))
    return chips


def _orders(question: Question) -> list[RowLink]:
    names = {
        Sort.RELEVANCE: gettext("Relevans"),
        Sort.NEWEST: gettext("Nyast först"),
        Sort.OLDEST: gettext("Äldst först"),
        Sort.TITLE: gettext("Titel A–Ö"),
    }
    return [
        RowLink(str(name), address_of(addresses.with_sort(question, sort)), sort is question.sort)
        for sort, name in names.items()
    ]


def _views(question: Question) -> list[RowLink]:
    names = {
        View.CARDS: gettext("Presentationer"),
        View.LIST: gettext("Lista"),
        View.SLIDES: gettext("Bilder"),
    }
    return [
        RowLink(str(name), address_of(addresses.with_view(question, view)), view is question.view)
        for view, name in names.items()
    ]


def _page_links(result: ResultPage, question: Question) -> list[RowLink]:
    return [
        RowLink(str(number), address_of(addresses.with_page(question, number)), number == result.page_number)
        if number
        else RowLink("…", "")
        for number in page_numbers(result.page_number, result.last_page)
    ]
