"""Fills an archive's catalogue with synthetic decks, as if their files had been read: nothing is parsed."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from sqlalchemy.orm import Session

from archive.app import Archive
from archive.catalogue import jobs, pages
from archive.catalogue.accept import NewDocument, accept
from archive.catalogue.block_codec import pack_blocks, unpack_texts
from archive.catalogue.events.new_event import NewEvent, NewFocusArea, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.catalogue.pages import PageTexts
from archive.index.documents import IndexDocument, IndexPage
from archive.index.schema import Facet, TextField
from archive.model.documents import DocumentKind, Original
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import Block, BlockField, Page, Paragraph
from bench.synthetic.decks import DeckMaker

_DECKS_AN_EVENT = 10
_WORDS_A_LINE = 9
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_REGIONS = ("SE110", "SE121", "SE122", "SE123", "SE124", "SE125", "SE211", "SE232", "SE311", "SE312", "SE313")


def fill_catalogue(archive: Archive, maker: DeckMaker, page_count: int) -> None:
    """Add events of ten talks, each with its deck, until there are `page_count` slides. The index waits."""
    add_decks(archive, maker.decks(page_count))


def add_decks(archive: Archive, decks: Iterator[IndexDocument]) -> None:
    """Add decks, ten talks an event."""
    while chosen := list(islice(decks, _DECKS_AN_EVENT)):
        with archive.database.write() as session:
            saved = save_event(session, _event(chosen), "bench")
            for deck, talk in zip(chosen, saved.talk_ids, strict=True):
                _add(session, archive, deck, talk)


def page_texts(page: Page) -> PageTexts:
    """Return the words of a page as the catalogue gives them."""
    return PageTexts(page.hidden, page.language, unpack_texts(pack_blocks(page.blocks)))


def _event(decks: Sequence[IndexDocument]) -> NewEvent:
    first = decks[0]
    return NewEvent(
        title=f"Seminarium {first.id}",
        starts_on=date.fromisoformat(first.date),
        place="Orten",
        focus_areas=(NewFocusArea(f"Fokus {first.facets[Facet.REGION][0]}", 2020),),
        talks=tuple(_talk(deck, position) for position, deck in enumerate(decks, start=1)),
    )


def _talk(deck: IndexDocument, position: int) -> NewTalk:
    organisation = deck.facets[Facet.ORGANISATION][0]
    region = _REGIONS[int(deck.id[-6:]) % len(_REGIONS)]
    return NewTalk(
        topic=deck.sort_title.capitalize(),
        position=position,
        language="sv",
        region_codes=(region,),
        speakers=tuple(NewSpeaker(name, "", organisation) for name in deck.facets[Facet.SPEAKER]),
    )


def _add(session: Session, archive: Archive, deck: IndexDocument, talk: str) -> None:
    stored = archive.originals.put_bytes(f"the bench's {deck.id}".encode())
    new = NewDocument(
        kind=DocumentKind.DECK,
        title=deck.sort_title.capitalize(),
        source=f"bench:{deck.id}",
        filename=f"{deck.id}.pptx",
        original=Original(stored.sha256, stored.size_bytes, _PPTX),
        title_is_given=True,
        talk_id=talk,
    )
    version = accept(session, new, "bench").document.version.id
    read = Extraction(Outcome.OK, tuple(page_of(page) for page in deck.pages), "bench")
    pages.save_extraction(session, version, read, "sv", _PPTX)
    pages.finish_pictures(session, version)
    jobs.drop(session, [version])


def page_of(page: IndexPage) -> Page:
    """Return a slide as the catalogue holds it: its title, and its words nine to a bullet."""
    title = " ".join(token.term for token in page.terms[TextField.TITLE]).capitalize()
    words = [token.term for token in page.terms[TextField.EXACT]]
    lines = [" ".join(words[at : at + _WORDS_A_LINE]) for at in range(0, len(words), _WORDS_A_LINE)]
    blocks = (
        Block(BlockField.TITLE, (Paragraph(title),), language="sv"),
        Block(BlockField.BODY, tuple(Paragraph(line, bullet=True) for line in lines), language="sv"),
    )
    return Page(page.number, blocks, language="sv", reader="bench")
