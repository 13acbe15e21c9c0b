import json
import os
from pathlib import Path
from typing import Literal, NoReturn

import pytest

from archive.app import Archive
from archive.errors import ArchiveError, PartMissing, PathError, StorageError
from archive.ingest.intake.accept import Intake
from archive.ingest.pipeline import Pipeline, Waiting
from archive.ingest.presence import worker_lock
from archive.ingest.progress import Drawn, Extracted, Step, Stored
from archive.ingest.sandbox.base import Sandbox
from archive.ingest.sandbox.open_sandbox import open_sandbox
from archive.model.extraction import Outcome
from archive.store.folder_store import FolderStore
from tests.forked import Forked
from tests.ingest.extractors.decks import deck_of_titles, rewritten
from tests.ingest.extractors.pdfs import lines, pdf
from tests.ingest.ingests import (
    Notes,
    deck,
    found,
    ingest,
    lease,
    names,
    pending,
    report,
    take,
    with_settings,
    write,
)

pytestmark = pytest.mark.long


def ingest_impatiently(archive: Archive, *paths: Path) -> None:
    """Ingest; give up half a second after workers have begun to fail at everything."""
    waiting = Waiting(Notes())
    intake = Intake(archive.database, archive.originals, 10**7, "test")
    with archive.workers(waiting) as pool:
        Pipeline(archive.database, pool, waiting, trouble_max_s=0.5).ingest(intake, paths)


def test_bad_files_never_stop_the_run(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    good, sound = deck_of_titles("Sist"), pdf([lines(["Ord"], 700)])
    write(folder / "a-skräp.pptx", os.urandom(2000))
    write(folder / "b-bomb.pptx", rewritten(good, _swollen))
    write(folder / "c-halv.pdf", sound[: len(sound) // 3])
    write(folder / "d-låst.pdf", pdf([lines(["Hemligt"], 700)], password="x"))
    write(folder / "e-halv.pptx", good[: len(good) // 2])
    write(folder / "f-bild.pdf", pdf([[]]))
    write(folder / "g-sist.pptx", good)
    assert ingest(archive, folder).categories() == {
        "a-skräp.pptx": "unsupported_type",
        "b-bomb.pptx": "resource_limit",
        "c-halv.pdf": "damaged",
        "d-låst.pdf": "password",
        "e-halv.pptx": "damaged",
        "f-bild.pdf": "empty_needs_ocr",
        "g-sist.pptx": "ok",
    }
    assert found(archive, "sist") == [("g-sist.pptx", 1)]
    assert pending(archive) == 0


def _swollen(name: str, data: bytes) -> bytes:
    """Make a slide that takes 64 MiB in memory and 64 KiB in the package."""
    return data + b" " * (64 * 1024 * 1024) if name == "ppt/slides/slide1.xml" else data


def test_missing_path_takes_nothing_in(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(PathError):
        ingest(archive, report(tmp_path / "a.pdf", "Ord"), tmp_path / "saknas")
    assert list(archive.originals.digests()) == []


def test_words_are_read_before_pictures_are_made(archive: Archive, tmp_path: Path) -> None:
    notes = ingest(archive, report(tmp_path / "a.pdf", "Ord"), deck(tmp_path / "b.pptx", "Ett"))
    order = [
        (type(step).__name__, step.version_id)
        for step in notes.steps
        if isinstance(step, Stored | Extracted | Drawn)
    ]
    for version_id in {step.version_id for step in notes.stored}:
        told = [kind for kind, one in order if one == version_id]
        assert told == ["Stored", "Extracted", "Drawn"]


def test_second_ingest_adds_nothing(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    deck(folder / "a.pptx", "Gruvnäring")
    write(folder / "kopia.pptx", (folder / "a.pptx").read_bytes())
    report(folder / "b.pdf", "Vindkraft")
    ingest(archive, folder)
    before = (archive.indexer.lag(), archive.engine.counts(), list(archive.pictures.digests()))
    notes = ingest(archive, folder)
    assert [step.acceptance.value for step in notes.stored] == ["unchanged", "unchanged", "duplicate"]
    # A deck without LibreOffice is asked for again: it may have been installed.
    assert {step.version_id for step in notes.drawn} == {notes.stored[0].version_id}
    assert notes.extracted == []
    assert (archive.indexer.lag(), archive.engine.counts(), list(archive.pictures.digests())) == before


def test_words_can_be_found_without_libreoffice(archive: Archive, tmp_path: Path) -> None:
    notes = ingest(archive, deck(tmp_path / "a.pptx", "Gruvnäring"))
    assert found(archive, "gruvnäring") == [("a.pptx", 1)]
    (told,) = notes.drawn
    assert told.picture_count == 0
    assert "LibreOffice" in told.message


def test_work_left_by_a_killed_run_is_done_by_the_next(archive: Archive, tmp_path: Path) -> None:
    take(archive, report(tmp_path / "a.pdf", "Gruvnäring"))
    with worker_lock(archive.settings.data / "workers") as killed:
        lease(archive, f"{killed}/0")
    ingest(archive, tmp_path / "a.pdf")
    assert found(archive, "gruvnäring") == [("a.pdf", 1)]


def test_full_disk_ends_the_ingest_soon_and_nothing_is_lost(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> NoReturn:
        raise StorageError("The disk is full.")

    report(tmp_path / "in" / "a.pdf", "Gruvnäring")
    report(tmp_path / "in" / "b.pdf", "Vindkraft")
    with monkeypatch.context() as patched:
        patched.setattr(FolderStore, "put_bytes", refuse)
        with pytest.raises(StorageError, match="The disk is full"):
            ingest_impatiently(archive, tmp_path / "in")
    assert pending(archive) == 2

    notes = ingest(archive, tmp_path / "in")
    assert [(step.picture_count, step.message) for step in notes.drawn] == [(1, ""), (1, "")]
    assert found(archive, "gruvnäring") == [("a.pdf", 1)]
    assert pending(archive) == 0


def test_trouble_that_passes_does_not_end_the_ingest(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, calls = FolderStore.put_bytes, []

    def refuse_once(store: FolderStore, data: bytes) -> object:
        calls.append(1)
        if len(calls) == 1:
            raise StorageError("The disk is full.")
        return put(store, data)

    monkeypatch.setattr(FolderStore, "put_bytes", refuse_once)
    notes = ingest(archive, report(tmp_path / "a.pdf", "Gruvnäring"))
    assert [(step.picture_count, step.message) for step in notes.drawn] == [(1, "")]


def test_ingest_ends_when_no_file_can_be_read_on_this_machine(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []

    def refuse(choice: Literal["auto"]) -> Sandbox:
        opened.append(1)
        if len(opened) == 1:  # the look at the start finds nothing wrong
            return open_sandbox(choice)
        raise PartMissing("No process can be started.")

    monkeypatch.setattr("archive.app.working.open_sandbox", refuse)
    monkeypatch.setattr("archive.ingest.jobs.run.open_sandbox", refuse)
    with pytest.raises(PartMissing):
        ingest_impatiently(archive, report(tmp_path / "a.pdf", "Ord"))
    assert pending(archive) == 2


def test_fault_in_the_workers_own_code_ends_the_ingest(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> NoReturn:
        raise ZeroDivisionError

    monkeypatch.setattr("archive.ingest.workers.jobs.lease", fail)
    with pytest.raises(ArchiveError, match="unexpected error"):
        ingest_impatiently(archive, report(tmp_path / "a.pdf", "Ord"))


def test_reporter_that_fails_ends_the_ingest_and_not_a_worker(archive: Archive, tmp_path: Path) -> None:
    class Broken(Notes):
        def tell(self, step: Step) -> None:
            super().tell(step)
            if isinstance(step, Extracted):
                raise BrokenPipeError

    notes = Broken()
    with pytest.raises(BrokenPipeError):
        archive.ingest([report(tmp_path / "a.pdf", "Gruvnäring")], notes, "test")
    assert names(step.file for step in notes.stored) == ["a.pdf"]
    archive.indexer.catch_up()
    assert found(archive, "gruvnäring") == [("a.pdf", 1)]


def test_two_ingests_of_the_same_folder_at_once_both_end_well(archive: Archive, tmp_path: Path) -> None:
    count = 10
    for number in range(count):
        report(tmp_path / "in" / f"{number}.pdf", f"ord{number}x")
    command = ("--data", archive.settings.data, "ingest", "--json", tmp_path / "in")
    without_parts = {"ARCHIVE_PICTURES__OFFICE_COMMAND": "none", "ARCHIVE_OCR__COMMAND": "none"}
    running = [Forked(*command, env={**os.environ, **without_parts}) for _ in range(2)]
    outputs = [process.communicate() for process in running]
    assert [(process.returncode, errors) for process, (_, errors) in zip(running, outputs, strict=True)] == [
        (0, ""),
        (0, ""),
    ]
    summaries = [json.loads(output.splitlines()[-1]) for output, _ in outputs]
    assert sum(summary["new"] for summary in summaries) == count
    assert sum(summary["unchanged"] for summary in summaries) == count
    assert archive.engine.counts() == (count, count)
    assert [found(archive, f"ord{number}x") for number in range(count)] == [
        [(f"{number}.pdf", 1)] for number in range(count)
    ]


def test_several_workers_read_a_folder_to_its_end(archive: Archive, tmp_path: Path) -> None:
    for number in range(6):
        deck(tmp_path / "in" / f"{number}.pptx", f"Titel{number}")
    notes = ingest(with_settings(archive, workers=2), tmp_path / "in")
    assert [step.category for step in notes.extracted] == [Outcome.OK] * 6
    assert notes.expected == 6
    assert archive.engine.counts() == (6, 6)
