"""The search page: the start page where nothing is asked, else a page of results; and how to search."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template

from archive.catalogue import directory, events, records
from archive.catalogue.database.sessions import Session
from archive.index.schema import Facet
from archive.index.search import Sort
from archive.model.documents import DocumentKind
from archive.search.no_hits import ZeroHitHelp
from archive.search.question import Question, View
from archive.search.results import ResultPage
from archive.web.http.cache import kept
from archive.web.http.context import current_archive, current_visitor
from archive.web.http.language import current_language
from archive.web.presenters import addresses, facet_links, result_controls
from archive.web.presenters.slide_views import hit_view
from archive.web.presenters.talk_lists import entries

blueprint = Blueprint("search", __name__)

# With fewer slides than this, another spelling is looked for.
_FEW_PAGES = 3


@blueprint.get("/")
def index() -> str:
    """Show results, or the start page where nothing is asked."""
    question = addresses.asked_question()
    return _results(question) if addresses.is_asked(question) else start_page()


@blueprint.get("/help")
def guide() -> str:
    """Explain the query language."""
    return render_template(f"search/guide.{current_language()}.html")


def _results(question: Question) -> str:
    archive, visitor = current_archive(), current_visitor()
    result = archive.search.search(question, visitor)
    is_few = (result.complete or (0, result.total_pages))[1] < _FEW_PAGES
    shown = addresses.with_page(question, result.page)
    return render_template(
        "search/results.html",
        result=result,
        question=shown,
        cards=_cards(result),
        kind=_kind(result),
        facets=facet_links.facet_lists(result, shown),
        chips=result_controls.chips(result, shown),
        orders=result_controls.orders(shown),
        views=result_controls.views(shown),
        is_grid=shown.view is View.SLIDES,
        meant=archive.spelling.meant(question, visitor) if is_few else None,
        zero=ZeroHitHelp(archive.search, archive.analyzer).look(question, visitor)
        if not result.total_groups
        else None,
        asking=lambda text: addresses.address_of(addresses.with_text(shown, text)),
        also=list(dict.fromkeys(one.added for one in result.widened)),
        typed_only=addresses.address_of(addresses.with_typed_words_only(shown, only=True)),
        widened_again=addresses.address_of(addresses.with_typed_words_only(shown, only=False)),
        pages=result_controls.result_pages(result, shown),
        previous_page=addresses.address_of(addresses.with_page(shown, result.page - 1))
        if result.page > 1
        else "",
        next_page=(
            addresses.address_of(addresses.with_page(shown, result.page + 1))
            if result.page < result.page_count
            else ""
        ),
        without_filters=addresses.address_of(addresses.without_filters(shown)),
        is_usual_order=shown.sort is Sort.RELEVANCE,
    )


def _kind(result: ResultPage) -> str:
    """Return what all that was found is, DocumentKind's value, or "" where both kinds are among it."""
    chosen = result.question.filters.get(Facet.KIND, ())
    counted = [choice.value for choice in result.facets.get(Facet.KIND, ()) if choice.groups]
    found = [value for value in counted if not chosen or value in chosen]
    return found[0] if len(found) == 1 else ""


def _cards(result: ResultPage) -> list[dict[str, object]]:
    return [
        {
            "group": group,
            "record": group.record,
            "slides": [hit_view(group.record, hit) for hit in group.best],
        }
        for group in result.groups
    ]


_LATEST = 6  # fills its rows with one, two and three in each
_EVENTS = 6


@dataclass(frozen=True, slots=True)
class Figures:
    """How much of each sort the visitor may see."""

    events: int
    talks: int
    slides: int
    reports: int
    report_pages: int
    people: int
    organisations: int
    regions: int


def start_page() -> str:
    """Show the start page."""
    rank = current_visitor().rank
    with current_archive().database.read() as session:
        newest = kept(session, _latest_ids, rank)
        latest = entries(session, tuple(records.records(session, newest).values()))
        return render_template(
            "search/start.html",
            latest=latest,
            focus_areas=events.focus_areas(session, rank),
            events=events.latest_events(session, rank, _EVENTS),
            figures=_figures(session, rank),
        )


def _latest_ids(session: Session, max_rank: int) -> Sequence[str]:
    return records.latest_ids(session, max_rank, _LATEST)


def _figures(session: Session, rank: int) -> Figures:
    """Return the figures: those of slides by the index, which counts what this visitor may find."""
    kinds = {
        one.value: one
        for one in current_archive().search.facet_values(Question(), Facet.KIND, current_visitor(), 10)
    }
    decks, reports = kinds.get(DocumentKind.DECK.value), kinds.get(DocumentKind.REPORT.value)
    return Figures(
        events=sum(count for _, count in kept(session, directory.years, rank)),
        talks=decks.groups if decks else 0,
        slides=decks.pages if decks else 0,
        reports=reports.groups if reports else 0,
        report_pages=reports.pages if reports else 0,
        people=len(kept(session, directory.people, rank)),
        organisations=len(kept(session, directory.organisations, rank)),
        regions=len(kept(session, directory.listed_regions, rank)),
    )
