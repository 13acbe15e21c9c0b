"""Whose deck it is, in the words of its link, as web editors write them."""

import pytest

from archive.model.seminar_pages.seminar_page import ReadTalk
from tests.imports.reading.outlines import html
from tests.imports.reading.truths import read

_TALKS = (
    ("Vägen till skolan", "Camilla Nordqvist", "strateg"),
    ("Det tysta köket", "Holger Sandh", "utredare"),
    ("Ensam bland andra", "Ruben Alenius", "docent"),
)


def _talks(labels: tuple[str, str, str]) -> tuple[ReadTalk, ...]:
    """Return the talks of a page whose decks have these words for links."""
    body = "".join(
        f"<section><h2>{topic}</h2><p>{name}, {role}</p><a href='/f/{at}.pdf'>{label}</a></section>"
        for at, ((topic, name, role), label) in enumerate(zip(_TALKS, labels, strict=True))
    )
    page = read(html(f"<main><h1>Folkhälsodagen</h1><p>Växjö den 3 maj 2021.</p>{body}</main>"))
    return page.events[0].talks


def _firms(
    label: str, *, firms: tuple[str, str, str] = ("Växjö kommun", "SCB", "Linnéuniversitetet")
) -> list[str | None]:
    talks = _talks(tuple(label.format(firm=firm) for firm in firms))  # type: ignore[arg-type]
    assert [talk.decks.value for talk in talks] == [
        (f"https://forening.example.se/f/{at}.pdf",) for at in range(3)
    ]
    return [speaker.organisation.value for talk in talks for speaker in talk.speakers]


@pytest.mark.parametrize(
    "label",
    [
        "Hämta bilderna ({firm}, PDF, 2 MB)",
        "Hämta bilderna ({firm}, PDF 2,4 MB)",
        "Presentation: {firm} (PDF, nytt fönster)",
        "Presentation {firm}",
        "Bilder – {firm}",
        "Se PPT bilder, {firm}",
        "Ladda ner presentationen ({firm})",
        "Bildspel från {firm}, pdf, 900 kB",
        "{firm} (pdf)",
        "Åhörarkopior [{firm}, pdf, 12 sidor]",
        "{firm}: bilder",
        "{firm} – presentation (öppnas i nytt fönster)",
        "Slides ({firm}, PDF)",
        "Powerpoint, {firm}",
    ],
)
def test_what_is_left_of_a_links_words_is_the_speakers_organisation(label: str) -> None:
    assert _firms(label) == ["Växjö kommun", "SCB", "Linnéuniversitetet"]


@pytest.mark.parametrize(
    "label", ["{firm}s presentation", "Se {firm}s bilder (pdf)", "{firm}s bildspel, pdf"]
)
def test_an_organisation_owns_its_deck(label: str) -> None:
    firms = ("Växjö kommun", "Region Skåne", "Linnéuniversitetet")
    assert _firms(label, firms=firms) == list(firms)


def test_names_of_speakers_and_topics_are_no_organisation() -> None:
    labels = (
        "Bildspel Nordqvist, Stiftelsen Gamla hyttor",
        "Det tysta köket, presentation Sandh (Kolarbyns Logi AB)",
        "Rubens bilder, Länsstyrelsen i Uppsala län",
    )
    assert [one.speakers[0].organisation.value for one in _talks(labels)] == [
        "Stiftelsen Gamla hyttor", "Kolarbyns Logi AB", "Länsstyrelsen i Uppsala län"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "labels",
    [
        ("Bilder", "Presentation (pdf, 2 MB)", "Se presentationen"),
        ("Presentation Vägen till skolan", "Bilder det tysta köket", "Ensam bland andra, pdf"),
        ("Bilder Folkhälsodagen", "Bilder Folkhälsodagen", "Bilder Folkhälsodagen"),
        ("Presentation del 1", "Presentation 2021", "Bilder dag 2"),
        ("Camillas bilder", "Holgers bilder", "Rubens bilder"),
        ("Bilder från Växjö", "Bilder från Växjö", "Bilder från Växjö"),
    ],
)
def test_other_words_of_links_are_none(labels: tuple[str, str, str]) -> None:
    assert [one.speakers[0].organisation.value for one in _talks(labels)] == [None, None, None]


def test_an_organisation_before_name_and_topic_in_a_link_is_read() -> None:
    links = (
        "<li><a href='/a.pdf'>Region Dalarna – Ida Ek – Bussar</a></li>"
        "<li><a href='/b.pdf'>VTI – Bo Alm – Vägar</a></li>"
    )
    talks = (
        read(html(f"<main><h1>Trafikdagen</h1><p>Falun den 3 maj 2021.</p><ul>{links}</ul></main>"))
        .events[0]
        .talks
    )
    assert [one.speakers[0].organisation.value for one in talks] == ["Region Dalarna", "VTI"]


def test_what_the_text_tells_is_kept() -> None:
    body = (
        "<main><h1>Vattendagen</h1><p>Falun den 3 maj 2021.</p>"
        "<h2>Sjöarna</h2><p>Ida Ek, strateg, SMHI</p><a href='/a.pdf'>Bilder (Region Dalarna, pdf)</a>"
        "<h2>Åarna</h2><p>Bo Alm, utredare, SLU</p><a href='/b.pdf'>Bilder (Region Dalarna, pdf)</a></main>"
    )
    talks = read(html(body)).events[0].talks
    assert [one.speakers[0].organisation.value for one in talks] == ["SMHI", "SLU"]
