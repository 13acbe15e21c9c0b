"""All that the page of a document and the page of one slide show."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.catalogue import documents, pages, records
from archive.catalogue.database.sessions import Session
from archive.catalogue.erasing.erasures import Replaced, replaced
from archive.catalogue.records import CatalogueRecord
from archive.highlight.matcher import Matcher
from archive.model.documents import Version
from archive.model.pages import Page
from archive.search.hit_reader import MARKS_MAX
from archive.search.results import SimilarSlide
from archive.visibility import may_see_old_versions, visible_pages
from archive.web.http.context import current_visitor
from archive.web.presenters.downloads import Download, download
from archive.web.presenters.file_names import slide_file_name
from archive.web.presenters.result_controls import page_numbers
from archive.web.presenters.slide_addresses import slide_pdf_address, slide_zoom_address
from archive.web.presenters.slide_text import ContentsEntry, Section, contents, sections
from archive.web.presenters.slide_views import (
    Filmstrip,
    SlideView,
    covers,
    filmstrip,
    hit_view,
    near_numbers,
    shape,
    slide_views,
)

_SLIDES_A_PAGE = 60


@dataclass(frozen=True, slots=True)
class ShownQuery:
    """The query that a document is shown for: its text, its words to mark, the numbers of matching slides."""

    text: str
    matcher: Matcher
    matching: Sequence[int]


@dataclass(frozen=True, slots=True)
class Overview:
    """The slides on one page of the overview, and the number of that page."""

    numbers: Sequence[int]
    page: int
    page_count: int

    @property
    def links(self) -> list[int]:
        """Return the page numbers to link; 0 is a gap."""
        return page_numbers(self.page, self.page_count)


@dataclass(frozen=True, slots=True)
class DocumentView:
    """All that the page of a document shows.

    `is_narrowed`: only matching slides are shown. `slide_count`: how many slides the visitor may see.
    `has_gaps`: the visitor may not see some, so that the numbers of the others leave them out.
    `versions`: all versions, newest first, for those who may see them. `cover`: the first slide, None where
    there is none or it may not be seen. `contents`: None where the page shows
    slides instead.
    """

    record: CatalogueRecord
    query: ShownQuery
    is_narrowed: bool
    overview: Overview
    slide_count: int
    download: Download
    has_gaps: bool
    slides: Sequence[SlideView]
    first_version: Version
    versions: Sequence[Version]
    cover: SlideView | None
    other_documents: Sequence[CatalogueRecord]
    contents: Sequence[ContentsEntry] | None
    replaced: Replaced | None
    """The erasure that replaced the original by a redacted copy, None where none did."""


@dataclass(frozen=True, slots=True)
class SlidePage:
    """All that the page of one slide shows.

    `steps` and `match_steps`: the numbers of the slide (the matching slide) before and after, 0 where there
    is none. `match_index`: the slide's place among the matching ones, from 1; 0 where it does not match.
    `place`: its place among the `slide_count` slides that the visitor may see, from 1; `has_gaps`: its number
    may be another, since some may not be seen.
    `similar`: slides of other talks, each with what it is.
    """

    record: CatalogueRecord
    query: ShownQuery
    page: Page
    slide: SlideView
    shape: str
    pdf_address: str
    download: Download
    zoom_address: str
    file_name: str
    sections: Sequence[Section]
    place: int
    slide_count: int
    has_gaps: bool
    steps: tuple[int, int]
    filmstrip: Filmstrip
    match_index: int
    match_steps: tuple[int, int]
    similar: Sequence[tuple[SimilarSlide, SlideView]]
    replaced: Replaced | None

    @property
    def has_unmarked(self) -> bool:
        """Return whether the slide may have more of the question's words than are marked."""
        return len(self.slide.marks) >= MARKS_MAX or any(section.is_cut for section in self.sections)


def document_view(
    session: Session,
    record: CatalogueRecord,
    query: ShownQuery,
    numbers: Sequence[int],
    show: str,
    page_number: int,
) -> DocumentView:
    """Return what the page of a document shows.

    Args:
        session: a session to read in.
        record: the document.
        query: what it is shown for.
        numbers: the slides that the visitor may see, ascending.
        show: "titles" for the contents, "all" for slides that do not match, too.
        page_number: the page of the overview, from 1; beyond the last it is the last.
    """
    is_narrowed = bool(query.matching) and show != "all"
    overview = _overview(query.matching if is_narrowed else numbers, page_number)
    versions = documents.versions(session, record.document.id)
    return DocumentView(
        record=record,
        query=query,
        is_narrowed=is_narrowed,
        overview=overview,
        slide_count=len(numbers),
        download=download(session, record, numbers),
        has_gaps=_has_gaps(numbers),
        slides=slide_views(session, record, overview.numbers, query.matcher, frozenset(query.matching)),
        first_version=versions[-1],
        versions=versions if may_see_old_versions(current_visitor()) else (),
        cover=covers(session, [record]).get(record.document.id),
        other_documents=_other_documents(session, record),
        contents=_contents(session, record) if show == "titles" else None,
        replaced=replaced(session, record.document.version.id),
    )


def slide_page(
    session: Session,
    record: CatalogueRecord,
    query: ShownQuery,
    numbers: Sequence[int],
    number: int,
    similar: Sequence[SimilarSlide],
) -> SlidePage:
    """Return what the page of one slide shows.

    Args:
        session: a session to read in.
        record: the slide's document.
        query: what the slide is shown for.
        numbers: the slides of the document that the visitor may see, ascending.
        number: the slide's, one of `numbers`.
        similar: slides of other talks that say much the same.
    """
    version = record.document.version
    page = pages.page(session, version.id, number)
    near = near_numbers(numbers, number)
    around = {view.number: view for view in slide_views(session, record, near, query.matcher, {number})}
    slide = around[number]
    around[number] = replace(slide, marks=(), is_match=False)  # those in the filmstrip have none
    return SlidePage(
        record=record,
        query=query,
        page=page,
        slide=slide,
        shape=shape(slide.picture),
        # With all of its words, of which `slide` has those that may be marked: they are part of the address.
        pdf_address=slide_pdf_address(record.document, page, pages.picture(session, version.id, number)),
        download=download(session, record, numbers),
        zoom_address=slide_zoom_address(version, record.document.id, slide.picture),
        file_name=slide_file_name(record.title, record.document.kind, number),
        sections=sections(page, query.matcher, current_visitor()),
        place=numbers.index(number) + 1,
        slide_count=len(numbers),
        has_gaps=_has_gaps(numbers),
        steps=_steps(numbers, number),
        filmstrip=filmstrip(list(around.values()), numbers),
        match_index=query.matching.index(number) + 1 if number in query.matching else 0,
        match_steps=_steps(query.matching, number),
        similar=[(one, hit_view(one.group.record, one.group.best[0])) for one in similar],
        replaced=replaced(session, version.id),
    )


def _has_gaps(numbers: Sequence[int]) -> bool:
    """Return whether numbers (ascending, from 1 on) leave some out."""
    return bool(numbers) and numbers[-1] != len(numbers)


def _overview(numbers: Sequence[int], page_number: int) -> Overview:
    page_count = max(1, math.ceil(len(numbers) / _SLIDES_A_PAGE))
    page = min(page_number, page_count)
    return Overview(numbers[(page - 1) * _SLIDES_A_PAGE : page * _SLIDES_A_PAGE], page, page_count)


def _steps(numbers: Sequence[int], number: int) -> tuple[int, int]:
    """Return the numbers before and after one (which may not be among them), 0 where there is none."""
    before, after = bisect_left(numbers, number), bisect_right(numbers, number)
    return numbers[before - 1] if before else 0, numbers[after] if after < len(numbers) else 0


def _contents(session: Session, record: CatalogueRecord) -> list[ContentsEntry]:
    read = pages.pages(session, record.document.version.id)
    return contents(visible_pages(current_visitor(), read))


def _other_documents(session: Session, record: CatalogueRecord) -> list[CatalogueRecord]:
    """Return the other documents of the same talk."""
    if record.talk is None:
        return []
    of_talk = records.records_of_talk(session, record.talk.id, current_visitor().rank)
    return [other for other in of_talk if other.document.id != record.document.id]
