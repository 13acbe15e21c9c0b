"""The result page's own controls: chips of what is chosen, orders, views, pages."""

from dataclasses import dataclass

from archive.index.search import Sort
from archive.search.question import Question, View
from archive.search.results import ResultPage
from archive.web.http.language import gettext
from archive.web.presenters.addresses import address_of, with_page, with_sort, with_view, without_value
from archive.web.presenters.names import choice_name, facet_name

_PAGES_AROUND = 2


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen value, and the address without it."""

    facet: str
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a row of links; "" as address stands for a gap."""

    label: str
    address: str
    is_current: bool = False


def chips(result: ResultPage, question: Question) -> list[Chip]:
    """Return what is chosen, each with the address that takes it away."""
    shown = []
    for facet, values in question.filters.items():
        labels = {choice.value: choice.label for choice in result.facets.get(facet, ())}
        for value in values:
            label = choice_name(facet, value, labels.get(value, value))
            shown.append(Chip(facet_name(facet), label, address_of(without_value(question, facet, value))))
    return shown


def orders(question: Question) -> list[Link]:
    """Return the orders that results can stand in."""
    names = {
        Sort.RELEVANCE: gettext("Relevans"),
        Sort.NEWEST: gettext("Nyast"),
        Sort.OLDEST: gettext("Äldst"),
        Sort.TITLE: gettext("Titel"),
    }
    return [
        Link(str(name), address_of(with_sort(question, sort)), sort is question.sort)
        for sort, name in names.items()
    ]


def views(question: Question) -> list[Link]:
    """Return the ways that results can be shown in."""
    names = {View.CARDS: gettext("Presentationer"), View.SLIDES: gettext("Bilder")}
    return [
        Link(str(name), address_of(with_view(question, view)), view is question.view)
        for view, name in names.items()
    ]


def page_numbers(page: int, page_count: int) -> list[int]:
    """Return the page numbers to link: the first, the last and those around; 0 stands for a gap."""
    near = range(page - _PAGES_AROUND, page + _PAGES_AROUND + 1)
    wanted = sorted({1, page_count, *(number for number in near if 1 <= number <= page_count)})
    numbers: list[int] = []
    for number in wanted:
        if numbers and number == numbers[-1] + 2:
            numbers.append(number - 1)
        elif numbers and number > numbers[-1] + 2:
            numbers.append(0)
        numbers.append(number)
    return numbers


def result_pages(result: ResultPage, question: Question) -> list[Link]:
    """Return links to the pages of a result."""
    return [
        Link(str(number), address_of(with_page(question, number)), number == result.page_number)
        if number
        else Link("…", "")
        for number in page_numbers(result.page_number, result.last_page)
    ]
