"""Several processes make a new index: the same one as a single process, or none at all."""

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.app import Archive, open_archive
from archive.catalogue import documents
from archive.errors import CatalogueError, IndexUnusable
from archive.index import bulk, indexer, part
from archive.index.base import Scope, SearchRequest, Watermark
from archive.index.messages import Job
from archive.index.reading import fingerprint
from archive.index.whoosh import writing
from archive.index.whoosh.asking import evaluators
from archive.index.whoosh.engine import WhooshEngine
from archive.index.whoosh.queries import compile_tree
from archive.model import Visibility
from archive.settings import Settings
from archive.text import terms
from archive.text.terms import Every, Facet, Term, TermPhrase, TermPrefix, TermTree, TextField
from tests.building import add, ask

_DOCUMENTS = 60
_TREES: list[TermTree] = [
    Every(),
    Term(TextField.EXACT, "sökord"),
    terms.Any((Term(TextField.EXACT, "ord7"), Term(TextField.TITLE, "ord3"), Term(TextField.TEXT, "skog"))),
    TermPhrase(TextField.EXACT, ("grön", "skog")),
    TermPrefix(TextField.EXACT, "ord"),
]


@contextmanager
def _opened(folder: Path, processes: int, engine: str = "whoosh") -> Iterator[Archive]:
    settings = Settings(data=folder / "data", index_processes=processes)
    settings = settings.model_copy(update={"search": settings.search.model_copy(update={"engine": engine})})
    with open_archive(settings) as archive:
        yield archive


@pytest.fixture(autouse=True)
def _bulk_for_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer, "MIN_BULK_DOCUMENTS", 1)
    monkeypatch.setattr(bulk, "_DOCUMENTS_PER_TURN", 4)


def _fill(archive: Archive, count: int = _DOCUMENTS) -> None:
    for n in range(count):
        words = [f"sökord ord{n} ord{n % 7} {'grön skog ' * (n % 4)}" for _ in range(1 + n % 5)]
        add(archive, f"nummer {n}", *words)
    add(archive, "tom")
    withdrawn = add(archive, "borta", "sökord")
    with archive.database.write() as session:
        documents.withdraw(session, withdrawn, "test")


def _answers(archive: Archive) -> list[object]:
    requests = [SearchRequest(tree, Scope(max_rank=2), limit=1000, facets=tuple(Facet)) for tree in _TREES]
    return [archive.engine.search(request) for request in requests]


def _scores(archive: Archive) -> dict[tuple[int, str, int], float]:
    """Return the score of each page for each tree."""
    assert isinstance(archive.engine, WhooshEngine)
    snapshot = archive.engine._snapshots.newest()
    assert snapshot
    scores = {}
    for nth, tree in enumerate(_TREES[1:4]):
        query = compile_tree(tree)
        for evaluator in evaluators(snapshot):
            units = evaluator.view.segment.units
            pages = evaluator.matching(query).pages
            for at, score in zip(pages.tolist(), evaluator.scores(query, pages).tolist(), strict=True):
                document = units.documents[units.document[units.page_unit[at]]]
                scores[nth, document, int(units.page_number[at])] = score
    return scores


@pytest.mark.parametrize("engine", ["whoosh", "whoosh-stock"])
@pytest.mark.parametrize("processes", [2, 3])
def test_index_is_that_of_a_single_process(tmp_path: Path, engine: str, processes: int) -> None:
    with _opened(tmp_path, 1, engine) as archive:
        _fill(archive)
        assert archive.indexer.rebuild() == _DOCUMENTS
        alone, counts = _answers(archive), archive.engine.counts()
        scores = _scores(archive) if engine == "whoosh" else {}
    with _opened(tmp_path, processes, engine) as archive:
        steps: list[int] = []
        assert archive.indexer.rebuild(steps.append) == _DOCUMENTS
        assert steps == sorted(steps)
        assert steps[-1] == _DOCUMENTS
        assert _answers(archive) == alone
        assert archive.engine.counts() == counts
        if engine == "whoosh":
            assert _scores(archive) == pytest.approx(scores, rel=1e-12)
        archive.engine.check()
        assert archive.indexer.reason_to_rebuild(thorough=True) == ""
        folder = archive.settings.data / "index"
        assert sorted(path.name for path in folder.glob("gen-*")) == [(folder / "current").readlink().name]
        assert list((folder / "current").glob("part-*")) == []
        add(archive, "ny", "sökord")
        archive.indexer.catch_up()
        assert ask(archive, "sökord").total_groups == _DOCUMENTS + 1


def test_parts_have_segments_of_bounded_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from archive.index.engines import open_part
    from archive.index.whoosh import engine as module
    from tests.index.building import document, mark

    monkeypatch.setattr(writing, "MAX_REBUILT_PAGES", 60)
    monkeypatch.setattr(module, "MIN_PART_SEGMENT_PAGES", 10)
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
    snapshot = engine._snapshots.newest()
    assert snapshot
    assert sorted(view.segment.page_count for view in snapshot.views) == [1, 5, 5, 15, 15, 15, 15, 15, 15]
    assert engine.counts() == (20, 100)
    engine.close()


def test_part_that_was_not_finished_is_not_adopted(tmp_path: Path) -> None:
    from archive.index.engines import open_part
    from tests.index.building import document, mark

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

    with _opened(tmp_path, 1) as archive:
        _fill(archive, 3)
        monkeypatch.setattr(subprocess, "Popen", refuse)
        assert archive.indexer.rebuild() == 3


def test_default_is_a_process_a_core(monkeypatch: pytest.MonkeyPatch) -> None:
    for cores, processes in ((1, 1), (2, 2), (64, 4)):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _pid, cores=cores: set(range(cores)))
        assert bulk.default_processes() == processes


def _helpers(of: int) -> list[int]:
    """Return the helper processes that a process has."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            status = (entry / "stat").read_text()
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if b"archive.index.part" in command and int(status.rsplit(")", 1)[1].split()[1]) == of:
            found.append(int(entry.name))
    return found


def _gone(pids: list[int]) -> bool:
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


def _until(condition: object) -> None:
    limit = time.monotonic() + 30
    while not condition():  # type: ignore[operator]  # a call without arguments
        assert time.monotonic() < limit, "it did not happen in time"
        time.sleep(0.005)


def test_killed_helper_leaves_the_old_index(tmp_path: Path) -> None:
    with _opened(tmp_path, 2) as archive:
        _fill(archive)
        archive.indexer.rebuild()
        before = _answers(archive)
        generation = (archive.settings.data / "index" / "current").readlink()
        seen: list[int] = []

        def kill(_done: int) -> None:
            if not seen:
                seen.extend(_helpers(os.getpid()))
                os.kill(seen[0], signal.SIGKILL)

        with pytest.raises(IndexUnusable, match="index_processes"):
            archive.indexer.rebuild(kill)
        assert len(seen) == 2
        _until(lambda: _gone(seen))
        assert (archive.settings.data / "index" / "current").readlink() == generation
        assert [path.name for path in (archive.settings.data / "index").glob("gen-*")] == [str(generation)]
        assert _answers(archive) == before
        assert archive.indexer.rebuild() == _DOCUMENTS
        assert _answers(archive) == before


def test_rebuild_that_is_broken_off_ends_its_helpers(tmp_path: Path) -> None:
    with _opened(tmp_path, 2) as archive:
        _fill(archive)
        archive.indexer.catch_up()
        before, threads, seen = _answers(archive), threading.active_count(), []

        def interrupt(_done: int) -> None:
            seen.extend(_helpers(os.getpid()))
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            archive.indexer.rebuild(interrupt)
        assert len(seen) == 2
        assert _gone(seen)
        assert threading.active_count() == threads
        assert _answers(archive) == before
        assert len(list((archive.settings.data / "index").glob("gen-*"))) == 1


_REBUILD = """
import sys
from pathlib import Path
from archive.app import open_archive
from archive.index import bulk, indexer
from archive.settings import Settings
indexer.MIN_BULK_DOCUMENTS, bulk._DOCUMENTS_PER_TURN = 1, 1
with open_archive(Settings(data=Path(sys.argv[1]), index_processes=2)) as archive:
    print("opened", flush=True)
    archive.indexer.rebuild(lambda done: print(done, flush=True))
    print("rebuilt", flush=True)
"""


@pytest.mark.parametrize("done", [0, 1, 20, 55, _DOCUMENTS])
def test_killed_rebuild_leaves_the_old_index_and_no_process(tmp_path: Path, done: int) -> None:
    with _opened(tmp_path, 2) as archive:
        _fill(archive)
        archive.indexer.catch_up()
        before = _answers(archive)
    command = [sys.executable, "-c", _REBUILD, str(tmp_path / "data")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "opened\n"
        if done:
            for line in process.stdout:
                if line.strip().isdecimal() and int(line) >= done:
                    break
        else:
            _until(lambda: _helpers(process.pid))
        helpers = _helpers(process.pid)
        process.kill()
    _until(lambda: _gone(helpers))
    with _opened(tmp_path, 2) as archive:
        assert archive.indexer.reason_to_rebuild(thorough=True) == ""
        assert _answers(archive) == before
        assert len(list((archive.settings.data / "index").glob("gen-*"))) == 1


def _job(archive: Archive, folder: Path) -> Job:
    url = f"sqlite:///{(archive.settings.data / 'catalogue.db').resolve()}"
    text = archive.settings.text.model_dump_json()
    own = fingerprint(archive.analyzer)
    return Job(url, text, "whoosh", str(folder), 2, archive.database.epoch, own)


def _told(job: Job, *lines: object) -> list[tuple[str, Any]]:
    answers = io.StringIO()
    text = "\n".join([job.encoded(), *map(json.dumps, lines)]) + "\n"
    part.main(io.StringIO(text), answers)
    return [tuple(json.loads(line)) for line in answers.getvalue().splitlines()]


def test_helper_says_what_is_wrong(tmp_path: Path) -> None:
    with _opened(tmp_path, 1) as archive:
        _fill(archive, 3)
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
    with _opened(tmp_path, 2) as archive:
        _fill(archive)
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
        assert archive.engine.matching_pages(Every(), Scope(max_rank=2), has_changed[0]) == (1,)
        assert ask(archive, "sökord", Visibility.STAFF).total_groups == _DOCUMENTS
        mark = archive.engine.watermark()
        assert isinstance(mark, Watermark)
