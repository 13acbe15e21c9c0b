"""What of a text is said of files, and not of the talk."""

import pytest

from archive.model.seminar_pages.seminar_page import ReadTalk
from tests.imports.reading.outlines import html
from tests.imports.reading.truths import read


def _talk(behind: str) -> ReadTalk:
    """Return the first talk of a page whose text ends so."""
    page = read(
        html(
            "<main><h1>Vattendagen</h1><p>Falun den 3 maj 2021.</p>"
            f"<h2>Torrare somrar</h2><p>Henning Dahl, klimatolog, SMHI</p>{behind}"
            "<h2>Åarna</h2><p>Bo Alm, utredare, SLU</p><p>Om åarna i länet.</p></main>"
        )
    )
    return page.events[0].talks[0]


@pytest.mark.parametrize(
    "bracket",
    [
        '(<a href="/h.pdf">Hennings bilder, pdf, 4,1 MB</a>)',
        '(<a href="/h.pdf">pdf</a>)',
        '(<a href="/h.pdf">Henning Dahls presentation</a>)',
        '(<a href="/h.pdf">hans bilder</a>)',
        '(<a href="/h.pdf">bilder</a>, <a href="https://youtu.be/a">film</a>)',
        '(<a href="/h.pdf">Hennings bilder</a> och <a href="https://youtu.be/a">film</a>)',
        '(se <a href="/h.pdf">Hennings bilder</a>)',
        '(se Hennings <a href="/h.pdf">presentation</a>)',
        '[<a href="/h.pdf">bildspel från SMHI (pdf)</a>]',
        '(<a href="/h.pdf">ladda ner Hennings bildspel</a>)',
    ],
)
def test_brackets_of_links_are_no_part_of_an_abstract(bracket: str) -> None:
    talk = _talk(f"<p>Grundvattnet sjunker redan i juni {bracket}. Det är för tidigt.</p>")
    assert talk.abstract.value == "Grundvattnet sjunker redan i juni. Det är för tidigt."
    assert talk.decks.value == ("https://forening.example.se/h.pdf",)


def test_brackets_with_a_text_are_kept() -> None:
    talk = _talk('<p>Grundvattnet sjunker (se även <a href="/x.html">Nolans studie</a> av sjöar) i juni.</p>')
    assert talk.abstract.value == "Grundvattnet sjunker (se även Nolans studie av sjöar) i juni."


@pytest.mark.parametrize(
    "note",
    [
        "Henning ville inte lägga ut sina bilder, men kan nås via SMHI.",
        "Henning har valt att inte dela sin presentation.",
        "Hon avböjde att publicera sina bilder.",
        "De hade inga bilder men svarar gärna på frågor från andra.",
        "Henning Dahl talade fritt utan bilder.",
        "Vi får inte lägga ut några bilder från föredraget.",
    ],
)
def test_notes_on_decks_that_nobody_gets_are_no_abstract(note: str) -> None:
    assert _talk(f"<p>{note}</p>").abstract.value is None
    assert _talk(f"<p>Sjön sjunker i juni. {note}</p>").abstract.value == "Sjön sjunker i juni."


@pytest.mark.parametrize(
    "above",
    ["Inga-Lill skriver:", "Bo säger:", "2 kommentarer", "En reaktion på ”Vattendagen”", "Lämna ett svar"],
)
def test_what_readers_wrote_below_a_page_is_none_of_it(above: str) -> None:
    page = read(
        html(
            "<main><h1>Vattendagen</h1><p>Falun den 3 maj 2021.</p>"
            "<h2>Sjöarna</h2><p>Ida Ek, strateg, SMHI</p>"
            "<h2>Åarna</h2><p>Bo Alm, utredare, SLU</p><p>Om åarna i länet.</p>"
            f"<p>{above}</p><p>Tack för en fin dag! Finns bilderna att få någonstans?</p></main>"
        )
    )
    assert [talk.abstract.value for talk in page.events[0].talks] == [None, "Om åarna i länet."]
