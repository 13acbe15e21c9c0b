"""Addresses in a document's words as links."""

import pytest
from hypothesis import given
from lxml import html as lxml_html

from archive.web.presenters.slide_text import linked_html
from tests.analysis.strategies import any_text


def links_of(text: str) -> list[str]:
    tree = lxml_html.fromstring(f"<p>{linked_html(text, [])}</p>")
    assert all(link.get("rel") == "noopener noreferrer nofollow external" for link in tree.iter("a"))
    return [str(link.get("href")) for link in tree.iter("a")]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("Se https://www.digg.se/kod.", ["https://www.digg.se/kod"]),
        ("(http://a.se/b_(c)) och HTTPS://D.SE/e?f=1&g=2", ["http://a.se/b_(c)", "HTTPS://D.SE/e?f=1&g=2"]),
        ("mailto:anna@region.se Skriv till mig", ["mailto:anna@region.se"]),
        ('"https://a.se/"', ["https://a.se/"]),
        ("https:// http://?x mailto:ingen", []),
        ("javascript:alert(1) data:text/html,x file:///etc/passwd vbscript:x xhttp://a.se", []),
        ("http://[::1", []),
        ("java\nscript:alert(1)//http", []),
    ],
)
def test_only_addresses_of_the_web_and_of_mail_are_links(text: str, addresses: list[str]) -> None:
    assert links_of(text) == addresses


def test_words_in_a_link_are_marked_and_everything_is_escaped() -> None:
    text = "<b> https://kod.se/öppen<x"
    found = linked_html(text, [(0, 3), (12, 15)])
    assert found == (
        "<mark>&lt;b&gt;</mark> "
        '<a href="https://kod.se/öppen" rel="noopener noreferrer nofollow external">'
        "https://<mark>kod</mark>.se/öppen</a>&lt;x"
    )


@given(any_text)
def test_text_is_the_same_and_nothing_else_becomes_markup(text: str) -> None:
    words = text.replace("\r", "").replace("\x00", "")
    words = "".join(sign for sign in words if sign.isprintable() or sign in " \n\t")
    tree = lxml_html.fromstring(f"<div>{linked_html(words, [])}</div>")
    assert tree.text_content() == words
    assert {element.tag for element in tree.iter()} <= {"div", "a"}


def test_address_longer_than_browsers_take_is_plain_text() -> None:
    assert "<a" not in linked_html("https://example.se/" + ")" * 100_000, [])
