"""`archive basket`: gathered slides become files."""

from pathlib import Path

import pypdfium2
from pptx import Presentation

from tests.cli.commands import Run, assert_one_line


def deck(full: Run) -> str:
    identifier = full("search", "--json", "gruvnäringen").json["hits"][0]["document"]
    assert isinstance(identifier, str)
    return identifier


def test_slides_become_a_pdf_and_a_deck(full: Run, tmp_path: Path) -> None:
    pdf, pptx = tmp_path / "a.pdf", tmp_path / "a.pptx"
    slides = [f"{deck(full)}.v1.2", f"https://arkiv.example.org/d/{deck(full)}/1", "zzzzzzzzzz.v1.1"]
    told = full("basket", *slides, "--pdf", str(pdf), "--pptx", str(pptx), "--language", "en")
    assert told.code == 0
    assert told.err == "One slide is left out: it is not there, or not for them.\n"
    assert told.out == f"Made: {pdf}\nMade: {pptx}\n"
    with pypdfium2.PdfDocument(str(pdf)) as document:
        words = [page.get_textpage().get_text_range() for page in document]
    assert len(words) == 3
    assert "Stål och gruvor" in words[0]
    assert "Sources" in words[2]
    titles = [slide.shapes.title.text for slide in Presentation(str(pptx)).slides]
    assert titles == ["Stål och gruvor", "Gruvnäringen i Bergslagen"]


def test_what_cannot_be_made_is_said_in_a_line(full: Run, tmp_path: Path) -> None:
    for arguments, code in (
        (["gruva", "--pdf", str(tmp_path / "a.pdf")], 2),
        (["zzzzzzzzzz.v1.1", "--pdf", str(tmp_path / "a.pdf")], 1),
        ([f"{deck(full)}.1", "--pdf", str(tmp_path / "none" / "a.pdf")], 2),
    ):
        told = full("basket", *arguments)
        assert told.code == code
        assert_one_line(told)
    assert full("basket", f"{deck(full)}.1").code == 2
