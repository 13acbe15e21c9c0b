"""Measures the ingest in its stages, one after the other in one thread: store, extract, index, pictures."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from archive.app import Archive, open_archive
from archive.catalogue import jobs
from archive.ingest.intake.accept import Intake
from archive.ingest.intake.sources import find_sources
from archive.ingest.jobs.context import JobContext
from archive.ingest.jobs.run import JobRunner
from archive.ingest.libreoffice.office import Office
from archive.ingest.progress import Stored
from archive.ingest.reading.limits import extract_limits
from archive.ingest.sandbox.base import Limits, Request, Sandbox
from archive.ingest.sandbox.open_sandbox import open_sandbox
from archive.model.jobs import Job, JobKind
from archive.settings.settings import load_settings
from bench.foundation import naive
from bench.meter import Meter

Row = tuple[str, float, float, str, float | None]
_NOTHING = "application/x-bench-nothing"


def measure_stages(corpus: Path, data: Path) -> list[Row]:
    """Return a row for each stage, against doing the same in the simplest way."""
    files = sorted(path for path in corpus.rglob("*") if path.is_file())
    with Meter() as copying:
        naive.copy_all(files, data.parent / "copies")
    with Meter() as reading:
        texts = naive.read_all(files)
    with Meter() as listing:
        naive.index_all(texts)
    with open_archive(load_settings(data)) as archive:
        with Meter() as storing:
            stored = _store(archive, corpus)
        with Meter() as extracting:
            _run_jobs(archive, JobKind.EXTRACT)
        with Meter() as indexing:
            archive.indexer.catch_up()
        with Meter() as drawing:
            _run_jobs(archive, JobKind.RENDER)
        isolating = _isolation_s(archive, files[0])
    count = max(1, stored)
    return [
        _row("  store", storing, "copying the files", copying),
        _row("  extract", extracting, "python-pptx and pdfminer.six, not isolated", reading),
        _row("  index", indexing, "SQLite FTS5 of the same words", listing),
        _row("  pictures", drawing, "extract", extracting),
        (f"isolation a file ({count} files read)", 0.0, isolating, "bound of 15 ms", isolating / 0.015),
    ]


def _row(name: str, meter: Meter, reference: str, reference_meter: Meter) -> Row:
    return name, meter.cpu_s, meter.wall_s, reference, meter.cpu_s / max(reference_meter.cpu_s, 1e-6)


def _store(archive: Archive, corpus: Path) -> int:
    intake = Intake(archive.database, archive.originals, archive.settings.extract.file_max_bytes, "bench")
    steps = [step for source in find_sources([corpus]) for step in intake.take(source)]
    return sum(isinstance(step, Stored) for step in steps)


def _run_jobs(archive: Archive, kind: JobKind) -> None:
    with (
        closing(open_sandbox(archive.settings.extract.isolation)) as sandbox,
        closing(Office(archive.settings.pictures, archive.temporary)) as office,
    ):
        tasks = JobRunner(
            JobContext(
                database=archive.database,
                originals=archive.originals,
                pictures=archive.pictures,
                sandbox=sandbox,
                office=office,
                settings=archive.settings,
                temporary=archive.temporary,
            )
        )
        while (job := _lease(archive, kind)) is not None:
            tasks.run(job)


def _lease(archive: Archive, kind: JobKind) -> Job | None:
    with archive.database.write() as session:
        return jobs.lease(session, "bench", [kind], datetime.now(UTC), 3600, 3)


def _read_once(isolation: Sandbox, file: Path, limits: Limits) -> None:
    with isolation.run(Request("extract", _NOTHING), file, limits) as frames:
        list(frames)


def _isolation_s(archive: Archive, file: Path, times: int = 50) -> float:
    """Return what a child costs: the wall time of one that has nothing to do, in seconds."""
    isolation = open_sandbox(archive.settings.extract.isolation)
    limits = extract_limits(archive.settings)
    try:
        _read_once(isolation, file, limits)
        with Meter() as meter:
            for _ in range(times):
                _read_once(isolation, file, limits)
    finally:
        isolation.close()
    return meter.wall_s / times
