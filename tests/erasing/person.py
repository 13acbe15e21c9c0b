"""An archive in which a made-up person is everywhere, for tests that erase her."""

import io
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pptx
from pptx.util import Inches

from archive.accounts.speaker_links import new_speaker_link
from archive.app import Archive
from archive.catalogue import audit, changes, documents, ocr_results
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.people import person_id
from archive.catalogue.events.save_event import save_event
from archive.catalogue.imports.imports import add_import
from archive.catalogue.journal.recording import recording
from archive.catalogue.names.editing import save_names
from archive.catalogue.operation import question_counts
from archive.catalogue.proposals import sending
from archive.catalogue.proposals.wordings import wording
from archive.catalogue.submissions import submissions
from archive.imports.drafting import draft_of
from archive.imports.sources.base import GivenBytes
from archive.model.edits import Author, Reason
from archive.model.events import Spelling
from archive.model.names import NameFacts, NameKind
from archive.model.pages import Block, BlockField, Paragraph, WordBox
from archive.model.seminar_pages.imports import GivenSource, ImportKind
from archive.model.submissions import NewSubmission
from archive.model.uploads import NewUpload
from tests.imports.seminar_pages import PAGE
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
        (talk_id,) = save_event(session, _event(talk), "test").talk_ids
        found = person_id(session, NAME)
    with archive.database.write() as session:
        facts = NameFacts(NAME, (Spelling(FORMER, "2001", "2009"), Spelling("V. Akerbrandt", is_shown=False)))
        save_names(session, NameKind.PERSON, found, facts, EDITOR)
        audit.record(session, "test", "person.save", found, "changed", NAME)
        question_counts.add(
            session, question_counts.today(), {f"{SURNAME}s skog": (3, False), "skog": (1, True)}
        )
    _plant_words_read_by_ocr(archive, by_name["dold.pptx"])
    _plant_imports(archive)
    _plant_what_others_sent(archive, talk_id)
    archive.indexer.catch_up()
    return Filled(found, (by_name["annat.pdf"], by_name["andra.pptx"]))


def _plant_words_read_by_ocr(archive: Archive, document_id: str) -> None:
    words = tuple(WordBox(word, 20.0 + 60 * n, 20, 50, 12) for n, word in enumerate(("Foto:", *NAME.split())))
    block = Block(BlockField.OCR, (Paragraph(f"Foto: {NAME}"),))
    with archive.database.write() as session:
        version = documents.document(session, document_id).version
        ocr_results.save(session, version.id, 1, block, words, "test")
        changes.record(session, document_id)


def _plant_imports(archive: Archive) -> None:
    """Have one page read into a draft, and one that waits with its bytes."""
    html = f"<h1>Skogsdagen</h1><p>{NAME} talade.</p>".encode()
    stored = archive.originals.put_bytes(html)
    given = (ImportKind.PAGE, "", f"{SURNAME}.html", stored.sha256, stored.size_bytes, "text/html")
    page = replace(PAGE, title=f"Skogsdagen med {NAME}")
    with archive.database.write() as session:
        add_import(session, GivenSource(*given), page, draft_of(page), "test")
    archive.importing.queue_file(GivenBytes(html, filename=f"{SURNAME}.html"), "test")


def _plant_what_others_sent(archive: Archive, talk_id: str) -> None:
    """Send files that are not taken in yet, one of them half, and have a speaker propose something."""
    deck, letter = _deck(), f"Hej! Hälsningar från {NAME} och mer.".encode()
    archive.receiving.take_whole(NewUpload("test", f"{SURNAME}.pptx", len(deck)), io.BytesIO(deck))
    half = archive.receiving.begin(NewUpload("test", "brev.txt", len(letter)))
    archive.receiving.take_piece(half.id, "test", 0, io.BytesIO(letter), len(letter) - 4)
    with archive.database.write() as session:
        submissions.add(session, NewSubmission("test", NAME, title=f"{NAME}s bilder", note=SURNAME))
    link, _ = new_speaker_link(archive.database, talk_id, 1, archive.settings.accounts, "test")
    with archive.database.write() as session:
        now = wording(session, link.id)
        said = replace(now, abstract=f"{NAME} om skogen.")
        sending.send(session, link, said, f"Hälsningar, {SURNAME}", sending.mark_of(now))


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
