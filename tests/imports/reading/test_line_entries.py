"""Talks that a line of its own tells, with a full stop and without a deck."""

import pytest

from tests.imports.reading.outlines import html
from tests.imports.reading.truths import read


def _topics(line: str) -> list[tuple[str | None, str | None]]:
    body = (
        "<main><h1>Säkerhet för företag</h1><p>Falun den 12 mars 2024</p>"
        "<p>”Tio råd till den lilla firman” – Viveka Althinger, Polisen. <a href='/a.pdf'>Bilder</a></p>"
        f"<p>{line}</p></main>"
    )
    talks = read(html(body)).events[0].talks
    return [(talk.topic.value, talk.speakers[0].name.value) for talk in talks]


@pytest.mark.parametrize(
    "line",
    [
        "”Så går bedrägerierna till” – Bo Alm, kommunpolis. Inga bilder.",
        "”Så går bedrägerierna till”, Bo Alm, kommunpolis.",
        "”Så går bedrägerierna till” (Bo Alm, kommunpolis).",
        "”Så går bedrägerierna till” av Bo Alm, kommunpolis.",
        "”Så går bedrägerierna till” – Bo Alm, SCB.",
    ],
)
def test_a_title_in_quotes_with_its_speaker_is_a_talk(line: str) -> None:
    assert _topics(line)[1:] == [("Så går bedrägerierna till", "Bo Alm")]


@pytest.mark.parametrize(
    "line",
    ["Lås och larm i butiken – Bo Alm, kommunpolis.", "Lås och larm i butiken – Bo Alm, polis. Inga bilder."],
)
def test_a_line_behind_a_talk_of_a_list_is_one_of_it(line: str) -> None:
    assert _topics(line)[1:] == [("Lås och larm i butiken", "Bo Alm")]


@pytest.mark.parametrize(
    "line",
    [
        "”Det här måste vi göra varje år” – det sade Bo Alm, kommunpolis.",
        "”Vi ses igen” var slutorden från Bo Alm, kommunpolis i Falun.",
        "Tack för i dag – hälsar vi i styrelsen.",
    ],
)
def test_a_sentence_is_no_talk(line: str) -> None:
    assert _topics(line)[1:] == []
