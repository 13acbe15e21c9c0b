"""What the tests of whole ingests have in common: files to take in, and somebody who takes notes."""

import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from archive.app import Archive
from archive.catalogue import jobs, pages
from archive.ingest.intake.accept import Intake
from archive.ingest.intake.sources import find_sources
from archive.ingest.progress import Drawn, Extracted, LeftOut, Refused, Step, Stored
from archive.model.documents import Version
from archive.model.jobs import Job, JobKind
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.settings.sections import OcrSettings, PictureSettings
from archive.settings.settings import Settings
from tests.ingest.extractors.decks import deck_of_titles
from tests.ingest.extractors.pdfs import lines, pdf

WITHOUT_OFFICE = PictureSettings(office_command="none", large_width_px=320, small_width_px=80)
WITHOUT_OCR = OcrSettings(command="none")


class Notes:
    """A reporter that keeps what it is told."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.expected = 0

    def expect(self, file_count: int) -> None:
        self.expected = file_count

    def tell(self, step: Step) -> None:
        self.steps.append(step)

    @property
    def stored(self) -> list[Stored]:
        return [step for step in self.steps if isinstance(step, Stored)]

    @property
    def refused(self) -> list[Refused]:
        return [step for step in self.steps if isinstance(step, Refused)]

    @property
    def left_out(self) -> list[LeftOut]:
        return [step for step in self.steps if isinstance(step, LeftOut)]

    @property
    def extracted(self) -> list[Extracted]:
        return [step for step in self.steps if isinstance(step, Extracted)]

    @property
    def drawn(self) -> list[Drawn]:
        return [step for step in self.steps if isinstance(step, Drawn)]

    def categories(self) -> dict[str, str]:
        """Return the outcome of each file by its name."""
        read = {step.version_id: step.category.value for step in self.extracted}
        outcomes = {Path(step.file).name: read[step.version_id] for step in self.stored}
        return outcomes | {Path(step.file).name: step.code for step in self.refused}


def settings_for(data: Path, **changes: object) -> Settings:
    """Return settings for a small machine without LibreOffice and Tesseract."""
    settings = Settings(data=data, workers=1, pictures=WITHOUT_OFFICE, ocr=WITHOUT_OCR)
    return settings.model_copy(update=changes)


def with_settings(archive: Archive, **changes: object) -> Archive:
    """Return the same open archive with some settings changed."""
    return replace(archive, settings=archive.settings.model_copy(update=changes))


def deck(path: Path, *titles: str) -> Path:
    """Write a deck with one slide for each title."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(deck_of_titles(*titles))
    return path


def report(path: Path, *texts: str, page_count: int = 1) -> Path:
    """Write an upright PDF whose pages all hold the same lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pdf([lines(texts, 700)] * page_count))
    return path


def write(path: Path, data: bytes | str) -> Path:
    """Write any file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def ingest(archive: Archive, *paths: Path) -> Notes:
    """Ingest paths and return what was told."""
    notes = Notes()
    archive.ingest(paths, notes, "test")
    return notes


def take(archive: Archive, *paths: Path, file_max_bytes: int = 10**7) -> list[Step]:
    """Take files in; no worker reads them."""
    intake = Intake(archive.database, archive.originals, file_max_bytes, "test")
    return [step for source in find_sources(paths) for step in intake.take(source)]


def lease(archive: Archive, owner: str = "test/0", now: datetime | None = None) -> Job:
    """Lease the next job for an hour."""
    with archive.database.write() as session:
        job = jobs.lease(session, owner, tuple(JobKind), now or datetime.now(UTC), 3600, 3)
    assert job is not None
    return job


def version_of(archive: Archive, version_id: str) -> Version:
    """Return what the catalogue says of a version."""
    with archive.database.read() as session:
        return pages.version(session, version_id)[0]


def pending(archive: Archive) -> int:
    """Return how many jobs there are."""
    with archive.database.read() as session:
        return sum(jobs.pending(session).values())


def found(archive: Archive, words: str) -> list[tuple[str, int]]:
    """Return (file name, number) of every slide that says these words."""
    result = archive.search.search(Question(words), Visibility.STAFF)
    return sorted((hit.filename, hit.number) for group in result.groups for hit in group.best)


def names(paths: Iterable[str | Path]) -> list[str]:
    """Return the last parts of paths."""
    return [Path(path).name for path in paths]


def outcomes(steps: list[Step]) -> dict[str, str]:
    """Return by file name how it was taken, or why not."""
    told = {}
    for step in steps:
        assert isinstance(step, Stored | Refused | LeftOut)
        match step:
            case Stored():
                told[Path(step.file).name] = step.acceptance.value
            case Refused():
                told[Path(step.file).name] = step.code
            case LeftOut():
                told[Path(step.file).name] = "left_out"
    return told


def zip_file(path: Path, folder: Path) -> Path:
    """Zip all files below a folder."""
    with zipfile.ZipFile(path, "w") as package:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                package.write(file, file.relative_to(folder))
    return path
