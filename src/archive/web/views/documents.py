"""A document's page with all its slides, and the page of one slide."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, has_request_context, render_template, request

from archive.catalogue import documents, pages, records
from archive.catalogue.database.sessions import Session
from archive.catalogue.records import DocumentRecord
from archive.errors import NotFound
from archive.model.pages import Page
from archive.search.hit_reader import title_segments
from archive.visibility import may_see_old_versions, visible_pages
from archive.web.http.context import current_archive, current_visitor, visible_record
from archive.web.presenters.addresses import asked_number, asked_page, asked_text, is_widened
from archive.web.presenters.result_controls import page_numbers
from archive.web.presenters.slide_text import ContentsEntry, outline_of, sections
from archive.web.presenters.slide_views import hit_view, near, page_view, shape, sheet_address, strip, views

blueprint = Blueprint("documents", __name__)

_SLIDES_A_PAGE = 60
_NOT_FOUND = 404
_ASKING = ("documents.document", "documents.slide")


@dataclass(frozen=True, slots=True)
class Overview:
    """Which slides one page of the overview shows, of how many."""

    numbers: Sequence[int]
    page: int
    page_count: int

    @property
    def links(self) -> list[int]:
        """Return the page numbers to link; 0 stands for a gap."""
        return page_numbers(self.page, self.page_count)


@blueprint.app_url_defaults
def keep_to_typed_words(endpoint: str, values: dict[str, object]) -> None:
    """Let links to documents and slides that ask for words say `only=typed` where this page does."""
    if endpoint in _ASKING and values.get("q") and has_request_context() and not is_widened():
        values.setdefault("only", "typed")


@blueprint.get("/d/<document_id>")
def document(document_id: str) -> str:
    """Show a document: what it is, who spoke, and its slides; with `q` those that match."""
    text = asked_text()
    archive = current_archive()
    with archive.database.read() as session:
        record = visible_record(session, document_id)
        matching = _matching(text, document_id)
        is_narrowed = bool(matching) and request.args.get("show") != "all"
        version = record.document.version
        numbers = matching if is_narrowed else _visible_numbers(session, record)
        overview = _overview(numbers)
        matcher = archive.search.matcher(text, current_visitor(), is_widened())
        versions = documents.versions(session, document_id)
        return render_template(
            "documents/document.html",
            record=record,
            version=version,
            first_version=versions[-1],
            versions=versions if may_see_old_versions(current_visitor()) else (),
            text=text,
            matching=matching,
            is_narrowed=is_narrowed,
            overview=overview,
            slide_count=len(numbers) if not is_narrowed else len(_visible_numbers(session, record)),
            slides=views(session, record, overview.numbers, matcher, frozenset(matching)),
            others=_others(session, record),
            titles=_titles(session, record) if request.args.get("show") == "titles" else None,
            show="titles" if request.args.get("show") == "titles" else "slides",
        )


@blueprint.get("/d/<document_id>/<number>")
def slide(document_id: str, number: str) -> str | tuple[str, int]:
    """Show one slide: its picture with the words of `q` marked, its text, and the way to its neighbours.

    A number that the document does not have gives a page (404) that leads to the slides there are.
    """
    text = asked_text()
    archive = current_archive()
    with archive.database.read() as session:
        record = visible_record(session, document_id)
        numbers = _visible_numbers(session, record)
        wanted = asked_number(number)
        if wanted not in numbers:
            return render_template(
                "documents/no_slide.html", record=record, text=text, numbers=numbers
            ), _NOT_FOUND
        matching = _matching(text, document_id)
        return _slide_page(session, record, wanted, numbers, matching)


def _slide_page(
    session: Session, record: DocumentRecord, number: int, numbers: Sequence[int], matching: Sequence[int]
) -> str:
    text = asked_text()
    matcher = current_archive().search.matcher(text, current_visitor(), is_widened())
    version = record.document.version
    page = pages.page(session, version.id, number)
    slide = page_view(record, page, pages.picture(session, version.id, number), matcher, is_match=True)
    near_slides = views(session, record, near(numbers, number), matcher)
    return render_template(
        "documents/slide.html",
        record=record,
        version=version,
        page=page,
        text=text,
        slide=slide,
        sheet_address=sheet_address(record.document, page, slide.picture),
        shape=shape(slide.picture),
        title=title_segments(page.title, matcher, page.language),
        sections=sections(page, matcher, current_visitor()),
        last_number=numbers[-1],
        steps=_steps(numbers, number),
        strip=strip(near_slides, numbers),
        matching=matching,
        match_index=matching.index(number) + 1 if number in matching else 0,
        match_steps=_steps(matching, number),
        is_marked=request.args.get("marks") != "off",
        similar=[
            (group, hit_view(group.record, group.best[0]))
            for group in current_archive().search.similar(record.document.id, number, current_visitor())
        ],
    )


def visible_page(session: Session, record: DocumentRecord, number: int) -> Page:
    """Return a page that the visitor may see; a hidden one is as unknown as one that is not there."""
    if number not in _visible_numbers(session, record):
        raise NotFound("There is no such slide.")
    return pages.page(session, record.document.version.id, number)


def _matching(text: str, document_id: str) -> Sequence[int]:
    """Return the numbers of the slides that have the words asked for; none where none are."""
    search = current_archive().search
    return search.matching_slides(text, document_id, current_visitor(), is_widened()) if text else ()


def _overview(numbers: Sequence[int]) -> Overview:
    page_count = max(1, math.ceil(len(numbers) / _SLIDES_A_PAGE))
    page = min(asked_page(), page_count)
    return Overview(numbers[(page - 1) * _SLIDES_A_PAGE : page * _SLIDES_A_PAGE], page, page_count)


def _visible_numbers(session: Session, record: DocumentRecord) -> Sequence[int]:
    return pages.numbers(session, record.document.version.id, current_visitor())


def _steps(numbers: Sequence[int], number: int) -> tuple[int, int]:
    """Return which numbers come before and after one, 0 where there is none."""
    before, after = bisect_left(numbers, number), bisect_right(numbers, number)
    return numbers[before - 1] if before else 0, numbers[after] if after < len(numbers) else 0


def _titles(session: Session, record: DocumentRecord) -> list[ContentsEntry]:
    """Return the titles of all slides that the visitor may see, under the sections of the file."""
    read = pages.pages(session, record.document.version.id)
    return outline_of(visible_pages(current_visitor(), read))


def _others(session: Session, record: DocumentRecord) -> list[DocumentRecord]:
    """Return the other documents of the same talk."""
    if record.presentation is None:
        return []
    found = records.records_of_presentation(session, record.presentation.id, current_visitor().rank)
    return [one for one in found if one.document.id != record.document.id]
