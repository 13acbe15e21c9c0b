import pytest

from archive.ingest.extractors.base import Extractor
from archive.ingest.extractors.flowing.html import HtmlExtractor
from archive.ingest.extractors.flowing.text import TextExtractor
from archive.model.pages import BlockField
from archive.visibility import STAFF_FIELDS
from tests.ingest.extractors.extraction import read

REMARK = (
    "# Rubrik\n\nsynligt ett\n\n???\n\nhemligt ett\nmer hemligt\n\n---\n\nsynligt två\n\n???\nhemligt två\n"
)


def words(extractor: Extractor, data: str, staff: bool) -> str:
    """Return the words for staff alone, or those for everybody."""
    pages, _ = read(extractor, data.encode())
    blocks = [block for page in pages for block in page.blocks]
    return " ".join(" ".join(one.text.split()) for one in blocks if (one.field in STAFF_FIELDS) is staff)


@pytest.mark.parametrize(
    "page",
    [
        '<div class="reveal"><section><h2>Synligt</h2><aside class="notes">hemligt</aside></section></div>',
        '<section><h2>Synligt</h2><p>Mer</p><aside class="notes other"><p>hemligt</p></aside></section>',
        '<div id="impress"><div class="step">Synligt<div class="notes">hemligt</div></div></div>',
        '<section>Synligt</section><div class="bespoke-marp-note"><p>hemligt</p></div>',
        '<table><tr><td><ul><li>Synligt<aside class="notes">hemligt</aside></li></ul></td></tr></table>',
    ],
)
def test_notes_of_web_slides_are_for_staff(page: str) -> None:
    html = f"<html><body>{page}</body></html>"
    assert words(HtmlExtractor(), html, staff=True) == "hemligt"
    assert "Synligt" in words(HtmlExtractor(), html, staff=False)
    assert "hemligt" not in words(HtmlExtractor(), html, staff=False)


def test_notes_of_other_pages_are_read_by_everybody() -> None:
    html = '<html><body><p>Text</p><div class="notes">Fotnot</div></body></html>'
    assert words(HtmlExtractor(), html, staff=False) == "Text Fotnot"


def test_notes_of_markdown_slides_are_for_staff() -> None:
    page = f'<html><body><textarea id="source">{REMARK}</textarea></body></html>'
    for extractor, data in ((HtmlExtractor(), page), (TextExtractor(), REMARK)):
        assert words(extractor, data, staff=True) == "hemligt ett mer hemligt hemligt två"
        shown = words(extractor, data, staff=False)
        assert "synligt ett" in shown
        assert "synligt två" in shown
        assert "hemligt" not in shown


def test_three_question_marks_in_a_text_that_is_no_slides_hide_nothing() -> None:
    pages, _ = read(TextExtractor(), "Vad då?\n\n???\n\nMer text\n".encode())
    assert not [block for page in pages for block in page.blocks if block.field is BlockField.NOTES]
