"""The order of answers is that of the content: neither identifiers nor what was there before change it."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from random import Random

import pytest

from archive.app import Archive
from archive.catalogue import documents, records
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.index.search import Sort
from archive.model.visibility import Visibility
from archive.search.question import Question
from tests.filled_archive import add, opened, slide

DAYS = [
    NewEvent(
        title=f"Dagar om upphandling {year}",
        starts_on=date(year, 5, 4),
        talks=(
            NewTalk("Välkommen", 1, speakers=(NewSpeaker("Ann Ask", "", "Region Nord"),)),
            NewTalk("Frågor", 2),
            NewTalk("Delar", 3, speakers=(NewSpeaker("Bo Berg", "", "Region Syd"),)),
        ),
    )
    for year in (2020, 2021)
]
SAID = slide("Gemensam upphandling", "innovation i regionen"), slide("Avtal", "gemensam plan för upphandling")
OTHER = slide("Något helt annat", "innovation innovation " + "om sjöar och skogar " * 40)
QUESTIONS = ("upphandling", "gemensam upphandling", "innov*", '"gemensam plan"', "avtal ELLER innovation", "")


def _fill(archive: Archive, seed: int) -> None:
    """Add the same documents in an order of chance, several of them equal in every word."""
    random = Random(seed)
    days = list(DAYS)
    random.shuffle(days)
    with archive.database.write() as session:
        talks = {day.title: save_event(session, day, "test").talk_ids for day in days}
    told = [(day.title, nth) for day in DAYS for nth in range(3)]
    reports = [(f"Rapport {nth}", 2019 + nth % 2) for nth in range(8)]
    random.shuffle(told)
    random.shuffle(reports)
    for title, nth in told:
        add(archive, f"{title} {nth}", *SAID, talk=talks[title][nth])
    for name, year in reports:
        add(archive, name, *SAID, year=year)
    archive.indexer.catch_up()


def _answers(archive: Archive) -> Iterator[tuple[object, ...]]:
    """Yield what visitors see, in words and names of files: identifiers left out."""
    for text in QUESTIONS:
        for sort in Sort:
            page = archive.search.search(Question(text, sort=sort), Visibility.STAFF)
            groups = tuple(
                (group.title, [(hit.filename, hit.number) for hit in group.best]) for group in page.groups
            )
            facets = [(one.label, one.groups) for row in page.facets.values() for one in row]
            yield text, sort, page.total_groups, page.total_slides, groups, facets
    with archive.database.read() as session:
        for name in ("Rapport 3.pptx", f"{DAYS[0].title} 1.pptx"):
            (found,) = (one.id for one in documents.list_documents(session) if one.filename == name)
            similar = archive.search.similar(session, records.record(session, found), 1, Visibility.STAFF)
            yield name, [(one.group.title, one.group.best[0].filename) for one in similar]


@pytest.mark.parametrize("seed", [1, 2])
def test_two_archives_of_the_same_files_answer_in_the_same_order(tmp_path: Path, seed: int) -> None:
    with ExitStack() as stack:
        first, second = (stack.enter_context(opened(tmp_path / name)) for name in ("first", "second"))
        _fill(first, 0)
        _fill(second, seed)
        answers = list(_answers(first))
        assert list(_answers(second)) == answers
    assert all(answer[2] for answer in answers[: len(QUESTIONS) * len(Sort)])


def test_what_was_there_before_changes_no_order(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        gone = [add(archive, f"Annat {nth}", OTHER) for nth in range(6)]
        add(archive, "Rapport 1", OTHER, data="first version")
        archive.indexer.catch_up()
        _fill(archive, 0)
        before = list(_answers(archive))
        with archive.database.write() as session:
            for document_id in gone:
                documents.withdraw(session, document_id, "test")
        archive.indexer.catch_up()
        answers = list(_answers(archive))
        assert answers != before
        archive.indexer.rebuild()
        assert list(_answers(archive)) == answers
