"""The association's own page, and a page of many workshops; skipped where they are not on the machine."""

import html
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from archive.cli.imports.shown import as_object
from tests.imports.reading import outlines
from tests.imports.reading.test_shared_pages import SHARED
from tests.imports.reading.truths import read

_SEED = SHARED / "seed" / "seminar-page.txt"
_WORKSHOPS = SHARED / "corpus" / "pages" / "nosad_workshops.md"
_SYNTHETIC = SHARED / "corpus" / "pages" / "seminar_synthetic.html"


def _linked(line: str, number: int) -> str:
    if line == "Se PPT bilder":
        return f'<a href="/ppt/{number}.pptx">{line}</a>'
    if line.endswith(" här"):
        return html.escape(line[:-3]) + '<a href="/rapport.pdf">här</a>'
    return html.escape(line)


def _seed(paragraph: str) -> bytes:
    """Return the page as HTML: `paragraph` is what parts the lines of one."""
    parts: list[str] = []
    count = 0
    for at, group in enumerate(_SEED.read_text("utf-8").split("\n\n")):
        lines = [line.strip() for line in group.splitlines() if line.strip()]
        if at == 0 or any(line.startswith("Smart och") for line in lines):
            parts += [f"<h{1 + (at > 0)}>{line}</h{1 + (at > 0)}>" for line in lines]
            continue
        linked = []
        for line in lines:
            count += line == "Se PPT bilder"
            linked.append(_linked(line, count))
        if linked:
            parts.append("<p>" + paragraph.join(linked) + "</p>")
    return outlines.html("<main>" + "".join(parts) + "</main>", "<title>Fokusområde - Bergslaget</title>")


@pytest.mark.skipif(not _SEED.exists(), reason="the shared seed is not on this machine")
@pytest.mark.parametrize("paragraph", ["<br>", "</p><p>"])
def test_every_field_of_the_association_s_own_page_is_right(paragraph: str) -> None:
    got = as_object(read(_seed(paragraph), "https://bergslaget.example.se/fokus/"))
    assert got["focus_areas"] == [{"title": "Bergslagens industri", "year_from": 2021, "year_to": 2022}]
    (event,) = got["events"]
    assert (event["title"], event["kind"]) == ("Smart och hållbar industri i Bergslagen", "seminar")
    assert (event["occasion"], event["organiser"], event["place"]) == ("Årsmötet", "Bergslaget", None)
    assert event["text"].startswith("I anslutning till årsmötet arrangerade vi ett seminarium")
    assert event["text"].endswith("utveckla en hållbar gruvnäring i Bergslagen.")
    people = [tuple(speaker.values()) for talk in event["talks"] for speaker in talk["speakers"]]
    assert people == [
        ("Carina Åkerberg", "Strateg regional utveckling", "Region Gävleborg"),
        ("Lisa Virén", "Utvecklingsledare näringslivsutveckling", "Region Örebro län"),
        ("Antti Vainio", "Vice vd och näringspolitisk chef", "Mellansvenska Handelskammaren"),
        ("Lotta Sartz", "Projektledare Swedish Mining Innovation Bergslagen", "Örebro universitet"),
    ]
    topics = [talk["topic"] for talk in event["talks"]]
    assert topics[:2] == [
        "Strategi, framgångsfaktorer och utmaningar för industriell omvandling i Norra Mellansverige",
        "Smart specialisering i samarbete i Östra Mellansverige",
    ]
    assert [talk["decks"] for talk in event["talks"]] == [
        [f"https://bergslaget.example.se/ppt/{number}.pptx"] for number in (1, 2, 3, 4)
    ]
    assert [set(talk["regions"]) for talk in event["talks"]] == [
        {"Norra Mellansverige", "Gävleborgs län", "Dalarnas län", "Värmlands län"},
        {"Östra Mellansverige", "Västmanlands län", "Örebro län"},
        {"Dalarnas län"},
        set(),
    ]
    assert got["reports"] == [
        {
            "title": "Regionens exportvärde",
            "publisher": "Mellansvenska Handelskammaren",
            "address": "https://bergslaget.example.se/rapport.pdf",
        }
    ]


@pytest.mark.skipif(not _WORKSHOPS.exists(), reason="the shared corpus is not on this machine")
def test_speakers_of_many_workshops_are_found_and_nobody_is_invented() -> None:
    markdown = _WORKSHOPS.read_text("utf-8")
    body = MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown)
    page = as_object(
        read(outlines.html(body, "<title>Workshops - NOSAD</title>"), "https://nosad.se/workshops")
    )
    speakers = {
        speaker["name"]
        for event in page["events"]
        for talk in event["talks"]
        for speaker in talk["speakers"]
        if speaker["name"]
    }
    assert all(name in markdown for name in speakers)
    assert len(page["events"]) == 27
    assert len(speakers) == 81  # of 85 who are named; three are told of as coming, one has no topic


@pytest.mark.skipif(not _SYNTHETIC.exists(), reason="the shared corpus is not on this machine")
def test_panel_in_running_text_is_a_talk_of_several() -> None:
    (event,) = as_object(read(Path(_SYNTHETIC).read_bytes()))["events"]
    assert (event["starts_on"], event["place"]) == ("2023-11-14", "Gävle")
    names = [[speaker["name"] for speaker in talk["speakers"]] for talk in event["talks"]]
    assert names == [
        ["Carina Åkerberg"],
        ["Lars-Göran af Ekenstam"],
        ["Åsa Öberg"],
        ["Per Olof Arnäs", "Johanna Lindberg", "Christian Landgren"],
    ]
    assert event["talks"][3]["topic"] == "Framtidens kompetensförsörjning"
