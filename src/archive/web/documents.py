"""A document's page with all its slides, and the page of one slide."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session

from archive.catalogue import pages, records
from archive.catalogue.records import DocumentRecord
from archive.errors import NotFound
from archive.hits import title_segments
from archive.model import Page
from archive.web.address import asked_page, asked_text
from archive.web.context import current_archive, current_visitor, is_staff, visible_record
from archive.web.narrowing import page_numbers
from archive.web.outline import sections
from archive.web.slides import page_view, views

blueprint = Blueprint("documents", __name__)

_SLIDES_A_PAGE = 60


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


@blueprint.get("/d/<document_id>")
def document(document_id: str) -> str:
    """Show a document: what it is, who spoke, and its slides; with `q` those that match."""
    text = asked_text()
    archive = current_archive()
    with archive.database.read() as session:
        record = visible_record(session, document_id)
        matching = archive.search.matching_slides(text, document_id, current_visitor()) if text else ()
        is_narrowed = bool(matching) and request.args.get("show") != "all"
        version = record.document.version
        numbers = matching if is_narrowed else _visible_numbers(session, record)
        overview = _overview(numbers)
        matcher = archive.search.matcher(text)
        return render_template(
            "document.html",
            record=record,
            version=version,
            text=text,
            matching=matching,
            is_narrowed=is_narrowed,
            overview=overview,
            slide_count=len(numbers) if not is_narrowed else len(_visible_numbers(session, record)),
            slides=views(session, record, overview.numbers, matcher, frozenset(matching)),
            others=_others(session, record),
        )


@blueprint.get("/d/<document_id>/<int:number>")
def slide(document_id: str, number: int) -> str:
    """Show one slide: its picture with the words of `q` marked, its text, and the way to its neighbours."""
    text = asked_text()
    archive = current_archive()
    with archive.database.read() as session:
        record = visible_record(session, document_id)
        page = visible_page(session, record, number)
        matching = archive.search.matching_slides(text, document_id, current_visitor()) if text else ()
        matcher = archive.search.matcher(text)
        version = record.document.version
        numbers = _visible_numbers(session, record)
        picture = pages.picture(session, version.id, number)
        return render_template(
            "slide.html",
            record=record,
            version=version,
            page=page,
            text=text,
            slide=page_view(record, page, picture, matcher, is_match=True),
            title=title_segments(page.title, matcher, page.language),
            sections=sections(page, matcher, is_staff()),
            last_number=numbers[-1],
            steps=_steps(numbers, number),
            matching=matching,
            match_index=matching.index(number) + 1 if number in matching else 0,
            match_steps=_steps(matching, number),
        )


def visible_page(session: Session, record: DocumentRecord, number: int) -> Page:
    """Return a page that the visitor may see; a hidden one is as unknown as one that is not there."""
    if number not in _visible_numbers(session, record):
        raise NotFound("There is no such slide.")
    return pages.page(session, record.document.version.id, number)


def _overview(numbers: Sequence[int]) -> Overview:
    page_count = max(1, math.ceil(len(numbers) / _SLIDES_A_PAGE))
    page = min(asked_page(), page_count)
    return Overview(numbers[(page - 1) * _SLIDES_A_PAGE : page * _SLIDES_A_PAGE], page, page_count)


def _visible_numbers(session: Session, record: DocumentRecord) -> Sequence[int]:
    return pages.numbers(session, record.document.version.id, with_hidden=is_staff())


def _steps(numbers: Sequence[int], number: int) -> tuple[int, int]:
    """Return which numbers come before and after one, 0 where there is none."""
    before, after = bisect_left(numbers, number), bisect_right(numbers, number)
    return numbers[before - 1] if before else 0, numbers[after] if after < len(numbers) else 0


def _others(session: Session, record: DocumentRecord) -> list[DocumentRecord]:
    """Return the other documents of the same talk."""
    if record.presentation is None:
        return []
    found = records.records_of_presentation(session, record.presentation.id, current_visitor().rank)
    return [one for one in found if one.document.id != record.document.id]
