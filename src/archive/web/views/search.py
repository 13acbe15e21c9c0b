"""The search page: results, or the start page where nothing is searched for; the guide; suggestions."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, current_app, render_template, request, url_for

from archive.catalogue import records
from archive.catalogue.database.sessions import Session
from archive.catalogue.events import directory, events
from archive.catalogue.events.directory import revision
from archive.index.schema import Facet
from archive.model.documents import DocumentKind
from archive.search.examples import ENGLISH, SWEDISH, Examples
from archive.search.no_hits import ZeroHitHelp
from archive.search.question import Question
from archive.search.results import ResultPage
from archive.search.suggestions import Suggestion, SuggestionKind
from archive.search.written_forms import WrittenForms
from archive.web.http.cache import kept, kept_since
from archive.web.http.context import asked_questions_of, current_archive, current_visitor
from archive.web.http.language import current_language
from archive.web.presenters import addresses
from archive.web.presenters.addresses import is_search, request_question
from archive.web.presenters.api.answers import json_response
from archive.web.presenters.api.search_answers import SuggestedItem, SuggestionAnswer
from archive.web.presenters.result_controls import result_view
from archive.web.presenters.talk_lists import document_entries
from archive.web.views.api.contract import promises
from archive.web.views.api.search_query import SuggestQuery

blueprint = Blueprint("search", __name__)

# With fewer matching slides than this, another spelling is suggested.
_FEW_SLIDES = 3
_LATEST_DOCUMENTS = 6  # fills the rows of the page with one, two and three documents in each
_LATEST_EVENTS = 6


@dataclass(frozen=True, slots=True)
class Figures:
    """How much of each kind the visitor may see."""

    events: int
    talks: int
    slides: int
    reports: int
    report_pages: int
    people: int
    organisations: int
    regions: int


@blueprint.get("/")
def index() -> str:
    """Show results, or the start page where nothing is searched for."""
    question = request_question()
    return _results(question) if is_search(question) else _start()


@blueprint.get("/help")
def guide() -> str:
    """Explain the query language, with examples that find something here."""
    archive, language = current_archive(), current_language()
    finder = Examples(archive.database, archive.engine, archive.analyzer, archive.search)
    visitor = current_visitor()
    names = ENGLISH if language == "en" else SWEDISH
    with archive.database.read() as session:
        now = revision(session), archive.engine.watermark()
    examples = kept_since(now, f"examples-{language}", lambda: finder.find(names, visitor), visitor.rank)
    return render_template(f"search/guide.{language}.html", examples=examples)


def _results(question: Question) -> str:
    archive, visitor = current_archive(), current_visitor()
    result = archive.search.search(question, visitor)
    _count(result)
    is_few = (result.complete or (0, result.total_slides))[1] < _FEW_SLIDES
    did_you_mean = archive.spelling.meant(question, visitor) if is_few else None
    no_hits = None
    if not result.total_groups:
        forms = WrittenForms(archive.database, archive.engine)
        no_hits = ZeroHitHelp(archive.search, archive.analyzer, forms).look(question, visitor)
    return render_template("search/results.html", view=result_view(result, did_you_mean, no_hits))


def _count(result: ResultPage) -> None:
    """Count the question of a page of results, where questions are counted."""
    asked = asked_questions_of(current_app)
    if asked is not None:
        asked.note(result.question, current_visitor(), bool(result.total_groups))


def _start() -> str:
    rank = current_visitor().rank
    with current_archive().database.read() as session:
        latest = records.records(session, kept(session, _latest_ids, rank))
        return render_template(
            "search/start.html",
            latest=document_entries(session, tuple(latest.values())),
            focus_areas=events.focus_areas(session, rank),
            events=events.latest_events(session, rank, _LATEST_EVENTS),
            figures=_figures(session, rank),
        )


def _latest_ids(session: Session, max_rank: int) -> Sequence[str]:
    return records.latest_ids(session, max_rank, _LATEST_DOCUMENTS)


def _figures(session: Session, rank: int) -> Figures:
    """Count what there is: slides by the index, which counts those that this visitor may find."""
    everything = current_archive().search.understand(session, Question(), current_visitor())
    kinds = {choice.value: choice for choice in everything.facet_values(Facet.KIND, 10)}
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


@blueprint.get("/suggest")
@promises(SuggestionAnswer, "Search", asks=SuggestQuery)
def suggest() -> Response:
    """Answer with at most five suggestions that begin as `q`."""
    suggestions = current_archive().suggestions.suggest(request.args.get("q", ""), current_visitor())
    items = tuple(
        SuggestedItem(kind=suggestion.kind.value, text=suggestion.text, url=_address(suggestion))
        for suggestion in suggestions
    )
    return json_response(SuggestionAnswer(suggestions=items))


def _address(suggestion: Suggestion) -> str:
    """Return where a suggestion leads: a document, what a name narrows to, or a search for the word."""
    if suggestion.kind is SuggestionKind.TITLE:
        return url_for("documents.document", document_id=suggestion.id)
    if suggestion.kind is SuggestionKind.TERM:
        return addresses.address_of(Question(text=suggestion.text))
    return addresses.address_of(Question(filters={Facet(suggestion.kind.value): (suggestion.id,)}))
