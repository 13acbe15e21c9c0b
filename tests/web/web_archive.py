"""Builds the test archive with the real catalogue, stores and index; no file is parsed, nothing is drawn
by LibreOffice.
"""

from dataclasses import dataclass

from archive.app import Archive
from archive.catalogue import documents, pages
from archive.catalogue.accept import NewDocument, accept
from archive.catalogue.events import events
from archive.catalogue.events.save_event import save_event
from archive.model.documents import DocumentKind, Original
from archive.model.extraction import Extraction, Outcome
from archive.model.visibility import Visibility
from tests.web import content
from tests.web.slides import Slide, draw, page

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PDF = "application/pdf"
STRATEGY_NAME = "Åtgärder & strategi 2021.pptx"


@dataclass(frozen=True)
class Built:
    """Identifiers of what was built."""

    strategy: str
    steel: str
    railway: str
    board: str
    report: str
    withdrawn: str
    unread: str
    autumn: str
    spring: str
    person: str
    organisation: str
    focus_area: str
    talk: str


@dataclass(frozen=True)
class Deck:
    """A document to build."""

    filename: str
    title: str
    slides: tuple[Slide, ...]
    language: str = "sv"
    talk_id: str | None = None
    event_id: str | None = None
    kind: DocumentKind = DocumentKind.DECK
    pictures: bool = True
    pictures_done: bool = True
    category: Outcome | None = Outcome.OK
    publisher: str = ""
    year: int | None = None


def build(archive: Archive) -> Built:
    """Fill an empty archive."""
    with archive.database.write() as session:
        autumn = save_event(session, content.AUTUMN, "test")
        spring = save_event(session, content.SPRING, "test")
    talks = (*autumn.talk_ids, *spring.talk_ids)
    made = {name: _add(archive, deck) for name, deck in _decks(talks, autumn.event_id).items()}
    parts = _parts(archive, talks[0])
    built = Built(autumn=autumn.event_id, spring=spring.event_id, **made, **parts)
    with archive.database.write() as session:
        documents.withdraw(session, built.withdrawn, "test")
    archive.indexer.catch_up()
    _make_help_ready(archive)
    return built


def _make_help_ready(archive: Archive) -> None:
    """Read the words and names that help offers; a search waits a second for them, a busy machine longer."""
    for part in (archive.spelling, archive.suggestions):
        for visitor in (Visibility.PUBLIC, Visibility.STAFF):
            part.warm(visitor)
        part.close()


def _decks(talks: tuple[str, ...], event_id: str) -> dict[str, Deck]:
    strategy, steel, _, board, railway = talks
    return {
        "strategy": Deck(STRATEGY_NAME, "Strategi", content.STRATEGY_SLIDES, talk_id=strategy),
        "steel": Deck(
            "steel.pptx", "Steel", content.STEEL_SLIDES, "en", steel, pictures=False, pictures_done=False
        ),
        "railway": Deck("ryggrad.pptx", "Järnväg", content.RAILWAY_SLIDES, talk_id=railway),
        "board": Deck("styrelsen.pptx", "Styrelsen", content.BOARD_SLIDES, talk_id=board),
        "report": Deck(
            "export.pdf",
            "Exportvärden 2021",
            content.REPORT_PAGES,
            event_id=event_id,
            pictures=False,
            kind=DocumentKind.REPORT,
            publisher="Handelskammaren Mitt",
            year=2021,
        ),
        "withdrawn": Deck("borta.pptx", "Borta", (Slide("Borttaget om industrin"),)),
        "unread": Deck("skyddad.pptx", "Skyddad fil", (), category=Outcome.PASSWORD),
    }


def _parts(archive: Archive, talk_id: str) -> dict[str, str]:
    with archive.database.read() as session:
        talk = events.talk(session, talk_id, 0)
        organisation = talk.contributions[0].organisation
        assert organisation is not None
        return {
            "person": talk.contributions[0].person_id,
            "organisation": organisation.id,
            "focus_area": events.focus_areas(session, 0)[0].id,
            "talk": talk_id,
        }


def _add(archive: Archive, deck: Deck) -> str:
    stored = archive.originals.put_bytes(f"original of {deck.filename}".encode() * 400)
    media_type = PDF if deck.kind is DocumentKind.REPORT else PPTX
    new = NewDocument(
        kind=deck.kind,
        title=deck.title,
        source=f"test:{deck.filename}",
        filename=deck.filename,
        original=Original(stored.sha256, stored.size_bytes, media_type),
        title_is_given=True,
        talk_id=deck.talk_id,
        event_id=deck.event_id,
        publisher=deck.publisher,
        year=deck.year,
    )
    with archive.database.write() as session:
        document = accept(session, new, "test").document
        version_id = document.version.id
        read = tuple(page(slide, number, deck.language) for number, slide in enumerate(deck.slides, 1))
        if deck.category is not None:
            extraction = Extraction(deck.category, read, "test")
            pages.save_extraction(session, version_id, extraction, deck.language, media_type)
        if deck.pictures:
            for number, slide in enumerate(deck.slides, 1):
                pages.save_picture(
                    session, version_id, draw(slide, number, len(deck.title), archive.pictures)
                )
        if deck.pictures_done:
            pages.finish_pictures(session, version_id)
    return document.id
