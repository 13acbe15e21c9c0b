"""The same slide in other talks, as the pages of a slide, of a deck and of the whole archive show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.catalogue import pages, records
from archive.catalogue.database.sessions import Session
from archive.catalogue.events.directory import revision
from archive.catalogue.pages import PageTexts
from archive.catalogue.records import CatalogueRecord
from archive.catalogue.reuse.seen_slides import SeenDocument
from archive.catalogue.reuse.signatures import signed_count
from archive.model.pages import Picture
from archive.model.visibility import Visibility
from archive.reuse.differences import WordChanges, word_changes
from archive.reuse.folding import is_stock
from archive.reuse.most_reused import DeckReuse, ReusedSlide, most_reused, of_deck
from archive.reuse.same_slide import Copies, Copy, copies
from archive.web.http.cache import kept_since
from archive.web.http.context import current_archive, current_visitor
from archive.web.presenters.slide_views import SlideView, page_view, small_view

_COPIES_SHOWN, _ALL_COPIES_SHOWN = 5, 60
_TALKS_SHOWN = 8
_WORDS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class CopyView:
    """A slide in another talk. `changes`: words that are on one of the two alone, the first ones of each."""

    document: SeenDocument
    slide: SlideView
    changes: WordChanges
    is_cut: bool = False

    @property
    def year(self) -> str:
        """Return the year in which it was shown, "" where that is not known."""
        return self.document.day[:4]


@dataclass(frozen=True, slots=True)
class CopiesView:
    """Where else a slide is: how many talks have it, in which years, and the newest of them."""

    count: int
    first_year: str
    last_year: str
    shown: Sequence[CopyView]
    is_boilerplate: bool
    is_more: bool
    shows_all: bool

    @property
    def rest(self) -> int:
        """Return how many talks are not shown."""
        return self.count - len(self.shown)


@dataclass(frozen=True, slots=True)
class TalkReuse:
    """Another talk that has slides of a deck: how many, and the document that has most of them."""

    document: SeenDocument
    slide_count: int

    @property
    def year(self) -> str:
        """Return the year in which it was shown, "" where that is not known."""
        return self.document.day[:4]


@dataclass(frozen=True, slots=True)
class DeckReuseView:
    """Which slides of a deck are in other talks: their numbers, and the talks that have most of them."""

    numbers: Sequence[int]
    talks: Sequence[TalkReuse]
    talk_count: int
    boilerplate: Sequence[int]


@dataclass(frozen=True, slots=True)
class ReusedView:
    """A slide of the archive that several talks have: its newest, and when it was shown."""

    record: CatalogueRecord
    slide: SlideView
    talk_count: int
    first_year: str
    last_year: str


def slide_copies(
    session: Session, record: CatalogueRecord, number: int, shows_all: bool = False
) -> tuple[CopiesView | None, Copies]:
    """Return what a slide's page shows of the same slide elsewhere, None where it is nowhere else.

    Of many the newest few, with `shows_all` many more.
    """
    found = copies(session, record, number, current_visitor())
    if not found.copies:
        return None, found
    version_id = record.document.version.id
    shown = found.copies[: _ALL_COPIES_SHOWN if shows_all else _COPIES_SHOWN]
    places = [(copy.version_id, copy.number) for copy in shown]
    texts = pages.texts_at(session, [(version_id, number), *places])
    pictures = pages.pictures_at(session, places, words_max=0)
    own = texts[version_id, number]
    views = [
        _copy_view(copy, own, texts[place], pictures.get(place))
        for copy, place in zip(shown, places, strict=True)
        if place in texts
    ]
    is_boilerplate = found.is_boilerplate or is_stock(own)
    return CopiesView(len(found.copies), *found.years, views, is_boilerplate, found.is_more, shows_all), found


def deck_reuse(session: Session, record: CatalogueRecord, numbers: Sequence[int]) -> DeckReuseView | None:
    """Return what a document's page shows of its slides elsewhere, None where there is nothing to show."""
    found: DeckReuse = of_deck(session, record, numbers, current_visitor())
    if not found.talks:
        return None
    talks = [TalkReuse(copy.document, count) for copy, count in found.talks[:_TALKS_SHOWN]]
    return DeckReuseView(sorted(found.slides), talks, len(found.talks), found.boilerplate)


def reused_views(session: Session, visitor: Visibility, limit: int) -> list[tuple[bool, ReusedView]]:
    """Return the slides that most talks have, each with whether it is folded away."""
    state = revision(session), signed_count(session)
    found = kept_since(
        state, most_reused.__name__, lambda: most_reused(session, visitor, limit), visitor.rank
    )
    places = [(one.copy.version_id, one.copy.number) for one in found]
    texts = pages.texts_at(session, places)
    by_copy = {one.copy: one for one in found}
    return [
        (_is_folded(by_copy[copy], texts), _reused_view(known, slide, by_copy[copy]))
        for copy, known, slide in _slides(session, list(by_copy), texts)
    ]


def _is_folded(reused: ReusedSlide, texts: dict[tuple[str, int], PageTexts]) -> bool:
    copy = reused.copy
    return reused.copies.is_boilerplate or is_stock(texts[copy.version_id, copy.number])


def _reused_view(record: CatalogueRecord, slide: SlideView, reused: ReusedSlide) -> ReusedView:
    days = Copies((reused.copy, *reused.copies.copies)).years
    return ReusedView(record, slide, reused.talk_count, *days)


def _slides(
    session: Session, chosen: Sequence[Copy], texts: dict[tuple[str, int], PageTexts]
) -> list[tuple[Copy, CatalogueRecord, SlideView]]:
    """Return slides as they are shown small, each with its document; those that are gone are left out."""
    known = records.records(session, list(dict.fromkeys(copy.document_id for copy in chosen)))
    pictures = pages.pictures_at(session, [(copy.version_id, copy.number) for copy in chosen], words_max=0)
    nothing = current_archive().search.nothing_to_mark()
    found = []
    for copy in chosen:
        place = copy.version_id, copy.number
        record = known.get(copy.document_id)
        if record is not None and place in texts:
            view = page_view(record, copy.number, texts[place], pictures.get(place), nothing)
            found.append((copy, record, view))
    return found


def _copy_view(copy: Copy, own: PageTexts, theirs: PageTexts, picture: Picture | None) -> CopyView:
    changes = word_changes(own, theirs)
    first = WordChanges(changes.ours[:_WORDS_SHOWN], changes.theirs[:_WORDS_SHOWN])
    slide = small_view(copy.document, copy.number, theirs, picture)
    return CopyView(copy.document, slide, first, is_cut=first != changes)
