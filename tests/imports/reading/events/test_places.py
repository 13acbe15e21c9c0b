"""Where an event was: the town or the house, without the event's name before it."""

import pytest

from tests.imports.reading.outlines import html
from tests.imports.reading.truths import read

_TALKS = (
    "<h3>Torrare somrar</h3><p>Henning Dahl, klimatolog, SMHI</p><a href='/a.pdf'>Bilder</a>"
    "<h3>Grus och lera</h3><p>Bo Alm, utredare, SLU</p><a href='/b.pdf'>Bilder</a>"
)


def _place(above: str) -> str | None:
    return read(html(f"<main><h1>Vattnet</h1>{above}{_TALKS}</main>")).events[0].place.value


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        (
            "Sjuttio möttes på seminariet Vattendialog Halland i Falkenberg tisdagen den 23 november 2021.",
            "Falkenberg",
        ),
        ("Vi höll Vattendialog Halland i Falkenberg den 23 november 2021.", "Falkenberg"),
        ("Vi träffades på Energiforum Gotland i Visby den 23 november 2021.", "Visby"),
        ("Konferensen Hållbara Vägar i Borlänge hölls den 23 november 2021.", "Borlänge"),
        ("Nätverket möttes till Levande Bygder Ting i Kramfors den 23 november 2021.", "Kramfors"),
        ("Vi möttes i Folkets hus i Kramfors den 23 november 2021.", "Folkets hus i Kramfors"),
    ],
)
def test_an_events_name_is_no_part_of_its_place(sentence: str, place: str) -> None:
    assert _place(f"<p>{sentence}</p>") == place


@pytest.mark.parametrize("label", ["Plats", "Plats:", "Lokal", "Var", "Venue"])
@pytest.mark.parametrize(
    "place", ["Kalmar Teater", "Wisby Strand", "Hotell Moskogen, Leksand", "Aula Nordica"]
)
def test_a_place_below_its_label_is_read_and_makes_no_talk(label: str, place: str) -> None:
    page = read(
        html(
            "<main><h1>Kulturmiljökonferensen</h1><p>12 september 2019</p>"
            f"<div><div>{label}</div><div>{place}</div></div>{_TALKS}</main>"
        )
    )
    assert page.events[0].place.value == place
    assert [talk.topic.value for talk in page.events[0].talks] == ["Torrare somrar", "Grus och lera"]
