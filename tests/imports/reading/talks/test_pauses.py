"""Lines that look like talks, and tell who led them, or thank somebody."""

import pytest

from tests.imports.reading.outlines import html
from tests.imports.reading.truths import read

_FIRST = "<h3>Torrare somrar</h3><p>Henning Dahl, klimatolog, SMHI</p><p>Om somrar.</p>"
_LAST = "<h3>Grus och lera</h3><p>Bo Alm, utredare, SLU</p><p>Om grus.</p>"


@pytest.mark.parametrize(
    "line",
    [
        "<p><em>Ordförande: Stig Bohman, Godsnätverket Mitt</em></p>",
        "<p><em>Moderator: Stig Bohman, Godsnätverket Mitt</em></p>",
        "<p>15.40 Avslutande diskussion. Ordförande: Stig Bohman</p>",
        "<p>Dagen leddes med fast hand av Stig Bohman, till vardags på Radio Ådalen.</p>",
        "<p>Gruvsällskapet, c/o Stig Bohman, 771 00 Ludvika</p>",
    ],
)
def test_who_leads_others_gives_no_talk(line: str) -> None:
    page = read(
        html(f"<main><h1>Vattendagen</h1><p>Falun den 3 maj 2021.</p>{_FIRST}{_LAST}<hr>{line}</main>")
    )
    assert [(talk.topic.value, len(talk.speakers)) for talk in page.events[0].talks] == [
        ("Torrare somrar", 1),
        ("Grus och lera", 1),
    ]


@pytest.mark.parametrize(
    "thanks",
    [
        "Stort tack till byn för kaffet, och till vår ordförande Birger Landén som höll i trådarna!",
        "Ett varmt tack till alla som kom, hälsar Birger Landén, ordförande.",
        "Tack alla för i dag!",
    ],
)
def test_thanks_below_the_last_talk_are_none_of_it(thanks: str) -> None:
    page = read(
        html(
            f"<main><h1>Vattendagen</h1><p>Falun den 3 maj 2021.</p>{_FIRST}{_LAST}<hr><p>{thanks}</p></main>"
        )
    )
    last = page.events[0].talks[-1]
    assert [one.name.value for one in last.speakers] == ["Bo Alm"]
    assert last.abstract.value == "Om grus."
