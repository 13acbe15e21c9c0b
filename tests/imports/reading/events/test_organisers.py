"""Who held an event, where pages say it in many ways, or only whose site they are on."""

import pytest

from tests.imports.reading.outlines import html
from tests.imports.reading.truths import read

_TALK = "<h3>Grus och lera</h3><p>Bo Alm, utredare, SLU</p><a href='/b.pdf'>Bilder</a>"


def _organiser(
    text: str = "", *, before: str = "", below: str = "", behind: str = "", title: str = ""
) -> str | None:
    head = f"<title>{title}</title>"
    body = (
        f"{before}<h1>Vägdagen 2011 i Leksand</h1>{below}<p>Fredag 25 mars 2011, Hotell Moskogen, Leksand</p>"
        f"<p>Ungefär 95 ombud samlades för att lära sig mer om tjällossning. {text}</p>{_TALK}{behind}"
    )
    return read(html(body, head)).events[0].organiser.value


@pytest.mark.parametrize(
    ("text", "organiser"),
    [
        ("Vägförbundet ordnade dagen tillsammans med Leksands kommun.", "Vägförbundet"),
        ("Länsstyrelsen i Dalarna arrangerade dagen.", "Länsstyrelsen i Dalarna"),
        ("Högskolan Dalarna stod för arrangemanget.", "Högskolan Dalarna"),
        ("Det var när Vägsällskapet för sjätte gången ordnade sin dag.", "Vägsällskapet"),
        ("Det var när Vägsällskapet åter höll sin dag.", "Vägsällskapet"),
    ],
)
def test_who_held_the_day_is_read_behind_the_first_sentence(text: str, organiser: str) -> None:
    assert _organiser(text) == organiser


@pytest.mark.parametrize("author", ["Lena på kansliet", "Bo på föreningen", "Ida från förbundet"])
def test_who_wrote_the_page_is_no_organiser(author: str) -> None:
    below = f"<ul><li>12 oktober 2011</li><li>{author}</li></ul>"
    assert _organiser(below=below, title="Vägdagen 2011 – Levande Vägar Mitt") == "Levande Vägar Mitt"


@pytest.mark.parametrize(
    "alt", ["räknare", "Besöksräknare", "counter", "logotyp", "Startsidan", "pil", "Sällskapet"]
)
def test_pictures_and_bare_words_are_no_organiser(alt: str) -> None:
    sign = f"<img src='/x.gif' alt='{alt}'>"
    name = "<p><b>Småvägarnas Riksförening</b></p>"
    assert _organiser(before=f"{sign}{name}") == "Småvägarnas Riksförening"


def test_who_has_the_postal_address_is_the_sites_owner() -> None:
    below = "<p>Gruvhistoriska sällskapet, c/o Margareta Hed, 771 00 Ludvika</p>"
    assert _organiser(behind=f"<h2>Övrigt</h2>{below}") == "Gruvhistoriska sällskapet"
