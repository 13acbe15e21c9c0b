"""What an abstract says of its talk, and what stands behind it and says nothing of it."""

import pytest

from tests.imports.reading.outlines import html
from tests.imports.reading.truths import read

_TOLD = "Två av tre skolor har infört läslov."


def _abstract(behind: str) -> tuple[str | None, int]:
    """Return the abstract of a talk behind whose text something stands, and how many talks there are."""
    body = (
        "<main><h1>Läsdagen</h1><p>Den 3 maj 2021 i Ludvika.</p><h3>Läslov för alla</h3>"
        f"<p>Ida Ek, utredare, Skolverket</p><p>{_TOLD} {behind}</p>"
        "<h3>Bokbussen</h3><p>Bo Alm, bibliotekarie, Ludvika kommun</p></main>"
    )
    talks = read(html(body)).events[0].talks
    return talks[0].abstract.value, len(talks)


@pytest.mark.parametrize(
    "behind",
    [
        "<a href='/a.pdf'>Bildspel</a> (pdf, 4 Mb)",
        "<a href='/a.pps'>Bildspel</a> (PowerPoint, 11 MB)",
        "<a href='/a.pdf'>Bilder</a> [pdf, 14 sidor]",
        "[<a href='/a.pdf'>bildspel</a>, 3 Mb]",
        "<a href='/a.pdf'>Presentation</a> (pdf-fil, 300 kB, öppnas i nytt fönster)",
        "<a href='/a.pdf'>Bildspel</a> (pdf, 1 Mb) <a href='/b.doc'>Källista</a>",
        "<a href='/a.pptx'>Idas bilder</a> (PowerPoint).",
        "(Inga åhörarkopior)",
        "(inget bildmaterial)",
        "[ej på webben]",
        "(presentationen publiceras inte)",
    ],
)
def test_what_files_are_is_no_abstract(behind: str) -> None:
    assert _abstract(behind) == (_TOLD, 2)


@pytest.mark.parametrize(
    "behind",
    [
        "På kvällen bjöds det på middag och dans till Säterpojkarna.",
        "Därefter serverades lunch i matsalen.",
        "Sedan samlades vi igen i stora salen.",
        "Efter lunch åkte ett fyrtiotal deltagare på studiebesök till biblioteket.",
        "Alla deltagare fick med sig en bok.",
        "Hon visade också en kort film om bokbussen.",
        "Saknar du något? Kontakta Stig Olmark, tel 0225-000 00.",
        "Har du frågor om dagen? Hör av dig till kansliet.",
        "<a href='https://annan.example.com/'>Läs mer: Läsrörelsen i Dalarna</a>",
    ],
)
def test_meals_walks_and_whom_to_ask_are_no_abstract(behind: str) -> None:
    assert _abstract(behind) == (_TOLD, 2)


@pytest.mark.parametrize(
    "behind",
    [
        "Sedan 2018 serveras lunch i tre av dem (fyra år i rad).",
        "Filmen (13 år) ses av barnen.",
        "Efter lunch läser eleverna högt för varandra.",
    ],
)
def test_what_the_talk_told_of_meals_and_brackets_stays(behind: str) -> None:
    assert _abstract(behind) == (f"{_TOLD} {behind}", 2)
