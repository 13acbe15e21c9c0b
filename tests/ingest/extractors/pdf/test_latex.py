"""LaTeX without T1 fonts, with Type 1 and with bitmap fonts: see the comments in the .tex files."""

import io
import re
from pathlib import Path

import pypdfium2
import pytest

from archive.analysis.normalize import normalize
from archive.ingest.extractors.pdf.pdfium.words import words_of
from archive.ingest.extractors.pdf.reader import PdfExtractor
from tests.ingest.extractors.extraction import read

_FOLDER = Path(__file__).parents[1] / "latex"
_FILES = {"report.pdf": "report.tex", "report-bitmap.pdf": "report.tex", "slides.pdf": "slides.tex"}
_WORD = re.compile(r"[^\W\d_]+")


def _words(text: str) -> set[str]:
    return set(_WORD.findall(normalize(text)))


def _accented(tex: str) -> set[str]:
    """Return the different words of the source's text that have å, ä, ö or é."""
    body = (_FOLDER / tex).read_text("utf-8").partition("\\begin{document}")[2].replace("\\-", "")
    return {word for word in _words(body) if set(word.casefold()) & set("åäöé")}


def _found_share(wanted: set[str], text: str) -> float:
    return len(wanted & _words(text)) / len(wanted)


@pytest.mark.parametrize("name", _FILES)
def test_words_with_accents_are_found_in_latex(name: str) -> None:
    wanted = _accented(_FILES[name])
    pages, _ = read(PdfExtractor(), (_FOLDER / name).read_bytes())
    assert len(wanted) >= 28
    assert _found_share(wanted, "\n".join(block.text for page in pages for block in page.blocks)) >= 0.99


@pytest.mark.parametrize("name", _FILES)
def test_words_with_accents_are_found_in_the_boxes_for_marks(name: str) -> None:
    document = pypdfium2.PdfDocument(io.BytesIO((_FOLDER / name).read_bytes()))
    found = []
    for page in document:
        text_page = page.get_textpage()
        found += [word.text for word in words_of(page, text_page, *page.get_size())]
        text_page.close()
        page.close()
    document.close()
    assert _found_share(_accented(_FILES[name]), "\n".join(found)) >= 0.99


def test_slides_made_with_latex_have_their_titles() -> None:
    pages, _ = read(PdfExtractor(), (_FOLDER / "slides.pdf").read_bytes())
    assert [page.title for page in pages] == [
        "Hållbar näringspolitik för små orter",
        "Ämnen vi återkommer till",
    ]
