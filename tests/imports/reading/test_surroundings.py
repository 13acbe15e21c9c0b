"""What stands around a page's text and its parts, and is not of it: labels of folds."""

import pytest

from tests.imports.reading.outlines import html
from tests.imports.reading.truths import read

_OTHER = "Tre broar av limträ visas."
_TEXT = "Var femte bro har skador. Hur länge håller de?"


def _talk(label: str, mark: str, opened: str) -> str:
    head = f"<summary>{label}</summary>"
    is_fold = mark == "details"
    fold = f"<details>{head}<p>{opened}</p></details>" if is_fold else f"<h5>{label}</h5><p>{opened}</p>"
    return f"{fold}<p><a href='/{len(opened)}.pdf'>Presentation</a></p>"


@pytest.mark.parametrize("mark", ["details", "h5"])
@pytest.mark.parametrize(
    "label",
    [
        "Läs mer",
        "+ Läs mer",
        "Sammanfattning",
        "Visa sammanfattning",
        "Abstract",
        "Om föredraget",
        "Läs mer om föreläsningen",
        "Beskrivning",
        "Mer information",
        "Read more",
        "Visa mer ▼",
    ],
)
def test_the_label_of_a_fold_is_no_heading(label: str, mark: str) -> None:
    body = (
        "<main><h1>Brodagen</h1><p>Den 3 maj 2021 i Ludvika.</p>"
        f"<h4>Broar som rostar</h4><p>Ida Ek, utredare, VTI</p>{_talk(label, mark, _TEXT)}"
        f"<h4>Broar av trä</h4><p>Bo Alm, forskare, SLU</p>{_talk(label, mark, _OTHER)}</main>"
    )
    page = read(html(body))
    assert [talk.topic.value for talk in page.events[0].talks] == ["Broar som rostar", "Broar av trä"]
    assert [talk.abstract.value for talk in page.events[0].talks] == [_TEXT, _OTHER]
    assert [len(talk.decks.value) for talk in page.events[0].talks] == [1, 1]
    assert page.reports == ()


def test_reading_below_a_heading_is_still_reading() -> None:
    body = (
        "<main><h1>Brodagen</h1><p>Den 3 maj 2021 i Ludvika.</p><h3>Broar som rostar</h3>"
        "<p>Ida Ek, utredare, VTI</p><p><a href='/a.pdf'>Presentation</a></p>"
        "<h2>Läs mer</h2><p><a href='/plan.pdf'>Broplan 2030, Trafikverket</a></p></main>"
    )
    assert [report.title.value for report in read(html(body)).reports] == ["Broplan 2030"]


@pytest.mark.parametrize(
    "details",
    [
        "<dl><dt>Detaljer</dt><dd>Skriven av Tilda Roos</dd><dd>Publicerad: 2021-05-09</dd>"
        "<dd>Träffar: 1841</dd></dl>",
        "<p>Skrivet av Tilda Roos</p><p>Kategori: <a href='/nyheter'>Nyheter</a></p>",
        "<p>Postad av Tilda Roos</p><p>Läst 310 gånger</p><p>Etiketter: broar, trä</p>",
        "<ul><li>Inlagd av Tilda Roos</li><li>Visningar: 1 204</li></ul>",
        "<p>Written by Tilda Roos</p><p>Hits: 40</p>",
    ],
)
def test_who_wrote_the_page_and_how_often_it_was_read_is_no_talk(details: str) -> None:
    body = (
        f"<main><h1>Brodagen</h1>{details}<p>Den 3 maj 2021 samlades sextio ingenjörer i Ludvika.</p>"
        "<h3>Broar som rostar</h3><p>Ida Ek, utredare, VTI</p><p><a href='/a.pdf'>Presentation</a></p></main>"
    )
    event = read(html(body)).events[0]
    assert [talk.topic.value for talk in event.talks] == ["Broar som rostar"]
    assert event.text.value == "Den 3 maj 2021 samlades sextio ingenjörer i Ludvika."
    assert (event.starts_on.value, event.place.value) == ("2021-05-03", "Ludvika")
