"""Blocks as trees for HTML."""

from markupsafe import Markup

from archive.model.pages import Block, BlockField, Page, Paragraph
from archive.model.visibility import Visibility
from archive.web.presenters.result_controls import page_numbers
from archive.web.presenters.slide_text import ListItem, TextPart, sections
from tests.highlight.matchers import matcher_of


def outline(*paragraphs: Paragraph, text: str = "") -> tuple[TextPart, ...]:
    page = Page(1, (Block(BlockField.BODY, paragraphs),))
    (section,) = sections(page, matcher_of(text), visitor=Visibility.PUBLIC)
    return section.parts


def test_levels_nest() -> None:
    (part,) = outline(Paragraph("a", 0, True), Paragraph("b", 1), Paragraph("c", 2), Paragraph("d", 0, True))
    assert part.items == [
        ListItem(Markup("a"), [ListItem(Markup("b"), [ListItem(Markup("c"))])]),
        ListItem(Markup("d")),
    ]


def test_level_without_a_line_above_stands_as_high_as_it_must() -> None:
    (part,) = outline(Paragraph("a", 7, True), Paragraph("b", 10**9, True))
    assert part.items == [ListItem(Markup("a"), [ListItem(Markup("b"))])]


def test_plain_paragraph_ends_a_list() -> None:
    parts = outline(Paragraph("a", 0, True), Paragraph("b"), Paragraph(" "), Paragraph("c", 0, True))
    assert [bool(part.items) for part in parts] == [True, False, True]


def test_text_is_escaped_and_marked() -> None:
    (part,) = outline(Paragraph("<b>kompetens & el"), text="kompetens")
    assert part.html == "&lt;b&gt;<mark>kompetens</mark> &amp; el"


def test_ragged_table_is_filled_up() -> None:
    block = Block(BlockField.TABLE, rows=(("a", "b"), ("c",)), has_header=True)
    (section,) = sections(Page(1, (block,)), matcher_of(""), visitor=Visibility.PUBLIC)
    assert section.head == ("a", "b")
    assert section.rows == (("c", ""),)


def test_staff_fields_are_left_out_for_others() -> None:
    blocks = (Block(BlockField.NOTES, (Paragraph("n"),)), Block(BlockField.COMMENT, (Paragraph("c"),)))
    matcher = matcher_of("")
    assert sections(Page(1, blocks), matcher, visitor=Visibility.PUBLIC) == []
    assert [one.is_staff_only for one in sections(Page(1, blocks), matcher, visitor=Visibility.STAFF)] == [
        True,
        True,
    ]


def test_page_numbers_leave_gaps() -> None:
    assert page_numbers(1, 1) == [1]
    assert page_numbers(1, 4) == [1, 2, 3, 4]
    assert page_numbers(10, 20) == [1, 0, 8, 9, 10, 11, 12, 0, 20]
    assert page_numbers(4, 5) == [1, 2, 3, 4, 5]


def test_slide_number_is_not_repeated_beside_the_picture() -> None:
    number = Block(BlockField.PAGE_NUMBER, (Paragraph("7"),))
    assert sections(Page(1, (number,)), matcher_of(""), visitor=Visibility.STAFF) == []


def test_phrase_is_marked_where_it_runs_over_two_lines_or_cells() -> None:
    lines = outline(
        Paragraph("Statens inköpscentral vid", 0, True),
        Paragraph("Kammarkollegiet", 0, True),
        text='"inköpscentral vid Kammarkollegiet"',
    )
    assert [item.html for item in lines[0].items] == [
        "Statens <mark>inköpscentral</mark> <mark>vid</mark>",
        "<mark>Kammarkollegiet</mark>",
    ]
    table = Block(BlockField.TABLE, rows=(("öppna", "data"), ("x",)))
    (section,) = sections(Page(1, (table,)), matcher_of('"öppna data"'), visitor=Visibility.PUBLIC)
    assert section.rows == (("<mark>öppna</mark>", "<mark>data</mark>"), ("x", ""))
