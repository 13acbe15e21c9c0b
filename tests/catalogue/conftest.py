"""A fresh catalogue, and files to put in it."""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import pages
from archive.catalogue.accept import NewDocument, accept
from archive.catalogue.database.database import Database
from archive.catalogue.events.new_event import NewEvent, NewFocusArea, NewSpeaker, NewTalk, SavedEvent
from archive.catalogue.events.save_event import save_event as save
from archive.model.documents import DocumentKind, Original
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import Block, BlockField, Page, Paragraph

CARINA = NewSpeaker("Carina Åkerberg", "strateg", "Region Gävleborg")
LISA = NewSpeaker("Lisa Virén", "utvecklingsledare", "Region Örebro län")
STRATEGY = NewTalk("Strategi", 1, "Om strategi", "sv", region_codes=("SE31", "SE313"), speakers=(CARINA,))
SMART = NewTalk("Smart specialisering", 2, speakers=(LISA,))
AREA = NewFocusArea("Bergslagens industri", 2021, 2022, "Text")
SEMINAR = NewEvent(
    title="Smart och hållbar industri",
    starts_on=date(2022, 5, 3),
    ends_on=date(2022, 5, 4),
    place="Falun",
    occasion="årsmöte",
    organiser="Föreningen",
    text="Text",
    source_url="https://example.org/seminarium",
    focus_areas=(AREA,),
    talks=(STRATEGY, SMART),
)


@pytest.fixture
def database(catalogue_url: str) -> Iterator[Database]:
    """An empty catalogue, on SQLite and on PostgreSQL."""
    database = Database.open(catalogue_url)
    yield database
    database.close()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One write transaction around the whole test."""
    with database.write() as session:
        yield session


def new_file(data: str = "ett", source: str = "/in/a.pptx", **values: Any) -> NewDocument:
    """Return a deck whose bytes are `data`."""
    original = Original(hashlib.sha256(data.encode()).hexdigest(), len(data), "application/x-deck")
    filename = source.rsplit("/", 1)[-1].rsplit(":", 1)[-1]
    given: dict[str, Any] = {"kind": DocumentKind.DECK, "title": filename, "filename": filename} | values
    return NewDocument(source=source, original=original, **given)


def text_page(number: int, title: str = "", body: str = "text") -> Page:
    """Return a page with a title and a body."""
    blocks: tuple[Block, ...] = (Block(BlockField.BODY, (Paragraph(body),)),)
    if title:
        blocks = (Block(BlockField.TITLE, (Paragraph(title),)), *blocks)
    return Page(number, blocks, language="sv", reader="test")


def read(session: Session, version_id: str, *titles: str, category: Outcome = Outcome.OK) -> None:
    """Save an extraction with one page for each title."""
    found = tuple(text_page(number, title) for number, title in enumerate(titles, 1))
    pages.save_extraction(
        session, version_id, Extraction(category, found, "test"), "sv", "application/x-deck"
    )


def put(session: Session, data: str = "ett", source: str = "/in/a.pptx", **values: Any) -> str:
    """Accept a file and return its document's identifier."""
    return accept(session, new_file(data, source, **values), "test").document.id


def save_event(session: Session, record: NewEvent = SEMINAR) -> SavedEvent:
    """Save an event as somebody called kim."""
    return save(session, record, "kim")
