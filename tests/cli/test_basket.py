"""`archive basket`: gathered slides become files."""

import io
from pathlib import Path

import pypdfium2
import pytest
from pptx import Presentation

from archive.baskets.files import BasketFiles
from tests.cli.commands import Run, assert_one_line, run_apart


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
        ([f"{deck(full)}.1", "--pdf", str(tmp_path / "a"), "--pptx", str(tmp_path / "a")], 2),
    ):
        told = full("basket", *arguments)
        assert told.code == code
        assert_one_line(told)
    assert full("basket", f"{deck(full)}.1").code == 2


class BrokenOff(io.BytesIO):
    """A file that cannot be read to its end."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise ValueError
        return super().read(size)


def test_file_that_breaks_off_leaves_the_one_that_was_there(
    full: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = tmp_path / "mine" / "a.pdf"
    pdf.parent.mkdir()
    pdf.write_bytes(b"before")
    monkeypatch.setattr(BasketFiles, "pdf", lambda *_: BrokenOff(b"%PDF-" + b"x" * 3_000_000))
    assert full("basket", f"{deck(full)}.1", "--pdf", pdf).code == 1
    assert pdf.read_bytes() == b"before"
    assert list(pdf.parent.iterdir()) == [pdf]


def test_file_on_stdout_is_alone_there(full: Run, data: Path) -> None:
    told = run_apart(data, "basket", f"{deck(full)}.1", "--pptx", "-")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("PK")
    assert "Made:" not in told.out
