"""Publications beside talks: what calls a file one, its title, who published it."""

import pytest

from archive.model.seminar_pages.seminar_page import SeminarPage
from tests.imports.reading.outlines import html
from tests.imports.reading.truths import read


def _page(below: str) -> SeminarPage:
    """Return a page with two talks and something below them."""
    body = (
        "<main><h1>Vägdagen</h1><p>Den 3 maj 2021 i Ludvika.</p>"
        "<h3>Vägar i siffror</h3><p>Ida Ek, utredare, VTI</p><p><a href='/a.pdf'>Bilder</a></p>"
        "<h3>Grus och lera</h3><p>Bo Alm, forskare, SLU</p><p><a href='/b.pdf'>Bilder</a></p>"
        f"{below}</main>"
    )
    page = read(html(body))
    assert [len(talk.decks.value) for talk in page.events[0].talks] == [1, 1]
    return page


@pytest.mark.parametrize(
    ("below", "title", "publisher"),
    [
        ("<p><a href='/r.pdf'>Hämta rapporten Tjälens år</a></p>", "Tjälens år", None),
        ("<p><a href='/r.pdf'>Läs hela rapporten ”Tjälens år”</a></p>", "Tjälens år", None),
        ("<p><a href='/r.pdf'>Läs Dalarnas vägstrategi (pdf)</a></p>", "Dalarnas vägstrategi", None),
        ("<p><a href='/r.pdf'>Ladda ner handlingsplanen Säkra vägar</a></p>", "Säkra vägar", None),
        ("<p><a href='/r.pdf'>Beställ skriften Tjälens år</a></p>", "Tjälens år", None),
        (
            "<p>I chatten tipsades om <a href='/r.pdf'>rapporten Tjälens år från Vägverket</a>.</p>",
            "Tjälens år",
            "Vägverket",
        ),
        ("<p>Alla fick Vägverkets rapport <a href='/r.pdf'>Tjälens år</a>.</p>", "Tjälens år", "Vägverket"),
        ("<p>Alla fick Vägverkets vägplan <a href='/r.pdf'>Tjälens år</a>.</p>", "Tjälens år", "Vägverket"),
        (
            "<p>Alla fick länsstyrelsernas nya rapport <a href='/r.pdf'>Tjälens år</a>.</p>",
            "Tjälens år",
            "Länsstyrelserna",
        ),
        ("<p>Läs strategin <a href='/r.pdf'>Tjälens år</a>.</p>", "Tjälens år", None),
        ("<p><a href='/r.pdf'>Tjälens år</a> – vägledning från Vägverket</p>", "Tjälens år", "Vägverket"),
        ("<p><a href='/r.pdf'>Tjälens år</a> – en skrift av Vägverket</p>", "Tjälens år", "Vägverket"),
        (
            "<h2>Underlag</h2><ul><li><a href='/r.pdf'>Tjälens år. Vägverket, rapport 2016:4</a></li></ul>",
            "Tjälens år",
            "Vägverket",
        ),
        (
            "<p><a href='/r.pdf'>Rapport: Tjälens år, Vägverket Pdf, 2.2 MB.</a></p>",
            "Tjälens år",
            "Vägverket",
        ),
        ("<h2>Läs också</h2><p><a href='/r.pdf'>Tjälens år (rapport 6870)</a></p>", "Tjälens år", None),
        ("<h2>Läs också</h2><p><a href='/r.pdf'>Rapport: Tjälens år</a></p>", "Tjälens år", None),
    ],
)
def test_what_is_called_a_publication_is_a_report_and_no_deck(
    below: str, title: str, publisher: str | None
) -> None:
    found = [(one.title.value, one.publisher.value) for one in _page(below).reports]
    assert found == [(title, publisher)]


@pytest.mark.parametrize(
    "below",
    [
        "<h2>Läs också</h2><p><a href='/r.html'>Vägdagen 2020</a></p><p><a href='/c.pdf'>Bild (pdf)</a></p>",
        "<p><a href='/p.pdf'>Hämta programmet</a></p>",
        "<p><a href='/p.pdf'>Ladda ner deltagarlistan</a></p>",
    ],
)
def test_news_and_papers_of_the_day_are_no_reports(below: str) -> None:
    assert _page(below).reports == ()


@pytest.mark.parametrize(
    "label", ["Samtliga bilder från webbinariet (PDF, nytt fönster)", "Alla bilder från dagen (pdf)"]
)
def test_all_pictures_of_the_day_are_decks_of_it(label: str) -> None:
    event = _page(f"<p><a href='/download/18.6/bilder.pdf'>{label}</a></p>").events[0]
    assert event.decks.value == ("https://forening.example.se/download/18.6/bilder.pdf",)
