"""Pages that nobody writes: the reading ends, and what is cut off is said."""

from archive.imports.reading.dates import dates_in
from archive.imports.reading.naming.people import PEOPLE_MAX, people_in
from archive.imports.reading.pieces import LINES_MAX, Piece
from tests.counting import assert_grows_linearly
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


def test_each_of_hundreds_of_files_goes_to_the_talk_it_is_called_after() -> None:
    words = [f"{first}{second}tal" for first in ("sko", "vat", "jär", "bro") for second in "abcdefghijklmnop"]
    talks = "".join(f"<li>9.00 Om {word} – Anna Ek, SCB</li>" for word in words)
    files = "".join(f"<li><a href='/f/{at}.pdf'>Om {word} (pdf)</a></li>" for at, word in enumerate(words))
    page = read_outline(
        outline_of(html(f"<h1>Dag</h1><ul>{talks}</ul><h2>Dokumentation</h2><ul>{files}</ul>"))
    )
    decks = [deck.rpartition("/")[2] for talk in page.events[0].talks for deck in talk.decks.value]
    assert decks == [f"{at}.pdf" for at in range(len(words))]


def test_titles_told_by_their_class_are_no_headings_where_nothing_stands_below() -> None:
    outline = outline_of(html("<h1>Dag</h1>" + "<div class='card-title'>Namn</div>" * 3_000))
    assert [block.level for block in outline.blocks[1:4]] == [0, 0, 0]


def test_title_of_an_accordion_is_a_heading() -> None:
    part = "<div class='x'><div class='accordion-title'><a>Ämne</a></div><div>Anna Ek</div></div>"
    outline = outline_of(html("<h1>Dag</h1>" + part * 2))
    assert [(block.text, block.level) for block in outline.blocks[1:3]] == [("Ämne", 4), ("Anna Ek", 0)]


def test_days_of_a_line_are_not_compared_with_each_other() -> None:
    texts = ["".join(f"den {day % 28 + 1} maj {year}, " for day in range(300)) for year in range(2000, 2008)]

    def read(size: int) -> None:
        whole = texts.pop() * (size // 300)
        assert len(dates_in(whole)) == size

    assert_grows_linearly(read, 300)


def test_of_a_line_of_hundreds_of_names_the_first_are_people() -> None:
    people = people_in(Piece("Anna Ek, strateg, SCB; " * 200, 0, 0))
    assert len(people) == PEOPLE_MAX
    assert {(one.role.text, one.organisation.text) for one in people if one.role and one.organisation} == {
        ("strateg", "SCB")
    }


def test_signs_behind_a_name_are_nothing_that_it_holds() -> None:
    page = read_outline(
        outline_of(html("<h1>Dag</h1><p>10.00 Anna Ek . :     : ( höra</p><p>Anna Ek, . : ,</p>"))
    )
    assert page.events[0].title.value == "Dag"
