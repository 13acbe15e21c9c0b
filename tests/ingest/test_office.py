import os
import shutil
import stat
import time
from pathlib import Path

import pypdfium2
import pytest
from pptx import Presentation

from archive.errors import PartMissing, PictureError
from archive.ingest import office
from archive.ingest.office import find_office, to_pdf
from archive.settings import PictureSettings
from tests.ingest.extractors.decks import add_box, deck_of_titles, saved

needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "original"
    path.write_bytes(deck_of_titles("Ett", "Två"))
    path.chmod(0o444)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "arbete med mellanslag"
    made.mkdir()
    return made


def program(path: Path, script: str) -> str:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def page_texts(pdf: Path) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


@needs_office
def test_page_n_is_slide_n_also_when_slides_are_hidden(tmp_path: Path, folder: Path) -> None:
    presentation = Presentation()
    for number in range(1, 5):
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        add_box(slide.shapes, f"bild {number}", 50, 50)
        if number in (1, 3):
            slide.element.set("show", "0")
    path = tmp_path / "dold.pptx"
    path.write_bytes(saved(presentation))
    texts = page_texts(to_pdf(path, folder, PictureSettings()))
    assert [text.strip() for text in texts] == ["bild 1", "bild 2", "bild 3", "bild 4"]


@needs_office
def test_original_is_not_touched(deck: Path, folder: Path) -> None:
    before = (deck.read_bytes(), deck.stat().st_mtime_ns, deck.stat().st_nlink)
    to_pdf(deck, folder, PictureSettings())
    assert (deck.read_bytes(), deck.stat().st_mtime_ns, deck.stat().st_nlink) == before


@needs_office
def test_deck_that_libreoffice_cannot_read_is_an_error(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "halv.pptx"
    whole = deck_of_titles("Ett")
    path.write_bytes(whole[: len(whole) // 3])
    with pytest.raises(PictureError, match="could not convert"):
        to_pdf(path, folder, PictureSettings())


def test_missing_program_is_told(deck: Path, folder: Path) -> None:
    with pytest.raises(PartMissing, match="LibreOffice"):
        to_pdf(deck, folder, PictureSettings(office_command="no-such-office"))


def test_file_that_is_no_deck_is_refused(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "bilder.pptx"
    path.write_bytes(b"%PDF-1.4")
    command = program(tmp_path / "office", "exit 0")
    with pytest.raises(PictureError, match="not a slide deck"):
        to_pdf(path, folder, PictureSettings(office_command=command))


def test_given_command_is_used_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/opt/{name}" if name == "soffice" else None)
    assert find_office() == Path("/opt/soffice")
    assert find_office("office-of-our-own") is None


@pytest.mark.parametrize("outcome", [0, 1])
def test_program_that_makes_no_pdf_is_an_error(
    deck: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, outcome: int
) -> None:
    monkeypatch.setattr(office, "_run", lambda *_: outcome)
    monkeypatch.setattr(office, "find_office", lambda _: Path("/opt/soffice"))
    with pytest.raises(PictureError, match="could not convert"):
        to_pdf(deck, folder, PictureSettings())


def test_program_that_takes_too_long_is_ended_with_all_it_started(deck: Path, folder: Path) -> None:
    shell = Path("/bin/sh")
    if not shell.exists():
        pytest.skip("needs a POSIX shell")
    script = f"sleep 600 & echo $! > '{folder}/child'; wait"
    with pytest.raises(PictureError, match="longer than 1 seconds"):
        office._run([str(shell), "-c", script], folder, 1.0)
    child = int((folder / "child").read_text())
    assert ends_within(child, 5.0)


def ends_within(process_id: int, seconds: float) -> bool:
    """Return whether the process ends, or is left dead for its parent to take note of, in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            os.kill(process_id, 0)
        except ProcessLookupError:
            return True
        status = Path(f"/proc/{process_id}/stat")
        if status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False
