"""What an event is called, where its page has a headline of news above it."""

import pytest

from tests.imports.reading.outlines import html
from tests.imports.reading.truths import read

_TALKS = (
    "<h3>Torrare somrar</h3><p>Henning Dahl, klimatolog, SMHI</p><a href='/a.pdf'>Bilder</a>"
    "<h3>Grus och lera</h3><p>Bo Alm, utredare, SLU</p><a href='/b.pdf'>Bilder</a>"
)


def _title(heading: str, text: str) -> str | None:
    return read(html(f"<main><h1>{heading}</h1><p>{text}</p>{_TALKS}</main>")).events[0].title.value


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Så var Bygdetinget i Kramfors", "Bygdetinget"),
        ("Så var årets Bygdeting", "Bygdeting"),
        ("Bygdetinget lockade 130 personer", "Bygdetinget"),
        ("Fullsatt på Vattendagen", "Vattendagen"),
        ("Stort intresse för Energiforum Gotland", "Energiforum Gotland"),
        ("Tack för en fin Bruksdag!", "Bruksdag"),
        ("Succé för Skogskonferensen 2022", "Skogskonferensen 2022"),
    ],
)
def test_the_name_in_a_headline_is_the_title(heading: str, title: str) -> None:
    found = _title(heading, "Lördagen den 8 oktober 2022 kom drygt 130 personer till Kramfors.")
    assert found is not None
    assert found.startswith(title)
    assert not found.startswith(("Så", "Tack", "Succé"))


@pytest.mark.parametrize(
    "heading",
    [
        "Sjuttio möttes för att tala om vattnet",
        "Tack för en fin dag!",
        "Stort intresse för vattnet",
        "Fullsatt!",
    ],
)
@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Lantbrukare möttes på seminariet Vattendialog Halland i Falkenberg den 23 november 2021.",
            "Vattendialog Halland",
        ),
        ("Vi höll Vattendialogen i Falkenberg den 23 november 2021.", "Vattendialogen"),
        ("Den 23 november 2021 var det dags för Vattenforum Halland i Falkenberg.", "Vattenforum Halland"),
        (
            "Konferensen ”Vatten att räkna med” hölls i Falkenberg den 23 november 2021.",
            "Vatten att räkna med",
        ),
        ("På Vattendagen 2021 i Falkenberg den 23 november träffades lantbrukare.", "Vattendagen 2021"),
    ],
)
def test_the_name_in_the_text_is_the_title_below_a_headline(heading: str, text: str, title: str) -> None:
    assert _title(heading, text) == title


@pytest.mark.parametrize(
    "heading",
    [
        "Så klarar vi vattnet",
        "Vem räddar vattnet?",
        "Vattnet i länet",
        "Vatten för alla – seminarium om dricksvatten",
    ],
)
def test_a_heading_that_is_a_title_stays(heading: str) -> None:
    found = _title(heading, "På Vattendagen i Falkenberg den 23 november 2021 träffades lantbrukare.")
    assert found == heading


@pytest.mark.parametrize(
    "text", ["Lördagen den 8 oktober 2022 samlades 130 personer.", "I Kramfors den 8 oktober 2022."]
)
def test_a_headline_stays_where_nothing_names_the_event(text: str) -> None:
    assert _title("Sjuttio möttes för att tala om vattnet", text) == "Sjuttio möttes för att tala om vattnet"
