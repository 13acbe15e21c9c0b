"""The text on an event: what it was, not who led it or where its films are."""

import pytest

from tests.imports.reading.outlines import html
from tests.imports.reading.truths import read

_TALKS = (
    "<h3>Torrare somrar</h3><p>Henning Dahl, klimatolog, SMHI</p><a href='/a.pdf'>Bilder</a>"
    "<h3>Grus och lera</h3><p>Bo Alm, utredare, SLU</p><a href='/b.pdf'>Bilder</a>"
)
_TOLD = "Årets forum handlade om hur elnätet ska klara mer sol och vind."


def _text(more: str) -> str | None:
    body = f"<main><h1>Energiforum</h1><p>Visby den 3 maj 2021.</p>{more}{_TALKS}</main>"
    return read(html(body)).events[0].text.value


@pytest.mark.parametrize(
    "aside",
    [
        "Moderator var Disa Rondahl.",
        "Dagen leddes av Disa Rondahl, Region Gotland.",
        "Moderator båda dagarna: Disa Rondahl.",
        "Se <a href='https://youtu.be/a'>hela dagen på film</a>.",
        "<b>Se sändningen:</b> <a href='https://youtu.be/a'>Förmiddagen (film)</a>,"
        " <a href='https://youtu.be/b'>Eftermiddagen (film)</a>.",
        "Missade du forumet? Titta på <a href='https://youtu.be/a'>inspelningen</a>.",
    ],
)
def test_who_led_it_and_where_its_films_are_is_no_text(aside: str) -> None:
    assert (_text(f"<p>{_TOLD} {aside}</p>") or "").startswith(_TOLD)
    assert "Rondahl" not in (_text(f"<p>{_TOLD} {aside}</p>") or "")
    assert "youtu" not in (_text(f"<p>{_TOLD}</p><p>{aside}</p>") or "")
    assert _text(f"<p>{_TOLD}</p><p>{aside}</p>") in (_TOLD, f"{_TOLD} Missade du forumet?")


@pytest.mark.parametrize(
    "aside",
    [
        "Konferensen arrangerades av Godsnätverket Mitt i samarbete med Region Gotland.",
        "Arrangörer var Region Gotland och Energiföreningen.",
        "Dagen ordnades av Energiföreningen.",
    ],
)
def test_a_paragraph_of_who_held_it_is_no_text(aside: str) -> None:
    assert _text(f"<p>{_TOLD}</p><p>{aside}</p>") == _TOLD
    assert (
        _text(f"<p>{_TOLD} {aside} 210 personer var på plats.</p>")
        == f"{_TOLD} {aside} 210 personer var på plats."
    )
