"""Titles in bold at the head of a line whose sentence tells who spoke."""

import pytest

from archive.model.seminar_pages.seminar_page import ReadTalk
from tests.imports.reading.outlines import html
from tests.imports.reading.truths import read


def _talks(body: str) -> tuple[ReadTalk, ...]:
    page = read(html(f"<main><h1>Vattendag i Arboga</h1><p>Onsdagen den 28 april 2004</p>{body}</main>"))
    return page.events[0].talks


@pytest.mark.parametrize(
    "line",
    [
        "<li><b>Åns tillstånd.</b> Limnolog Ida Ek, SLU, gick igenom årets provtagning.</li>",
        "<li><strong>Åns tillstånd:</strong> Ida Ek, limnolog, SLU, gick igenom årets provtagning.</li>",
        "<li><em>Åns tillstånd</em>. Ida Ek, limnolog, SLU, gick igenom årets provtagning.</li>",
        "<li><strong>Åns tillstånd</strong> – Ida Ek, limnolog, SLU, berättade om provtagningen.</li>",
        "<li><strong>Åns tillstånd</strong>, limnolog Ida Ek, SLU, berättade om provtagningen.</li>",
        "<p><b>Åns tillstånd.</b> Limnologen Ida Ek från SLU visade gamla fotografier.</p>",
        "<p><b>”Åns tillstånd”.</b> Ida Ek, limnolog, SLU, beskrev läget i biflödena.</p>",
        "<p><b>Åns tillstånd</b><br>Ida Ek, limnolog, SLU, gick igenom förra årets provtagning.</p>",
    ],
)
def test_title_in_bold_before_the_sentence_is_the_topic(line: str) -> None:
    talk = _talks(line)[0]
    assert talk.topic.value == "Åns tillstånd"
    speaker = talk.speakers[0]
    assert (speaker.name.value, speaker.organisation.value) == ("Ida Ek", "SLU")
    assert str(speaker.role.value).lower().startswith("limnolog")


@pytest.mark.parametrize(
    "lead",
    ["Först ut:", "Eftermiddag.", "Nästa talare:", "28 april:", "Plats:", "Efter lunch –"],
)
def test_words_that_only_lead_on_are_no_topic(lead: str) -> None:
    talks = _talks(f"<p><b>{lead}</b> Ida Ek, limnolog, SLU, berättade om förra årets provtagning.</p>")
    assert [talk.topic.value for talk in talks] in ([], ["Förra årets provtagning"])
