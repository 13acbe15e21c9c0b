"""Files that lie in a document (in a mail, attached to a PDF): each becomes a document of its own."""

import io
from pathlib import Path

import pikepdf

from archive.app import Archive
from archive.catalogue import records
from archive.ingest.filetypes.detect import may_hold_documents
from archive.ingest.filetypes.media_types import PDF
from archive.ingest.progress import Refused, Stored
from archive.model.documents import DocumentKind
from archive.model.visibility import Visibility
from tests.ingest.extractors.decks import deck_of_titles
from tests.ingest.extractors.mails import mail
from tests.ingest.extractors.pdfs import lines, pdf
from tests.ingest.ingests import outcomes, take, write, zip_file


def test_mail_and_its_deck_are_documents(archive: Archive, tmp_path: Path) -> None:
    files = {"flyg.pptx": deck_of_titles("Flyg"), "länk.url": b"[InternetShortcut]\nURL=x\n"}
    path = write(tmp_path / "in" / "brev.eml", mail(files=files).as_bytes())
    steps = take(archive, path)
    assert outcomes(steps) == {"brev.eml": "new", "flyg.pptx": "new", "länk.url": "unsupported_type"}
    letter, deck = [step for step in steps if isinstance(step, Stored)]
    assert deck.file == f"{path}/flyg.pptx"
    with archive.database.read() as session:
        assert records.record(session, letter.document_id).document.kind is DocumentKind.REPORT
        assert records.record(session, deck.document_id).document.kind is DocumentKind.DECK
    assert outcomes(take(archive, path)) == {
        "brev.eml": "unchanged",
        "flyg.pptx": "unchanged",
        "länk.url": "unsupported_type",
    }


def test_zip_in_a_mail_in_a_zip_is_not_unpacked_for_ever(archive: Archive, tmp_path: Path) -> None:
    write(tmp_path / "z" / "a.pptx", deck_of_titles("A"))
    inner = zip_file(tmp_path / "z.zip", tmp_path / "z")
    write(tmp_path / "in" / "b.eml", mail(files={"z.zip": inner.read_bytes()}).as_bytes())
    steps = take(archive, tmp_path / "in" / "b.eml")
    assert outcomes(steps) == {"b.eml": "new", "a.pptx": "new"}
    outer = zip_file(tmp_path / "o.zip", tmp_path / "in")
    assert outcomes(take(archive, outer))["z.zip"] == "unsupported_type"


SEMINAR = """
[event]
title = "Möte"
[[talk]]
topic = "Flyg"
visibility = "staff"
deck = "brev.eml"
"""


def test_file_in_a_talks_mail_is_seen_by_those_who_see_the_talk(archive: Archive, tmp_path: Path) -> None:
    write(tmp_path / "m" / "seminar.toml", SEMINAR.encode())
    write(tmp_path / "m" / "brev.eml", mail(files={"flyg.pptx": deck_of_titles("Flyg")}).as_bytes())
    steps = take(archive, tmp_path / "m")
    assert not [step for step in steps if isinstance(step, Refused)]
    letter, deck = [step for step in steps if isinstance(step, Stored)]
    with archive.database.read() as session:
        held = records.record(session, deck.document_id)
        assert held.rank == Visibility.STAFF.rank
        assert held.document.event_id == records.record(session, letter.document_id).document.event_id
        assert held.talk is None


def _with_attached(files: dict[str, bytes], is_portfolio: bool) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf([lines(["Öppna portfolion"], 400)]))) as document:
        for name, data in files.items():
            document.attachments[name] = data
        if is_portfolio:
            document.Root.Collection = pikepdf.Dictionary(Type=pikepdf.Name.Collection)
        document.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()


def test_files_of_a_portfolio_are_documents(archive: Archive, tmp_path: Path) -> None:
    inner = pdf([lines(["Vattenkraftens miljöprövning"], 400)])
    files = {"prövning.pdf": inner, "flyg.pptx": deck_of_titles("Flyg"), "tomt.pdf": b""}
    path = write(tmp_path / "portfölj.pdf", _with_attached(files, is_portfolio=True))
    steps = take(archive, path)
    assert outcomes(steps) == {
        "portfölj.pdf": "new",
        "prövning.pdf": "new",
        "flyg.pptx": "new",
        "tomt.pdf": "damaged",
    }


def test_documents_attached_to_a_pdf_are_documents_and_its_data_is_not(
    archive: Archive, tmp_path: Path
) -> None:
    files = {"flyg.pptx": deck_of_titles("Flyg"), "faktura.xml": b"<faktura/>", "text.txt": b"Hej du"}
    path = write(tmp_path / "rapport.pdf", _with_attached(files, is_portfolio=False))
    assert outcomes(take(archive, path)) == {"rapport.pdf": "new", "flyg.pptx": "new"}


def test_pdf_without_attached_files_is_not_looked_into(tmp_path: Path) -> None:
    path = write(tmp_path / "rapport.pdf", pdf([lines(["Rapport"], 400)]))
    assert not may_hold_documents(path, PDF)
    assert may_hold_documents(write(tmp_path / "p.pdf", _with_attached({"a.pdf": b"x"}, True)), PDF)
