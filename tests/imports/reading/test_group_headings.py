"""Headings inside a talk that only open more on it: what is below them is the talk's."""

import pytest

from archive.model.seminar_pages.seminar_page import ReadTalk, SeminarPage
from tests.imports.reading.outlines import html
from tests.imports.reading.truths import read

_TALKS = (
    ("Sjöarnas färg", "Ida Ek, limnolog, SLU", "Vattnet blir brunare för varje år.", "/ek.pdf"),
    ("Torrare somrar", "Bo Alm, utredare, SMHI", "Grundvattnet sjunker redan i juni.", "/alm.pdf"),
)


def _page(opened: str) -> SeminarPage:
    """Return a page whose talks are written so, `{text}` and `{deck}` being those of each."""
    talks = "".join(
        f"<h3>{topic}</h3><p>{who}</p>{opened.format(text=text, deck=deck)}"
        for topic, who, text, deck in _TALKS
    )
    return read(html(f"<main><h1>Vattendagen</h1><p>Falun den 3 maj 2021.</p>{talks}</main>"))


def _told(talk: ReadTalk) -> tuple[object, ...]:
    return (
        talk.topic.value,
        [one.name.value for one in talk.speakers],
        talk.abstract.value,
        talk.decks.value,
    )


_LINK = '<p><a href="{deck}">Bilder (pdf)</a></p>'


@pytest.mark.parametrize(
    "opened",
    [
        "<details><summary>Läs mer</summary><p>{text}</p></details>" + _LINK,
        "<details><summary>Sammanfattning</summary><p>{text}</p>" + _LINK + "</details>",
        _LINK + "<details><summary>Mer om föredraget</summary><p>{text}</p></details>",
        "<h4>Abstract</h4><p>{text}</p>" + _LINK,
        "<h4>Om föreläsningen</h4><p>{text}</p><h4>Bilder</h4>" + _LINK,
        "<h5>Beskrivning:</h5><p>{text}</p><h5>Presentation</h5>" + _LINK,
        "<p><strong>Sammanfattning</strong></p><p>{text}</p>" + _LINK,
        "<h4>Kort om innehållet</h4><p>{text}</p><h4>Material</h4>" + _LINK,
        "<details><summary>Read more</summary>{text}</details>" + _LINK,
        "<h4>Visa mer</h4><div>{text}</div><div>" + _LINK + "</div>",
    ],
)
def test_what_is_below_an_opener_is_the_talks(opened: str) -> None:
    page = _page(opened)
    base = "https://forening.example.se"
    assert [_told(talk) for talk in page.events[0].talks] == [
        (topic, [who.split(",")[0]], text, (base + deck,)) for topic, who, text, deck in _TALKS
    ]
    assert not page.reports


def test_reading_below_all_talks_is_no_talks() -> None:
    talks = "".join(f"<h3>{topic}</h3><p>{who}</p><p>{text}</p>" for topic, who, text, _ in _TALKS)
    below = '<h2>Läs mer</h2><p><a href="/x.pdf">Rapport: Vattnet i länet</a></p>'
    page = read(html(f"<main><h1>Vattendagen</h1><p>Falun den 3 maj 2021.</p>{talks}{below}</main>"))
    assert [talk.decks.value for talk in page.events[0].talks] == [(), ()]
    assert [one.title.value for one in page.reports] == ["Vattnet i länet"]
