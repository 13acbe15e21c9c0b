"""The index follows the catalogue, and is made anew where it cannot be used."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from archive.analysis.swedish import SwedishAnalyzer
from archive.app import Archive
from archive.catalogue import changes, documents
from archive.catalogue.database.database import Database
from archive.index import catalogue_reader
from archive.index.catalogue_reader import fingerprint
from archive.index.documents import Batch, Watermark
from archive.index.indexer import CHANGES_PER_BATCH, Indexer
from archive.index.query import MatchAll
from archive.index.search import Scope
from archive.index.whoosh.engine import WhooshEngine
from tests.filled_archive import add, ask, opened


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as opened_archive:
        yield opened_archive


class _Watched(WhooshEngine):
    """An engine that notes what is written."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self.batches: list[Batch] = []

    def write(self, batch: Batch) -> None:
        self.batches.append(batch)
        super().write(batch)


def _watched(archive: Archive) -> tuple[Indexer, _Watched]:
    engine = _Watched(archive.settings.data / "index")
    return Indexer(archive.database, engine, archive.analyzer), engine


def _pages(archive: Archive, document: str) -> tuple[int, ...]:
    return archive.engine.matching_pages(MatchAll(), Scope(max_rank=2), document)


def test_it_catches_up_and_then_has_nothing_to_do(archive: Archive) -> None:
    document = add(archive, "ett", "sökord", "sökord")
    assert archive.indexer.lag() > 0
    assert archive.indexer.catch_up() == 1
    assert archive.indexer.lag() == 0
    mark, size = archive.engine.watermark(), archive.engine.size_bytes()
    assert archive.indexer.catch_up() == 0
    assert (archive.engine.watermark(), archive.engine.size_bytes()) == (mark, size)
    assert _pages(archive, document) == (1, 2)


def test_watermark_says_how_far_it_has_come(archive: Archive) -> None:
    add(archive, "ett", "sökord")
    archive.indexer.catch_up()
    with archive.database.read() as session:
        last = changes.last_seq(session)
    expected = Watermark(archive.database.epoch, last, fingerprint(archive.analyzer))
    assert archive.engine.watermark() == expected


def test_withdrawn_document_leaves(archive: Archive) -> None:
    gone, kept = add(archive, "borta", "sökord"), add(archive, "kvar", "sökord")
    archive.indexer.catch_up()
    with archive.database.write() as session:
        documents.withdraw(session, gone, "test")
    archive.indexer.catch_up()
    assert (_pages(archive, gone), _pages(archive, kept)) == ((), (1,))
    assert archive.engine.counts() == (1, 1)


def test_new_version_takes_the_old_ones_place(archive: Archive) -> None:
    document = add(archive, "ett", "gammalt", "gammalt", "gammalt")
    archive.indexer.catch_up()
    add(archive, "ett", "nytt", data="andra")
    archive.indexer.catch_up()
    assert _pages(archive, document) == (1,)
    assert ask(archive, "gammalt").total_groups == 0


def test_batches_are_bounded_by_changes(archive: Archive) -> None:
    for number in range(CHANGES_PER_BATCH):  # two changes each
        add(archive, str(number), "sökord")
    indexer, engine = _watched(archive)
    assert indexer.catch_up() >= CHANGES_PER_BATCH
    assert len(engine.batches) == 2
    assert max(len(batch.documents) for batch in engine.batches) <= CHANGES_PER_BATCH
    assert ask(archive, "sökord").total_groups == CHANGES_PER_BATCH


def test_batches_are_bounded_by_pages(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue_reader, "PAGES_PER_BATCH", 4)
    for number, page_count in enumerate([1, 2, 9, 1, 3, 1]):
        add(archive, str(number), *["sökord"] * page_count)
    indexer, engine = _watched(archive)
    indexer.catch_up()
    sizes = [sum(len(document.pages) for document in batch.documents) for batch in engine.batches]
    assert all(
        size <= 4 or len(batch.documents) == 1 for size, batch in zip(sizes, engine.batches, strict=True)
    )
    assert archive.engine.counts() == (6, 17)
    assert indexer.lag() == 0
    assert archive.indexer.rebuild() == 6
    assert archive.engine.counts() == (6, 17)


def test_catalogue_can_be_written_while_words_are_analysed(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = add(archive, "ett", "sökord")
    written: list[bool] = []
    analyse = SwedishAnalyzer.exact_terms

    def write_meanwhile(self: SwedishAnalyzer, text: str) -> Sequence[object]:
        if not written:
            writing = threading.Thread(target=_touch, args=(archive.database, document, written))
            writing.start()
            writing.join(timeout=10)
            assert written, "the catalogue was locked"
        return analyse(self, text)

    monkeypatch.setattr(SwedishAnalyzer, "exact_terms", write_meanwhile)
    archive.indexer.catch_up()
    assert written


def _touch(database: Database, document: str, written: list[bool]) -> None:
    with database.write() as session:
        changes.record(session, document)
    written.append(True)
