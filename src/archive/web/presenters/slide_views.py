"""Slides as pages show them small: picture or text card, marks, title, address; and the filmstrip."""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask import url_for

from archive.catalogue import pages
from archive.catalogue.database.sessions import Session
from archive.catalogue.pages import PageTexts
from archive.catalogue.records import CatalogueRecord
from archive.catalogue.reuse.seen_slides import SeenDocument
from archive.highlight.matcher import Matcher
from archive.highlight.snippet import Fragment
from archive.ingest.filetypes.media_types import FLOWING
from archive.model.documents import DocumentKind, Version
from archive.model.pages import BlockField, Picture, WordBox
from archive.search.hit_reader import WORDS_MAX, marked_words, snippet_of
from archive.search.results import SlideHit
from archive.visibility import may_see_page
from archive.web.http.context import current_archive, current_visitor
from archive.web.presenters.slide_addresses import picture_address

NEAR_SLIDES = 10  # that the filmstrip shows before and after the current one: more than fit on a wide screen

# The least ratio of width to height of each; static/viewer.css bounds the width of each so that it fits.
_SHAPES = ((1.6, "wide"), (1.2, "square"), (0.65, "portrait"), (0.0, "tall"))


class PictureState(StrEnum):
    """Whether there is a picture of a slide: drawn, not yet, not at all, or none is made of mere text."""

    DRAWN = "drawn"
    PENDING = "pending"
    FAILED = "failed"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class SlideView:
    """A slide in a list. `lead`: its first words or those around the match; `is_match`: it is emphasised.

    `lead_field`: where on the page the lead is, None for plain text. `lacking`: words of the question that it
    does not have. `is_found_by_record`: the words are in what is known of the talk or its file, and
    not on the slide.
    """

    document_id: str
    number: int
    title: str
    language: str
    kind: DocumentKind
    hidden: bool
    picture: Picture | None
    state: PictureState
    marks: tuple[WordBox, ...] = ()
    lead: tuple[Fragment, ...] = ()
    lead_field: BlockField | None = None
    is_match: bool = False
    lacking: tuple[str, ...] = ()
    is_found_by_record: bool = False

    def address(self, text: str | None = None) -> str:
        """Return the address of the slide's own page, with the words of `text` marked.

        With a `text`, also an empty one, that page leads back to the results that led to this one.
        """
        if text is None:
            return url_for("documents.slide", document_id=self.document_id, number=self.number)
        return url_for("documents.slide", document_id=self.document_id, number=self.number, q=text or None)

    @property
    def heading(self) -> str:
        """Return the slide's own title, "" where its lead says the same."""
        lead = "".join(part.text for part in self.lead)
        return "" if " ".join(lead.split()).startswith(self.title) else self.title

    @property
    def small_address(self) -> str:
        """Return the address of the small picture."""
        return picture_address(self.document_id, self.picture, "small")

    @property
    def large_address(self) -> str:
        """Return the address of the large picture."""
        return picture_address(self.document_id, self.picture, "large")

    @property
    def preview_address(self) -> str:
        """Return the whole address of the large picture, for other sites that show a link to the slide."""
        return picture_address(self.document_id, self.picture, "large", is_whole=True)

    @property
    def small_size_px(self) -> tuple[int, int]:
        """Return width and height of the small picture."""
        if self.picture is None:
            return 0, 0
        width = min(current_archive().settings.pictures.small_width_px, self.picture.width_px)
        return width, max(1, round(width * self.picture.height_px / max(1, self.picture.width_px)))


@dataclass(frozen=True, slots=True)
class Filmstrip:
    """Slides in a row. `before` and `after`: the next number beyond either end, 0 where there is none."""

    slides: Sequence[SlideView]
    before: int
    after: int


def shape(picture: Picture | None) -> str:
    """Return "tall", "portrait", "square" or "wide", the shape by which style sheets bound a picture."""
    if picture is None:
        return "wide"
    ratio = picture.width_px / max(1, picture.height_px)
    return next(name for min_ratio, name in _SHAPES if ratio >= min_ratio)


def picture_state(version: Version, picture: Picture | None) -> PictureState:
    """Return whether a slide's picture has been drawn, is pending, or has failed."""
    if picture is not None:
        return PictureState.DRAWN
    if version.original.media_type in FLOWING:
        return PictureState.WORDS
    return PictureState.FAILED if version.pictures_done else PictureState.PENDING


def hit_view(record: CatalogueRecord, hit: SlideHit) -> SlideView:
    """Return a search hit as a slide. `record`: the document of its group's best slide."""
    document = record.document
    is_known = document.id == hit.document_id or hit.picture is not None
    state = picture_state(document.version, hit.picture) if is_known else PictureState.PENDING
    return SlideView(
        document_id=hit.document_id,
        number=hit.number,
        title=hit.title,
        language=document.language,
        kind=document.kind,
        hidden=hit.hidden,
        picture=hit.picture,
        state=state,
        marks=hit.marks,
        lead=hit.snippet,
        lead_field=hit.snippet_field,
        is_match=True,
        lacking=hit.lacking,
    )


def page_view(
    record: CatalogueRecord,
    number: int,
    page: PageTexts,
    picture: Picture | None,
    matcher: Matcher,
    is_match: bool = False,
) -> SlideView:
    """Return a page of a document as a slide; marked only where it matches."""
    document = record.document
    lead = snippet_of(page, matcher, current_visitor()).segments
    marks = marked_words(picture, matcher, page.language) if is_match else ()
    has_words = bool(marks) or any(part.marked for part in lead)
    return SlideView(
        document_id=document.id,
        number=number,
        title=page.title,
        language=page.language or document.language,
        kind=document.kind,
        hidden=page.hidden,
        picture=picture,
        state=picture_state(document.version, picture),
        marks=marks,
        lead=lead,
        is_match=is_match,
        is_found_by_record=is_match and not (has_words or matcher.is_empty),
    )


def small_view(document: SeenDocument, number: int, page: PageTexts, picture: Picture | None) -> SlideView:
    """Return a page as a slide without any question; its words are read where they stand for a picture."""
    lead: tuple[Fragment, ...] = ()
    state = PictureState.DRAWN
    if picture is None:
        nothing = current_archive().search.nothing_to_mark()
        lead = snippet_of(page, nothing, current_visitor()).segments
        state = PictureState.FAILED if document.has_pictures else PictureState.PENDING
    return SlideView(
        document.document_id,
        number,
        page.title,
        page.language or document.language,
        document.kind,
        page.hidden,
        picture,
        state,
        lead=lead,
    )


def slide_views(
    session: Session,
    record: CatalogueRecord,
    numbers: Sequence[int],
    matcher: Matcher,
    matching: Collection[int] = (),
) -> list[SlideView]:
    """Return some slides of a document in the order of `numbers`, without those the visitor may not see."""
    version = record.document.version
    refs = {number: (version.id, number) for number in numbers}
    texts = pages.texts_at(session, list(refs.values()))
    words_max = WORDS_MAX if matching and not matcher.is_empty else 0
    pictures = pages.pictures_at(session, list(refs.values()), words_max)
    return [
        page_view(record, number, page, pictures.get(ref), matcher, number in matching)
        for number, ref in refs.items()
        if (page := texts.get(ref)) and may_see_page(current_visitor(), page)
    ]


def covers(session: Session, records: Sequence[CatalogueRecord]) -> Mapping[str, SlideView]:
    """Return the first slide of each document by the document's identifier, where the visitor may see it."""
    refs = [(record.document.version.id, 1) for record in records]
    first_pages, pictures = pages.texts_at(session, refs), pages.pictures_at(session, refs, words_max=0)
    matcher = current_archive().search.nothing_to_mark()
    views: dict[str, SlideView] = {}
    for record in records:
        ref = (record.document.version.id, 1)
        page = first_pages.get(ref)
        if page is not None and may_see_page(current_visitor(), page):
            views[record.document.id] = page_view(record, 1, page, pictures.get(ref), matcher)
    return views


def near_numbers(numbers: Sequence[int], number: int) -> Sequence[int]:
    """Return those of `numbers` (ascending) that are at most NEAR_SLIDES places from `number`."""
    at = bisect_left(numbers, number)
    return numbers[max(0, at - NEAR_SLIDES) : at + NEAR_SLIDES + 1]


def filmstrip(slides: Sequence[SlideView], numbers: Sequence[int]) -> Filmstrip:
    """Return the filmstrip of `slides`, which are a run of the document's visible `numbers` (ascending)."""
    if not slides:
        return Filmstrip((), 0, 0)
    first = bisect_left(numbers, slides[0].number)
    last = bisect_left(numbers, slides[-1].number)
    before = numbers[first - 1] if first else 0
    after = numbers[last + 1] if last + 1 < len(numbers) else 0
    return Filmstrip(slides, before, after)
