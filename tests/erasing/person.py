"""An archive in which a made-up person is everywhere, for tests that erase her."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pptx
from pptx.util import Inches

from archive.app import Archive
from archive.catalogue import audit
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.people import person_id
from archive.catalogue.events.save_event import save_event
from archive.catalogue.journal.recording import recording
from archive.catalogue.names.editing import save_names
from archive.catalogue.operation import question_counts
from archive.model.edits import Author, Reason
from archive.model.events import Spelling
from archive.model.names import NameFacts, NameKind
from tests.ingest.extractors.decks import saved, with_member
from tests.ingest.extractors.pdfs import lines, pdf
from tests.ingest.ingests import ingest

NAME, SURNAME, FORMER = "Vilhelmina Åkerbrandt", "Åkerbrandt", "Vilhelmina Sörgårdsson"
WORDS = (SURNAME, "Sörgårdsson", "Akerbrandt")
EDITOR = Author("test", Reason.COMMAND, f"rättat {NAME}s titel")


@dataclass(frozen=True)
class Filled:
    """The person's record, and the documents that have nothing to do with her."""

    person_id: str
    others: tuple[str, ...]


def fill(archive: Archive, folder: Path) -> Filled:
    """Put a person everywhere into an archive."""
    folder.mkdir()
    (folder / f"plan_{SURNAME}.pptx").write_bytes(_deck())
    (folder / "rapport.pdf").write_bytes(_report())
    (folder / "annat.pdf").write_bytes(pdf([lines(["Vindkraft till havs", "gemensam sak"], 700)]))
    (folder / "andra.pptx").write_bytes(_other_deck())
    (folder / "dold.pptx").write_bytes(_deck_with_a_hidden_name())
    (folder / "brev.txt").write_text(f"Hej!\nVi möter {SURNAME}s grupp.\n", "utf-8")
    notes = ingest(archive, folder)
    by_name = {Path(step.file).name: step.document_id for step in notes.stored}
    with archive.database.write() as session, recording(session, EDITOR):
        talk = NewTalk("Framtidens skog", 1, speakers=(NewSpeaker(NAME, "strateg", "Region Dalarna"),))
        save_event(session, _event(talk), "test")
        found = person_id(session, NAME)
    with archive.database.write() as session:
        facts = NameFacts(NAME, (Spelling(FORMER, "2001", "2009"), Spelling("V. Akerbrandt", is_shown=False)))
        save_names(session, NameKind.PERSON, found, facts, EDITOR)
        audit.record(session, "test", "person.save", found, "changed", NAME)
        question_counts.add(
            session, question_counts.today(), {f"{SURNAME}s skog": (3, False), "skog": (1, True)}
        )
    archive.indexer.catch_up()
    return Filled(found, (by_name["annat.pdf"], by_name["andra.pptx"]))


def _event(talk: NewTalk) -> NewEvent:
    return NewEvent(
        title="Skogsdagen",
        starts_on=date(2021, 11, 24),
        place="Fagersta",
        text=f"Dagen leddes av {NAME.upper()}.",
        talks=(talk,),
    )


def _deck() -> bytes:
    presentation = pptx.Presentation()
    for title, body, notes in (
        ("Skogens värde", f"{NAME}s plan för Åkerbrandtmodellen", "Fråga Åkerbrandt om siffrorna"),
        ("Tack", "vilhelmina.akerbrandt@example.org", ""),
        ("Bilaga", "Siffror om granar", f"Avsnittet skrevs av {FORMER}"),
    ):
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = title
        slide.shapes.add_textbox(Inches(1), Inches(2), Inches(6), Inches(1)).text_frame.text = body
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
    presentation.core_properties.author = NAME
    presentation.core_properties.last_modified_by = SURNAME
    return saved(presentation)


def _deck_with_a_hidden_name() -> bytes:
    """Return a deck that has the name in a part that nobody reads."""
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "Bild utan namn"
    authors = f'<p:cmAuthorLst><p:cmAuthor name="{NAME}" initials="VÅ"/></p:cmAuthorLst>'
    return with_member(saved(presentation), "ppt/commentAuthors.xml", authors.encode())


def _other_deck() -> bytes:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "Annan bild om skog"
    presentation.core_properties.author = "Erik Annan"
    return saved(presentation)


def _report() -> bytes:
    pages = [
        lines(["Rapport om skogen", f"av {NAME} och Erik Svensson"], 700),
        lines(["Inget namn på denna sida, bara granar"], 700),
    ]
    return pdf(pages, title=f"Rapport av {SURNAME}")
