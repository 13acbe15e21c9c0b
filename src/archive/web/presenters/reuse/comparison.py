"""Two documents side by side, a page of slides at a time."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.catalogue import pages
from archive.catalogue.database.sessions import Session
from archive.catalogue.records import CatalogueRecord
from archive.reuse.differences import SLIDES_MAX, Row, compared
from archive.web.http.context import current_archive, current_visitor
from archive.web.presenters.result_controls import page_numbers
from archive.web.presenters.slide_views import SlideView, slide_views

_ROWS_A_PAGE = 60
_WORDS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A line: the slide here and there, None where there is none, and words that one of them alone has."""

    row: Row
    here: SlideView | None
    there: SlideView | None

    @property
    def only_here(self) -> Sequence[str]:
        """Return the first words that the other slide does not have."""
        return self.row.changes.ours[:_WORDS_SHOWN]

    @property
    def only_there(self) -> Sequence[str]:
        """Return the first words that this slide does not have."""
        return self.row.changes.theirs[:_WORDS_SHOWN]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that the page shows. `counts`: same, changed, here alone, there alone.

    `is_cut`: one of the documents has more slides than are compared.
    """

    here: CatalogueRecord
    there: CatalogueRecord
    rows: Sequence[ComparedRow]
    counts: tuple[int, int, int, int]
    page: int
    page_count: int
    is_cut: bool

    @property
    def links(self) -> list[int]:
        """Return the page numbers to link; 0 is a gap."""
        return page_numbers(self.page, self.page_count)


def comparison(
    session: Session, here: CatalogueRecord, there: CatalogueRecord, only_changes: bool, page_number: int
) -> Comparison:
    """Return two documents side by side, as far as the visitor may see their slides.

    Args:
        session: a session to read in.
        here: the document on the left.
        there: the one on the right.
        only_changes: leave out slides that are the same in both.
        page_number: the page of lines, from 1; beyond the last it is the last.
    """
    visitor = current_visitor()
    versions = (here.document.version.id, there.document.version.id)
    numbers = pages.numbers(session, versions[0], visitor), pages.numbers(session, versions[1], visitor)
    rows = compared(session, versions, numbers)
    counts = (
        sum(row.is_same for row in rows),
        sum(row.is_pair and not row.is_same for row in rows),
        sum(not row.there for row in rows),
        sum(not row.here for row in rows),
    )
    wanted = [row for row in rows if not (only_changes and row.is_same)]
    page_count = max(1, math.ceil(len(wanted) / _ROWS_A_PAGE))
    page = min(page_number, page_count)
    some = wanted[(page - 1) * _ROWS_A_PAGE : page * _ROWS_A_PAGE]
    ours = _views(session, here, [row.here for row in some if row.here])
    theirs = _views(session, there, [row.there for row in some if row.there])
    views = [ComparedRow(row, ours.get(row.here), theirs.get(row.there)) for row in some]
    is_cut = max(map(len, numbers)) > SLIDES_MAX
    return Comparison(here, there, views, counts, page, page_count, is_cut)


def _views(session: Session, record: CatalogueRecord, numbers: Sequence[int]) -> Mapping[int, SlideView]:
    nothing = current_archive().search.nothing_to_mark()
    return {view.number: view for view in slide_views(session, record, numbers, nothing)}
