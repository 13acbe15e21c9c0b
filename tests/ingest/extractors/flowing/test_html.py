import pytest

from archive.ingest.extractors.base import ReadLimits
from archive.ingest.extractors.flowing.html import HtmlExtractor
from archive.model.extraction import Outcome
from archive.model.pages import BlockField, Page
from tests.ingest.extractors.extraction import read, texts

PAGE = """<!DOCTYPE html><html><head><title>Fliken</title><meta name="author" content="Åsa Öberg">
<style>p { color: red }</style></head><body><!-- anmärkning -->
<h1>Regional utveckling</h1><p>Första <b>styck</b>et om<br>Gävle.</p><script>var dold = 1;</script>
<ul><li>Gruvor<ul><li>Järn</li></ul></li><li>Stål</li></ul>
<table><caption>Resor</caption><tr><th>Län</th><th>Antal</th></tr><tr><td>Gävleborg</td><td>12</td></tr></table>
<img src="a.png" alt="Karta över länet"><p>Läs <a href="https://example.org/rapport">rapporten</a>.</p>
<p style="display: none">osynligt</p><noscript>utan skript</noscript>efter allt</body></html>"""


def one_page(html: str | bytes) -> Page:
    data = html.encode() if isinstance(html, str) else html
    (page,), finish = read(HtmlExtractor(), data)
    assert finish.category is Outcome.OK
    return page


def test_everything_that_is_seen_is_read_in_its_field() -> None:
    page = one_page(PAGE)
    assert page.title == "Regional utveckling"
    paragraphs = [
        line for block in page.blocks if block.field is BlockField.BODY for line in block.paragraphs
    ]
    assert [(line.text, line.level, line.bullet) for line in paragraphs] == [
        ("Första stycket om", 0, False),
        ("Gävle.", 0, False),
        ("Gruvor", 0, True),
        ("Järn", 1, True),
        ("Stål", 0, True),
        ("Resor", 0, False),
        ("Läs rapporten.", 0, False),
        ("efter allt", 0, False),
    ]
    (table,) = [block for block in page.blocks if block.field is BlockField.TABLE]
    assert table.rows == (("Län", "Antal"), ("Gävleborg", "12"))
    assert table.has_header
    assert texts(page, BlockField.ALT_TEXT) == ["Karta över länet"]
    assert texts(page, BlockField.LINK) == ["https://example.org/rapport"]


def test_scripts_styles_comments_and_hidden_parts_are_not_read() -> None:
    text = "\n".join(block.text for block in one_page(PAGE).blocks)
    for unseen in ("dold", "color", "anmärkning", "osynligt", "utan skript"):
        assert unseen not in text


def test_properties_are_the_pages_own() -> None:
    _, finish = read(HtmlExtractor(), PAGE.encode())
    assert finish.properties == {"title": "Fliken", "author": "Åsa Öberg"}


def test_title_of_the_tab_stands_in_for_a_missing_heading() -> None:
    assert one_page("<title>Fliken</title><p>Ord</p>").title == "Fliken"


@pytest.mark.parametrize(
    "data",
    [
        "<meta charset=iso-8859-1><p>åäö – slut</p>".encode("cp1252"),
        "<p>åäö – slut</p>".encode("cp1252"),
        "<p>åäö – slut</p>".encode(),
        "<meta charset=utf-8><p>åäö – slut</p>".encode("utf-8-sig"),
        "<p>åäö – slut</p>".encode("utf-16"),
        '<?xml version="1.0" encoding="utf-8"?><html><body><p>åäö – slut</p></body></html>'.encode(),
        '<meta http-equiv="Content-Type" content="text/html; charset=no-such"><p>åäö – slut</p>'.encode(
            "cp1252"
        ),
    ],
)
def test_letters_are_right_in_whatever_encoding(data: bytes) -> None:
    assert texts(one_page(data), BlockField.BODY) == ["åäö – slut"]


def test_table_that_only_arranges_is_walked_through() -> None:
    page = one_page(
        "<table><tr><td><h2>Rubrik</h2><p>Text</p></td><td><table><tr><td>a</td></tr></table></td></tr></table>"
    )
    assert page.title == "Rubrik"
    assert texts(page, BlockField.BODY) == ["Text"]
    assert texts(page, BlockField.TABLE) == ["a"]


def test_entities_of_its_own_are_not_looked_up() -> None:
    page = one_page('<!DOCTYPE html [<!ENTITY hemlig SYSTEM "file:///etc/hostname">]><p>a &hemlig; b</p>')
    assert "&hemlig;" in "\n".join(block.text for block in page.blocks)


def test_long_page_is_dealt_out_before_its_headings() -> None:
    part = "".join(f"<p>mening {number} av flera</p>" for number in range(220))
    pages, _ = read(HtmlExtractor(), f"<h1>Ett</h1>{part}<h2>Två</h2><p>slut</p>".encode())
    assert [page.title for page in pages] == ["Ett", "Två"]


def test_page_nested_too_deep_is_told() -> None:
    _, finish = read(HtmlExtractor(), b"<p>ord</p>" + b"<div>" * 5000 + b"djupt")
    assert finish.category is Outcome.OK_PARTIAL


@pytest.mark.parametrize("data", [b"", b"   ", b"<!-- -->"])
def test_page_without_anything_never_raises(data: bytes) -> None:
    pages, finish = read(HtmlExtractor(), data)
    assert all(not page.blocks for page in pages)
    assert finish.category in (Outcome.OK, Outcome.DAMAGED)


def test_bounds_are_kept_and_told() -> None:
    _, finish = read(HtmlExtractor(), PAGE.encode(), ReadLimits(10, 100_000, unpacked_max_bytes=300))
    assert finish.category is Outcome.OK_PARTIAL
    _, finish = read(HtmlExtractor(), PAGE.encode(), ReadLimits(10, 20))
    assert finish.category is Outcome.OK_PARTIAL
