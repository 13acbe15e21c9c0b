import pytest

from archive.model.seminar_pages.seminar_page import BlockKind
from tests.imports.reading.outlines import html, outline_of


def _texts(body: str) -> list[str]:
    return [block.text for block in outline_of(html(body)).blocks]


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        ("<meta charset=iso-8859-1><p>”Grön” – å".encode("cp1252"), ""),
        ("<p>”Grön” – å".encode("cp1252"), "text/html; charset=ISO-8859-1"),
        ("<p>”Grön” – å".encode("cp1252"), ""),
        ("<p>”Grön” – å".encode(), "text/html"),
        ("<meta charset=iso-8859-1><p>”Grön” – å".encode(), ""),
        ("\ufeff<p>”Grön” – å".encode("utf-16"), "text/html; charset=utf-8"),
        ("<meta charset=punycode><p>”Grön” – å".encode(), ""),
        ("<meta charset=utf-8><p>”Grön” – å".encode("cp1252"), ""),
    ],
)
def test_letters_are_right_whatever_the_label_says(data: bytes, content_type: str) -> None:
    assert [block.text for block in outline_of(data, content_type=content_type).blocks] == ["”Grön” – å"]


def test_addresses_count_from_the_base_and_keep_their_percent_signs() -> None:
    page = html('<p><a href="../p/v%E4gen.pdf">a</a> <a href="Bål.pdf">b</a></p>', '<base href="/x/y/">')
    links = [link.address for link in outline_of(page, "https://a.example/1/2.htm").blocks[0].links]
    assert links == ["https://a.example/x/p/v%E4gen.pdf", "https://a.example/x/y/B%C3%A5l.pdf"]


def test_link_and_emphasis_know_their_letters() -> None:
    (block,) = outline_of(html('<p>Se <b> fet </b> och <a href="a.pdf"> bilder\n här </a>.</p>')).blocks
    (link,) = block.links
    assert block.text == "Se fet och bilder här ."
    assert block.text[link.start : link.end] == "bilder här"
    assert [block.text[start:end] for start, end in block.emphases] == ["fet"]


@pytest.mark.parametrize(
    "unseen",
    [
        "<nav>x</nav>", "<footer>x</footer>", "<script>x</script>", "<!-- x -->",
        "<template><p>x</p></template>",
        '<div style="display: none">x</div>', "<p hidden>x</p>", '<div class="cookie-banner">x</div>',
        '<div role="dialog">x</div>', '<ul class="main-menu"><li>x</ul>', '<div id="comments">x</div>',
        '<aside><h3>Fler seminarier</h3>x</aside>',
        '<span class="screen-reader-text">x</span>', "<button>x</button>",
    ],
)  # fmt: skip
def test_what_stands_around_or_is_not_seen_is_left_out(unseen: str) -> None:
    assert _texts(f"<main><h1>Dag</h1>{unseen}<p>Text</p></main>") == ["Dag", "Text"]


@pytest.mark.parametrize(
    "opened",
    [
        '<a href="#d2">Dag 2</a><div id="d2" style="display:none">x</div>',
        '<button aria-expanded="false" aria-controls="p">Dag 2</button><div id="p" hidden>x</div>',
        "<details><summary>Dag 2</summary>x</details>",
        '<p>Dag 2</p><div class="tab-panel" aria-hidden="true">x</div>',
    ],
)
def test_what_a_click_opens_is_kept(opened: str) -> None:
    assert _texts(f"<main>{opened}</main>") == ["Dag 2", "x"]


def test_box_with_facts_is_kept() -> None:
    assert _texts("<main><h1>Dag</h1><aside><p>Plats: Falun</p></aside></main>") == ["Dag", "Plats: Falun"]


def test_cell_that_spans_rows_stands_in_each() -> None:
    blocks = outline_of(html("<table><tr><td rowspan=2>9<td>a<tr><td>b<tr><td>10<td>c</table>")).blocks
    assert [(block.row, block.column, block.text) for block in blocks] == [
        (1, 1, "9"), (1, 2, "a"), (2, 1, "9"), (2, 2, "b"), (3, 1, "10"), (3, 2, "c"),
    ]  # fmt: skip


def test_table_that_arranges_the_page_is_none() -> None:
    blocks = outline_of(
        html("<table><tr><td><p>a</p><td><table><tr><td>1<td>2<tr><td>3<td>4</table></table>")
    ).blocks
    assert [(block.table, block.text) for block in blocks] == [
        (0, "a"),
        (1, "1"),
        (1, "2"),
        (1, "3"),
        (1, "4"),
    ]


def test_definitions_are_a_table_of_two_columns() -> None:
    blocks = outline_of(html("<dl><dt>Plats<dd>Falun<dt>Tid<dd>9</dl>")).blocks
    assert [(block.row, block.column, block.text) for block in blocks] == [
        (1, 1, "Plats"), (1, 2, "Falun"), (2, 1, "Tid"), (2, 2, "9"),
    ]  # fmt: skip


def test_lines_paragraphs_and_gaps_are_told_apart() -> None:
    assert _texts("a<br>b<br><br>c&nbsp;&nbsp;&nbsp;d") == ["a\nb", "c\td"]


def test_large_letters_make_a_heading() -> None:
    (heading, text) = outline_of(html('<p><b style="font-size:20pt">Dag</b></p><p>Text</p>')).blocks
    assert (heading.kind, heading.level) == (BlockKind.HEADING, 1)
    assert text.kind is BlockKind.PARAGRAPH


def test_film_in_a_frame_is_a_link() -> None:
    (block,) = outline_of(html('<iframe src="https://www.youtube.com/embed/a1"></iframe>')).blocks
    assert [link.address for link in block.links] == ["https://www.youtube.com/embed/a1"]


def test_page_says_its_site_day_and_events_as_data() -> None:
    head = (
        "<title>Dag | Föreningen</title><meta property='article:published_time' content='2022-05-06'>"
        '<script type="application/ld+json">{"@graph":[{"@type":"BusinessEvent","name":"Dag",'
        '"startDate":"2022-05-05","location":{"name":"Falun"}}]}</script>'
    )
    outline = outline_of(html("<h1>Dag</h1>", head))
    assert (outline.site_names, outline.published_on) == (("Föreningen",), "2022-05-06")
    assert [(hint.name, hint.starts_on, hint.place) for hint in outline.hints] == [
        ("Dag", "2022-05-05", "Falun")
    ]


def test_header_of_the_page_with_but_its_heading_is_read() -> None:
    titled = "<div class='page-header'><h2>Hundra brunnar</h2></div><p>Anna Ek</p>"
    menu = "<div class='page-header'><h2>Föreningen</h2><ul><li><a href='/'>Hem</a></ul></div>"
    assert [block.text for block in outline_of(html(titled)).blocks] == ["Hundra brunnar", "Anna Ek"]
    assert "Föreningen" not in [block.text for block in outline_of(html(f"{menu}<p>Anna Ek</p>")).blocks]


def test_box_of_reports_in_the_text_is_read_and_one_of_other_pages_is_not() -> None:
    box = "<div class='related'><h2>{}</h2><ul><li><a href='/a.pdf'>Brunnar i Bro</a></ul></div>"
    read = outline_of(html(f"<main><h1>Dag</h1>{box.format('Läs mer')}{box.format('Fler nyheter')}</main>"))
    assert [block.text for block in read.blocks] == ["Dag", "Läs mer", "Brunnar i Bro"]
