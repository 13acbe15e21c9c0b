"""Layouts that say what words do not: lists by day, who leads, files on other sites, forms of days."""

import pytest

from archive.cli.imports.shown import as_object
from archive.imports.reading.dates import dates_in
from tests.imports.reading.outlines import html
from tests.imports.reading.truths import read

_TALK = "<h3>Grus i maskineriet</h3><p>Lena Holm, ingenjör, VTI</p>"


def _events(body: str) -> list[dict]:  # type: ignore[type-arg]
    found: list[dict] = as_object(read(html(body)))["events"]  # type: ignore[type-arg]
    return found


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li>12 jan 2023: Elflyg – Ida Ek, vd, Flygfabriken AB</li>"
        "<li>9 feb 2023: Stål – Bo Alm, chef, SSAB</li><li>9 mar 2023: Tyg – Eva By, SLU</li></ul>",
        "<p>12 januari. Elflyg. Ida Ek, vd, Flygfabriken AB</p><p>9 februari. Stål. Bo Alm, chef, SSAB</p>"
        "<p>9 mars. Tyg. Eva By, SLU</p>",
        "<table><tr><th>Datum</th><th>Ämne</th><th>Talare</th></tr><tr><td>12 jan</td><td>Elflyg</td>"
        "<td>Ida Ek, vd, Flygfabriken AB</td></tr><tr><td>9 feb</td><td>Stål</td>"
        "<td>Bo Alm, chef, SSAB</td></tr><tr><td>9 mars</td><td>Tyg</td><td>Eva By, SLU</td></tr></table>",
    ],
)
def test_lines_that_begin_with_days_apart_are_seminars(body: str) -> None:
    events = _events(f"<h1>Lunchföreläsningar 2023</h1>{body}")
    told = [(one["title"], one["starts_on"], one["talks"][0]["speakers"][0]["name"]) for one in events]
    days = ("2023-01-12", "2023-02-09", "2023-03-09")
    assert told == list(zip(("Elflyg", "Stål", "Tyg"), days, ("Ida Ek", "Bo Alm", "Eva By"), strict=True))


@pytest.mark.parametrize(
    "line",
    [
        "Anna Ek, SCB, och Bo Alm, SLU, under ledning av Ida Berg",
        "Anna Ek, SCB, Bo Alm, SLU, Ida Berg (moderator)",
        "Anna Ek (SCB), Bo Alm (SLU), moderator Ida Berg (VTI)",
        "Ida Berg (moderator), Anna Ek, SCB, Bo Alm, SLU",
        "Anna Ek, SCB, Bo Alm, SLU. Samtalsledare: Ida Berg",
    ],
)
def test_who_leads_the_others_is_their_moderator(line: str) -> None:
    body = f"<h1>Vägdagen 2020</h1><p>Den 3 maj 2020 i Falun.</p>{_TALK}<h3>Panel: Vad nu?</h3><p>{line}</p>"
    panel = _events(body)[0]["talks"][1]
    assert [one["name"] for one in panel["speakers"]] == ["Anna Ek", "Bo Alm"]
    assert [one["name"] for one in panel["moderators"]] == ["Ida Berg"]


def test_organisation_alone_speaks_where_people_do_beside_it() -> None:
    items = "".join(
        f"<h3>{topic}</h3><p>{who}</p>"
        for topic, who in (
            ("Grus i maskineriet", "Lena Holm, ingenjör, VTI"),
            ("Sand i ögonen", "Forskare från LTU"),
            ("Sten på sten", "Bo Alm, murare, Murarhuset"),
        )
    )
    speaker = _events(f"<h1>Grusdagen</h1>{items}")[0]["talks"][1]["speakers"][0]
    assert (speaker["name"], speaker["organisation"]) == (None, "LTU")


def test_titles_whose_class_says_nothing_are_told_by_their_place() -> None:
    cards = "".join(
        f"<div class=a1><div class=q>{topic}</div><div class=r>{who}</div></div>"
        for topic, who in (("Grus i maskineriet", "Lena Holm, VTI"), ("Sand i ögonen", "Bo Alm, SLU"))
    )
    last = "<div class=a1><div class=q>Sten på sten</div><div class=r>Ida Ek, SCB</div></div>"
    talks = _events(f"<h1>Grusdagen</h1>{cards}{last}")[0]["talks"]
    assert [one["topic"] for one in talks] == ["Grus i maskineriet", "Sand i ögonen", "Sten på sten"]


def test_file_on_another_site_than_all_others_is_a_report() -> None:
    links = "".join(f"<p><a href='/{name}.pdf'>{name}</a></p>" for name in ("Vägar", "Broar", "Tunnlar"))
    elsewhere = "<p><a href='https://www.verket.example.org/7.pdf'>Grusets framtid</a></p>"
    page = as_object(read(html(f"<h1>Grusdagen</h1>{_TALK}{links}{elsewhere}")))
    assert [one["address"] for one in page["reports"]] == ["https://www.verket.example.org/7.pdf"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("den 3:e maj 2021", "2021-05-03", None),
        ("tors 12/5 2022", "2022-05-12", None),
        ("lördag 30 april - söndag 1 maj 2011", "2011-04-30", "2011-05-01"),
        ("31/1–1/2 2020", "2020-01-31", "2020-02-01"),
        ("12-13/5 2020", "2020-05-12", "2020-05-13"),
        ("12.5.2022", "2022-05-12", None),
        ("12 maj -22", "2022-05-12", None),
        ("måndagen den 3 och tisdagen den 4 juni 2013", "2013-06-03", "2013-06-04"),
        ("3, 4 och 5 juni 2013", "2013-06-03", "2013-06-05"),
    ],
)
def test_days_are_read_in_the_forms_that_pages_write(text: str, first: str, last: str | None) -> None:
    assert [(day.first(None), day.last(None)) for day in dates_in(text)] == [(first, last)]
