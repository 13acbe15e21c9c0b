"""The start page: search, the newest documents and seminars, focus areas, and how much there is."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from sqlalchemy.orm import Session

from archive.catalogue import directory, events, records
from archive.index.schema import Facet
from archive.model.documents import DocumentKind
from archive.search.question import Question
from archive.web.http.cache import kept
from archive.web.http.context import current_archive, current_visitor
from archive.web.presenters.talk_lists import entries

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
            "start.html",
            latest=latest,
            focus_areas=events.focus_areas(session, rank),
            events=events.latest_events(session, rank, _EVENTS),
            figures=_figures(session, rank),
        )


def _latest_ids(session: Session, max_rank: int) -> Sequence[str]:
    return records.latest_ids(session, max_rank, _LATEST)


def _figures(session: Session, rank: int) -> Figures:
    """Return the figures: those of slides by the index, which counts what this visitor may find."""
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
