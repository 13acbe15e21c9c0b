"""What programs ask: search in JSON with the parameters of the search page, and whether the archive works."""

from dataclasses import replace

from flask import Blueprint, Response, url_for

from archive.highlight.snippet import to_html
from archive.search.filters import filters_of, refuse_unknown
from archive.search.question import SHOWN_FACETS
from archive.search.results import FacetChoice, GroupResult, ResultPage, SlideHit
from archive.web.http.context import current_archive, current_visitor
from archive.web.http.figures import may_have_figures
from archive.web.presenters.addresses import request_question
from archive.web.presenters.api.answers import HealthAnswer, json_response, record_response
from archive.web.presenters.api.search_answers import FacetValue, Group, Hit, SearchResponse
from archive.web.presenters.names import choice_name
from archive.web.presenters.slide_addresses import picture_address
from archive.web.views.api.contract import promises
from archive.web.views.api.search_query import SearchQuery

blueprint = Blueprint("api", __name__)


@blueprint.get("/api/search")
@promises(SearchResponse, "Search")
def search(query: SearchQuery) -> Response:
    """Answer a question; without words or filters with everything, newest first."""
    chosen = [(facet.value, str(one)) for facet in SHOWN_FACETS for one in getattr(query, facet.value)]
    question = replace(request_question(), filters=filters_of(chosen))
    archive, visitor = current_archive(), current_visitor()
    with archive.database.read() as session:
        refuse_unknown(session, question.filters, visitor.rank)
    return record_response(_answer(archive.search.search(question, visitor)))


def _answer(result: ResultPage) -> SearchResponse:
    complete_groups, complete_slides = result.complete or (result.total_groups, result.total_slides)
    return SearchResponse(
        query=result.question.text,
        sort=result.question.sort.value,
        page=result.page_number,
        page_count=result.last_page,
        total=result.total_slides,
        total_groups=result.total_groups,
        total_with_all_words=complete_slides,
        groups_with_all_words=complete_groups,
        hits=tuple(_hit(group, hit, result.question.text) for group in result.groups for hit in group.best),
        groups=tuple(_group(group, result.question.text) for group in result.groups),
        facets={
            facet.value: tuple(
                _facet_value(choice, choice_name(facet, choice.value, choice.label)) for choice in choices
            )
            for facet, choices in result.facets.items()
        },
    )


def _facet_value(choice: FacetChoice, label: str) -> FacetValue:
    return FacetValue(
        value=choice.value, label=label, groups=choice.groups, pages=choice.pages, chosen=choice.chosen
    )


def _group(group: GroupResult, text: str) -> Group:
    document_id = group.record.document.id
    return Group(
        id=group.id,
        title=group.title,
        url=url_for("documents.document", document_id=document_id, q=text or None),
        talk_url=url_for("versions.talk", talk_id=group.record.talk.id) if group.record.talk else "",
        pages=group.slide_count,
        has_all_words=group.has_all_words,
        occurrences=group.occurrence_count,
    )


def _hit(group: GroupResult, hit: SlideHit, text: str) -> Hit:
    record = group.record
    contributions = record.talk.contributions if record.talk else ()
    return Hit(
        group=group.id,
        document=hit.document_id,
        filename=hit.filename,
        page=hit.number,
        title=hit.title,
        document_title=group.title,
        kind=record.document.kind.value,
        speakers=tuple(contribution.name for contribution in contributions),
        organisations=tuple(
            dict.fromkeys(
                contribution.organisation.name for contribution in contributions if contribution.organisation
            )
        ),
        event=record.event.title if record.event else "",
        date=record.event.starts if record.event else "",
        file_date=record.read_date,
        snippet="".join(part.text for part in hit.snippet),
        snippet_html=to_html(hit.snippet),
        url=url_for("documents.slide", document_id=hit.document_id, number=hit.number, q=text or None),
        missing=hit.lacking,
        picture=picture_address(hit.document_id, hit.picture, "large"),
        thumbnail=picture_address(hit.document_id, hit.picture, "small"),
    )


@blueprint.get("/healthz")
@promises(HealthAnswer, "About", ignores=True)
def healthz() -> Response:
    """Answer 200 where catalogue and index can be read, else 503.

    Pending jobs are counted for the machine itself and staff alone: they tell of drafts, too.
    """
    health = current_archive().health()
    is_ok = health.database_ok and health.index_ok
    pending = health.pending if may_have_figures() else {}
    body = HealthAnswer(
        status="ok" if is_ok else "degraded",
        database=health.database_ok,
        index=health.index_ok,
        advice=health.advice,
        pending={kind.value: count for kind, count in pending.items()},
    )
    return json_response(body, 200 if is_ok else 503)
