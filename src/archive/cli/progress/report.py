"""Gathers the outcomes of the files of one ingest."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from archive.catalogue.accept import Acceptance
from archive.catalogue.operation.remedies import what_to_do
from archive.ingest.progress import (
    Corrected,
    Drawn,
    Extracted,
    LeftOut,
    Recognised,
    Refused,
    Step,
    Stored,
    Withdrawn,
)
from archive.model.extraction import Outcome


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read: the name of its outcome, and what happened and what to do."""

    file: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """How the reading of a version ended, and how many pages were read."""

    category: Outcome
    message: str
    page_count: int


class IngestReport:
    """The reporter of an ingest. Steps come from one thread at a time, as `pipeline.Waiting` ensures."""

    def __init__(self, show: Callable[[Step], None]) -> None:
        self._show = show
        self._began_at = time.monotonic()
        self._files: dict[str, list[Stored]] = {}
        self._outcomes: dict[str, FileReport] = {}
        self._refused: list[Failure] = []
        self._drawing: set[str] = set()
        self._drawn: dict[str, Drawn] = {}
        self.left_out: list[LeftOut] = []
        self.withdrawn: list[Withdrawn] = []
        self.corrected: list[Corrected] = []
        self.expected = 0

    def expect(self, file_count: int) -> None:
        """Set how many files there are."""
        self.expected = file_count

    def tell(self, step: Step) -> None:
        """Record one step and show it."""
        match step:
            case Stored():
                self._files.setdefault(step.version_id, []).append(step)
                if step.category and step.version_id not in self._outcomes:
                    self._outcomes[step.version_id] = FileReport(step.category, step.message, step.page_count)
            case Refused():
                self._refused.append(Failure(step.file, step.code, step.message))
            case LeftOut():
                self.left_out.append(step)
            case Withdrawn():
                self.withdrawn.append(step)
            case Corrected():
                self.corrected.append(step)
            case Extracted():
                self._drawing.add(step.version_id)
                self._outcomes[step.version_id] = FileReport(step.category, step.message, step.page_count)
            case Drawn():
                self._drawn[step.version_id] = step
            case Recognised():
                self._outcomes[step.version_id] = FileReport(step.category, step.message, step.page_count)
        self._show(step)

    def file(self, version_id: str) -> str:
        """Return the first file that a version came from; "" for one of an earlier run."""
        return self._files[version_id][0].file if version_id in self._files else ""

    @property
    def failures(self) -> list[Failure]:
        """Return the files that could not be read, each once, refused ones first."""
        unread = [
            Failure(stored.file, outcome.category.value, what_to_do(outcome.category, outcome.message))
            for version_id, files in self._files.items()
            for stored in files
            if (outcome := self._outcomes.get(version_id)) and not outcome.category.is_read
        ]
        told = {failure.file for failure in unread}
        return [failure for failure in self._refused if failure.file not in told] + unread

    @property
    def done_count(self) -> int:
        """Return how many files need no more reading."""
        read = [files for version_id, files in self._files.items() if version_id in self._outcomes]
        stored = {each.file for files in self._files.values() for each in files}
        refused = sum(failure.file not in stored for failure in self._refused)
        return sum(map(len, read)) + refused + len(self.left_out)

    @property
    def version_count(self) -> int:
        """Return how many versions get pictures in this run."""
        return len(self._drawing | self._drawn.keys())

    @property
    def page_count(self) -> int:
        """Return how many slides and pages were read."""
        return sum(
            outcome.page_count for version_id, outcome in self._outcomes.items() if version_id in self._files
        )

    @property
    def undrawn(self) -> list[Failure]:
        """Return the files whose pictures could not all be made."""
        return [
            Failure(self.file(step.version_id), "picture", step.message)
            for step in self._drawn.values()
            if step.message and step.version_id in self._files and self._is_read(step.version_id)
        ]

    @property
    def picture_count(self) -> int:
        """Return how many pictures were drawn."""
        return sum(step.picture_count for step in self._drawn.values())

    def counts(self) -> dict[str, int]:
        """Return the summary's numbers by name: each file of the ingest is in one of them."""
        failures = self.failures
        failed = {failure.file for failure in failures}
        taken_in = Counter(
            stored.acceptance
            for files in self._files.values()
            for stored in files
            if stored.file not in failed
        )
        return {
            **{acceptance.value: taken_in[acceptance] for acceptance in Acceptance},
            Acceptance.WITHDRAWN.value: len(self.withdrawn),
            "left_out": len(self.left_out),
            "failed": len(failures),
            "slides": self.page_count,
            "pictures": self.picture_count,
        }

    def elapsed_s(self) -> float:
        """Return how long the ingest has taken."""
        return time.monotonic() - self._began_at

    def _is_read(self, version_id: str) -> bool:
        outcome = self._outcomes.get(version_id)
        return outcome is not None and outcome.category.is_read
