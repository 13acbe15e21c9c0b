"""The rules run in a process of their own: the same answer, but an end in time."""

import random

import pytest

from archive.errors import FileRejected
from archive.imports.known import Known, known_names
from archive.imports.opening import standard_regions
from archive.imports.reading.page import read_page
from archive.imports.rules_apart import read_apart
from archive.imports.rules_child import SPEAKERS_MAX, TALKS_MAX, bounded
from archive.model.extraction import Outcome
from archive.model.seminar_pages.page_outline import PageOutline
from archive.model.seminar_pages.seminar_page import (
    BlockKind,
    PageLink,
    ReadEvent,
    ReadField,
    ReadSpeaker,
    ReadTalk,
    SeminarPage,
    SourceBlock,
)

GIB = 1024**3
FIRST, LAST = ("Anna", "Bo", "Eva", "Per", "Lisa"), ("Ek", "Strömberg", "Åkerberg", "Norén")


def outline(*texts: str) -> PageOutline:
    blocks = [SourceBlock(BlockKind.HEADING, "Skogsdagen 5 maj 2022", 1)]
    blocks += [SourceBlock(BlockKind.ITEM, text, 1) for text in texts]
    return PageOutline("https://forening.example/dag", "Skogsdagen", tuple(blocks))


def test_a_page_tells_the_same_there_as_here() -> None:
    link = PageLink("https://forening.example/ek.pptx", 0, 7)
    page = outline("Anna Ek, strateg, Region Dalarna – Skogen i Dalarna", "Bo Alm, forskare, SLU – Granen")
    page = PageOutline(
        page.address, page.title, (*page.blocks, SourceBlock(BlockKind.ITEM, "Bilder Anna Ek", links=(link,)))
    )
    known = known_names(("Anna Ek",), standard_regions())
    assert read_apart(page, known, 60, GIB) == read_page(page, known)


def test_a_megabyte_of_names_ends_in_time_with_a_name_and_what_to_do() -> None:
    lots = random.Random(16)
    names = [f"{lots.choice(FIRST)} {lots.choice(LAST)}, strateg, Region Dalarna" for _ in range(25_000)]
    with pytest.raises(FileRejected) as refused:
        read_apart(outline(*names), Known(), 0.5, GIB)
    assert refused.value.category is Outcome.TIMEOUT
    assert "Save the part about the seminar alone" in refused.value.message


def test_a_process_that_fails_is_told_from_one_that_takes_too_long() -> None:
    with pytest.raises(FileRejected) as refused:
        read_apart(outline("Anna Ek"), Known(), 60, 1024)
    assert refused.value.category is Outcome.CRASH


def test_no_more_becomes_an_import_than_people_can_look_over() -> None:
    crowd = ReadTalk(ReadField("Ämne"), speakers=(ReadSpeaker(ReadField("Anna Ek")),) * SPEAKERS_MAX)
    alone = ReadTalk(ReadField("Ämne"), speakers=crowd.speakers[:1], moderators=crowd.speakers[:1])
    talks = (alone, crowd, *(alone,) * (TALKS_MAX - 50))
    events = tuple(ReadEvent(ReadField(f"Dag {n}"), talks=talks) for n in range(4))
    page = bounded(SeminarPage("", "Dagar", (), events=events))
    kept = [talk for event in page.events for talk in event.talks]
    assert (len(page.events), len(kept)) == (2, TALKS_MAX)
    assert kept[0] == alone
    assert sum(len(talk.speakers) + len(talk.moderators) for talk in kept) == SPEAKERS_MAX
    assert any("more talks" in remark for remark in page.remarks)
    small = SeminarPage(
        "", "Dag", (), events=(ReadEvent(ReadField("Dag"), talks=(ReadTalk(ReadField("A")),)),)
    )
    assert bounded(small) is small
