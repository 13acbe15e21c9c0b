"""Several processes make a new index: the same one as a single process, or none at all."""

import io
import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.app import Archive
from archive.catalogue import documents
from archive.errors import CatalogueError, IndexUnusable
from archive.index import bulk, indexer, part
from archive.index.catalogue_reader import fingerprint
from archive.index.documents import Watermark
from archive.index.engines import open_part
from archive.index.part import PartJob
from archive.index.query import MatchAll
from archive.index.search import Scope
from archive.index.whoosh.engine import WhooshEngine
from archive.index.whoosh.searcher.queries import compile_query
from archive.index.whoosh.searcher.searcher import evaluators
from archive.index.whoosh.writer import writer
from archive.model.visibility import Visibility
from tests.filled_archive import add, ask
from tests.index.bulk_archives import DOCUMENTS, QUERIES, answers, copy_filled, fill, opened
from tests.index.index_documents import document, mark

pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def _bulk_for_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer, "MIN_BULK_PAGES", 1)


def _scores(archive: Archive) -> dict[tuple[int, str, int], float]:
    """Return the score of each page for each query."""
    assert isinstance(archive.engine, WhooshEngine)
    snapshot = archive.engine.snapshots.newest()
    assert snapshot
    scores = {}
    for nth, query in enumerate(QUERIES[1:4]):
        compiled = compile_query(query)
        for evaluator in evaluators(snapshot):
            units = evaluator.view.segment.units
            pages = evaluator.matching(compiled).pages
            for at, score in zip(pages.tolist(), evaluator.scores(compiled, pages).tolist(), strict=True):
                document = units.documents[units.document[units.page_unit[at]]]
                scores[nth, document, int(units.page_number[at])] = score
    return scores


@pytest.mark.parametrize("processes", [2, 3])
def test_index_is_that_of_a_single_process(tmp_path: Path, processes: int) -> None:
    copy_filled(tmp_path)
    with opened(tmp_path, 1) as archive:
        assert archive.indexer.rebuild() == DOCUMENTS
        alone, counts = answers(archive), archive.engine.counts()
        scores = _scores(archive)
    with opened(tmp_path, processes) as archive:
        steps: list[int] = []
        assert archive.indexer.rebuild(steps.append) == DOCUMENTS
        assert steps == sorted(steps)
        assert steps[-1] == DOCUMENTS
        assert answers(archive) == alone
        assert archive.engine.counts() == counts
        assert _scores(archive) == pytest.approx(scores, rel=1e-12)
        folder = archive.settings.data / "index"
        assert [path.name for path in folder.glob("gen-*")] == [(folder / "current").readlink().name]
        assert list((folder / "current").glob("part-*")) == []
        archive.engine.check()
        assert archive.indexer.reason_to_rebuild(thorough=True) == ""
        add(archive, "ny", "sökord")
        archive.indexer.catch_up()
        assert ask(archive, "sökord").total_groups == DOCUMENTS + 1


def test_parts_have_segments_of_bounded_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "MAX_REBUILT_PAGES", 60)
    monkeypatch.setattr(writer, "MIN_PART_SEGMENT_PAGES", 10)
    engine = WhooshEngine(tmp_path / "index")
    with engine.rebuild() as new:
        for nth in range(2):
            made = new.make_part()
            filling = open_part("whoosh", made, process_count=4)
            filling.write([document(f"d{nth}{n}", *["skog"] * 5) for n in range(10)])
            filling.finish()
            filling.close()
            new.adopt(made)
        new.publish(mark(1))
    snapshot = engine.snapshots.newest()
    assert snapshot
    assert sorted(view.segment.page_count for view in snapshot.views) == [1, 5, 5, 15, 15, 15, 15, 15, 15]
    assert engine.counts() == (20, 100)
    engine.close()


def test_part_that_was_not_finished_is_not_adopted(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "index")
    with engine.rebuild() as new:
        made = new.make_part()
        filling = open_part("whoosh", made, process_count=2)
        filling.write([document("a", "skog")])
        filling.close()
        new.adopt(made)
        new.publish(mark(1))
    assert engine.counts() == (0, 0)
    engine.check()
    engine.close()


def test_one_process_starts_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    with opened(tmp_path, 1) as archive:
        fill(archive, 3)
        monkeypatch.setattr(subprocess, "Popen", refuse)
        assert archive.indexer.rebuild() == 3


def test_default_is_a_process_a_core(monkeypatch: pytest.MonkeyPatch) -> None:
    for cores, processes in ((1, 1), (2, 2), (64, 4)):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _pid, cores=cores: set(range(cores)))
        assert bulk.default_processes() == processes


def _job(archive: Archive, folder: Path) -> PartJob:
    url = f"sqlite:///{(archive.settings.data / 'catalogue.db').resolve()}"
    text = archive.settings.text.model_dump_json()
    own = fingerprint(archive.analyzer)
    return PartJob(url, text, "whoosh", str(folder), 2, archive.database.epoch, own)


def _told(job: PartJob, *lines: object) -> list[tuple[str, Any]]:
    answers = io.StringIO()
    text = "\n".join([job.encoded(), *map(json.dumps, lines)]) + "\n"
    part.main(io.StringIO(text), answers)
    return [tuple(json.loads(line)) for line in answers.getvalue().splitlines()]


def test_helper_says_what_is_wrong(tmp_path: Path) -> None:
    with opened(tmp_path, 1) as archive:
        fill(archive, 3)
        job = _job(archive, tmp_path / "part")
        (tmp_path / "part").mkdir(mode=0o700)
        wrong = (
            (replace(job, epoch="another"), IndexUnusable.code),
            (replace(job, fingerprint="another"), IndexUnusable.code),
            (replace(job, database_url="nonsense"), CatalogueError.code),
        )
        for one, code in wrong:
            answers = _told(one, ["x"])
            assert [(what, value[0]) for what, value in answers] == [("failed", code)]
        with archive.database.read() as session:
            ids = documents.document_ids(session)
        assert _told(job, ids, []) == [("written", 3), ("done", None)]


def test_changes_during_the_rebuild_are_followed(tmp_path: Path) -> None:
    copy_filled(tmp_path)
    with opened(tmp_path, 2) as archive:
        has_changed: list[str] = []

        def change(_done: int) -> None:
            if not has_changed:
                with archive.database.read() as session:
                    gone = documents.document_ids(session)[0]
                with archive.database.write() as session:
                    documents.withdraw(session, gone, "test")
                has_changed.append(add(archive, "ny", "sökord"))

        archive.indexer.rebuild(change)
        assert archive.indexer.lag() == 0
        assert archive.engine.matching_pages(MatchAll(), Scope(max_rank=2), has_changed[0]) == (1,)
        assert ask(archive, "sökord", Visibility.STAFF).total_groups == DOCUMENTS
        mark = archive.engine.watermark()
        assert isinstance(mark, Watermark)
