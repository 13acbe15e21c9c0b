"""A small archive with slides to gather: a real deck, a PDF, pictures or words alone, and others' slides."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from archive.app import Archive
from archive.baskets.basket import Basket, gathered
from archive.baskets.citing import basket_sources
from archive.baskets.refs import SlideRef, parsed
from archive.baskets.sources import BasketSources
from archive.catalogue import pages
from archive.catalogue.accept import NewDocument, accept
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.citations.reading import Citing
from archive.ingest.filetypes.media_types import PDF, PPTX
from archive.ingest.reading.extract_file import read_file
from archive.ingest.reading.limits import extract_limits
from archive.ingest.sandbox.spawning import FreshSandbox
from archive.model.documents import DocumentKind, Original
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import Page
from archive.model.visibility import Visibility
from tests.filled_archive import opened
from tests.ingest.extractors.archives.full_decks import full_deck
from tests.ingest.extractors.pdfs import pdf
from tests.web.slides import Slide, draw, page

SITE = "https://arkiv.example.org"
SPEAKER, TOPIC = "Åsa Öberg", "Gruvnäringens ängar & åkrar"
DAY = NewEvent(
    title="Hållbara dagar",
    starts_on=date(2021, 11, 24),
    place="Fagersta",
    talks=(NewTalk(TOPIC, 1, language="sv", speakers=(NewSpeaker(SPEAKER, "", "Region Dalarna"),)),),
)


@dataclass(frozen=True, slots=True)
class Ground:
    """The archive and its documents.

    `deck`: a .pptx of three slides, the second hidden, with the PDF drawn of it. `report`: a PDF of two
    pages. `pictures`: two slides with pictures and no PDF. `words`: one slide with neither. `damaged`: a PDF
    that is none, with a picture. `members`, `staff`: one slide each.
    """

    archive: Archive
    deck: str
    report: str
    pictures: str
    words: str
    damaged: str
    members: str
    staff: str


@contextmanager
def ground_in(folder: Path) -> Iterator[Ground]:
    """Build the archive in a folder."""
    with opened(folder) as archive:
        with archive.database.write() as session:
            talk_id = save_event(session, DAY, "test").talk_ids[0]
        slides = (Slide("Malm i berget", ("Kiruna",)), Slide("Skog"))
        yield Ground(
            archive,
            deck=_deck(archive, talk_id),
            report=add(archive, "Rapport", (Slide("Sida ett"), Slide("Sida två")), PDF, _pdf("Rapportsida")),
            pictures=add(archive, "Avbilder", slides, PPTX, b"no deck", is_drawn=True),
            words=add(archive, "Ord", (Slide("Bara ord", ("på svenska: åäö",)),), PPTX, b"words"),
            damaged=add(archive, "Trasig", (Slide("Trasig sida"),), PDF, b"no PDF", is_drawn=True),
            members=add(archive, "Inre", (Slide("Medlemssak"),), PPTX, b"m", level=Visibility.MEMBERS),
            staff=add(archive, "Innersta", (Slide("Personalsak"),), PPTX, b"s", level=Visibility.STAFF),
        )


def add(
    archive: Archive,
    title: str,
    slides: tuple[Slide, ...],
    media_type: str,
    data: bytes,
    is_drawn: bool = False,
    level: Visibility = Visibility.PUBLIC,
) -> str:
    """Take in a file that was read so; a source of the same title gets its next version."""
    read = tuple(page(slide, number, "sv") for number, slide in enumerate(slides, 1))
    kind = DocumentKind.REPORT if media_type == PDF else DocumentKind.DECK
    document_id, version_id = _taken_in(archive, NewDocument(
        kind, title, f"test:{title}", f"{title}.x", _stored(archive, data, media_type), visibility=level,
        publisher="Handelskammaren" if media_type == PDF else "", year=2020,
    ), read)  # fmt: skip
    with archive.database.write() as session:
        for number, slide in enumerate(slides if is_drawn else (), 1):
            pages.save_picture(session, version_id, draw(slide, number, 1, archive.pictures))
        pages.finish_pictures(session, version_id)
    return document_id


def basket_of(
    archive: Archive, text: str, visitor: Visibility = Visibility.PUBLIC
) -> tuple[Basket, BasketSources]:
    """Return the basket that an address names, and its sources."""
    with archive.database.read() as session:
        basket = gathered(session, parsed(text), visitor)
        citing = Citing(visitor, SITE, datetime(2026, 11, 29, tzinfo=UTC).date())
        return basket, basket_sources(session, basket, citing)


def address(*slides: tuple[str, int], version: int = 1) -> str:
    """Return what an address says of slides, given by document and number."""
    return ",".join(str(SlideRef(document, version, number)) for document, number in slides)


def _deck(archive: Archive, talk_id: str) -> str:
    original = _stored(archive, full_deck(), PPTX)
    path = archive.originals.path(original.sha256)
    read = read_file(FreshSandbox(), path, PPTX, extract_limits(archive.settings))
    assert read.category is Outcome.OK
    new = NewDocument(DocumentKind.DECK, TOPIC, "test:deck", "plan.pptx", original, talk_id=talk_id)
    document_id, version_id = _taken_in(archive, new, read.pages)
    drawn = archive.pictures.put_bytes(_pdf("Öppen bild", 3)).sha256
    with archive.database.write() as session:
        for number in (1, 2, 3):
            picture = draw(Slide(f"Öppen bild {number}"), number, 2, archive.pictures)
            pages.save_picture(session, version_id, replace(picture, words=()))
        pages.finish_pictures(session, version_id, "", drawn)
    return document_id


def _taken_in(archive: Archive, new: NewDocument, read: tuple[Page, ...]) -> tuple[str, str]:
    with archive.database.write() as session:
        accepted = accept(session, new, "test")
        extraction = Extraction(Outcome.OK, read, "test")
        pages.save_extraction(session, accepted.newest.id, extraction, "sv", new.original.media_type)
        return accepted.document.id, accepted.newest.id


def _stored(archive: Archive, data: bytes, media_type: str) -> Original:
    stored = archive.originals.put_bytes(data)
    return Original(stored.sha256, stored.size_bytes, media_type)


def _pdf(words: str, count: int = 2) -> bytes:
    return pdf([[(f"{words} {number}", 70, 400, 20)] for number in range(1, count + 1)], (720.0, 540.0), "x")
