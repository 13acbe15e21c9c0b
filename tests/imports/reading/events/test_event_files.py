"""Files of an event as a whole, beside those of its talks."""

import pytest

from archive.model.seminar_pages.seminar_page import SeminarPage
from tests.imports.reading.outlines import html
from tests.imports.reading.truths import read

_SITE = "https://forening.example.se"


def _page(above: str = "", below: str = "") -> SeminarPage:
    """Return a page with two talks and some lines above and below them."""
    talks = (
        "<h3>Energiläget på Gotland</h3>"
        "<p>Jakob Kviberg, strateg, Region Gotland</p><a href='/a.pdf'>Bilder</a>"
        "<h3>Solparker på åkermark</h3><p>Tor Stenbjörn, utredare, SLU</p><a href='/b.pdf'>Bilder</a>"
    )
    return read(html(f"<main><h1>Energiforum</h1><p>Visby den 3 maj 2021.</p>{above}{talks}{below}</main>"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Förmiddagen (film)", "Eftermiddagen (film)"),
        ("Film förmiddag", "Film eftermiddag"),
        ("Se förmiddagspasset", "Se eftermiddagspasset"),
        ("Inspelning dag 1", "Inspelning dag 2"),
        ("Torsdagen", "Fredagen"),
        ("Video: morgonen", "Video: kvällen"),
        ("Förmiddagens program (inspelning)", "Eftermiddagens program (inspelning)"),
    ],
)
@pytest.mark.parametrize("is_above", [True, False])
def test_films_of_parts_of_the_day_are_the_events(first: str, second: str, is_above: bool) -> None:
    films = ("https://play.gotland.example.se/energi24-fm", "https://play.gotland.example.se/energi24-em")
    links = f"<p><b>Se:</b> <a href='{films[0]}'>{first}</a>, <a href='{films[1]}'>{second}</a></p>"
    event = _page(
        above=links if is_above else "", below="" if is_above else f"<h2>Filmer</h2>{links}"
    ).events[0]
    assert set(event.films.value) == set(films)
    assert [talk.films.value for talk in event.talks] == [(), ()]


@pytest.mark.parametrize(
    "line",
    [
        "Alla bilder i en fil: <a href='/energi.zip'>energi.zip</a> (38 MB)",
        "<a href='/energi.zip'>Samtliga presentationer (zip)</a>",
        "Här är <a href='/energi.zip'>alla föredragshållares presentationer</a>.",
        "<a href='/energi.zip'>Alla bilder, PDF</a>",
        "Dagens bilder i en fil: <a href='/energi.zip'>hämta</a>",
    ],
)
def test_all_decks_in_one_file_are_the_events(line: str) -> None:
    event = _page(below=f"<p>{line}</p>").events[0]
    assert event.decks.value == (f"{_SITE}/energi.zip",)
    assert [talk.decks.value for talk in event.talks] == [(f"{_SITE}/a.pdf",), (f"{_SITE}/b.pdf",)]


@pytest.mark.parametrize("heading", ["Läs mer", "Läs vidare", "Lästips", "Rapporter"])
@pytest.mark.parametrize(
    "label",
    [
        "Energiplan Gotland 2030, Region Gotland 2021 (pdf, 8 MB)",
        "Energiplan Gotland 2030, Region Gotland, pdf",
    ],
)
def test_plans_under_a_heading_for_reading_are_reports(heading: str, label: str) -> None:
    page = _page(below=f"<h2>{heading}</h2><ul><li><a href='/plan.pdf'>{label}</a></li></ul>")
    assert [(one.title.value, one.publisher.value) for one in page.reports] == [
        ("Energiplan Gotland 2030", "Region Gotland")
    ]
    assert [talk.decks.value for talk in page.events[0].talks] == [(f"{_SITE}/a.pdf",), (f"{_SITE}/b.pdf",)]
