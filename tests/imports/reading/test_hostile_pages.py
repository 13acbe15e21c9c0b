"""Pages that nobody writes: the reading ends, and what is cut off is said."""

from archive.imports.reading.pieces import LINES_MAX
from tests.imports.reading.outlines import html, outline_of
from tests.imports.reading.truths import read_outline


def test_nesting_of_three_megabytes_is_read_as_far_as_it_goes() -> None:
    outline = outline_of(html("<h1>Dag</h1>" + "<div>" * 600_000 + "slut"))
    assert outline.blocks[0].text == "Dag"
    assert any("nested too deep" in remark for remark in outline.remarks)


def test_endless_list_is_cut_and_that_is_said() -> None:
    page = read_outline(outline_of(html("<h1>Dag</h1><ul>" + "<li>punkt" * (LINES_MAX + 5) + "</ul>")))
    assert page.events[0].title.value == "Dag"
    assert any("more lines" in remark for remark in page.remarks)


def test_cells_that_span_everything_do_not_multiply_for_ever() -> None:
    outline = outline_of(html("<table>" + "<tr><td rowspan=999>a<td colspan=999>b<td>c" * 500 + "</table>"))
    assert len(outline.blocks) <= 20_000
    assert any("more text" in remark for remark in outline.remarks)


def test_long_text_without_paragraphs_goes_on_in_the_next_block() -> None:
    outline = outline_of(html("ord " * 30_000))
    assert "".join(block.text for block in outline.blocks).count("ord") == 30_000


def test_broken_markup_keeps_its_words() -> None:
    outline = outline_of(b"<html><body><h1>Dag<p>Anna Ek<table><tr><td>a</h2></td></table><b>slut")
    assert " ".join(block.text for block in outline.blocks).split() == ["Dag", "Anna", "Ek", "a", "slut"]
