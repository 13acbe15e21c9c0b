"""How an ingest is shown: a progress bar for people, JSON lines for scripts, or failures only."""

import os
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from archive.cli.echo import echo, echo_json
from archive.cli.language import plural, text, translated
from archive.cli.output import moved_in, print_rich, print_table
from archive.cli.progress.report import Failure, IngestReport
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


class Quiet(AbstractContextManager["Quiet"]):
    """Shows failures and missing pictures at the end, on stderr, and no more. Base of the other views."""

    def __init__(self) -> None:
        self.report = IngestReport(self.show)

    def show(self, step: Step) -> None:
        """Show a step; this view shows none."""

    def show_summary(self) -> None:
        """Print failures and what has no pictures, one a line."""
        for failure in (*self.report.failures, *self.report.undrawn):
            echo(f"{failure.file}: {failure.code}: {translated(failure.message)}", err=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Do nothing: this view holds no resource."""


class JsonLines(Quiet):
    """Prints each step at once as a JSON object on a line of its own, the summary last."""

    def show(self, step: Step) -> None:
        """Print a step, so that a reader knows at once what is safe."""
        echo_json(self._line(step))

    def show_summary(self) -> None:
        """Print the summary as the last line."""
        failures, undrawn = _listed(self.report.failures), _listed(self.report.undrawn)
        line = {"step": "summary", **self.report.counts(), "failures": failures, "undrawn": undrawn}
        echo_json(line)

    def _line(self, step: Step) -> dict[str, object]:
        match step:
            case Stored():
                outcome = step.acceptance.value
                return {
                    "step": "stored",
                    "file": step.file,
                    "document": step.document_id,
                    "outcome": outcome,
                }
            case Refused():
                return {"step": "refused", "file": step.file, "category": step.code, "message": step.message}
            case LeftOut():
                return {"step": "left_out", "file": step.file, "message": step.reason}
            case Withdrawn():
                return {"step": "withdrawn", "file": step.file, "document": step.document_id}
            case Corrected():
                return {"step": "corrected", "file": step.file, "message": step.message}
            case Extracted():
                file = self.report.file(step.version_id)
                category = step.category.value
                return {"step": "extracted", "file": file, "category": category, "pages": step.page_count}
            case Drawn():
                file = self.report.file(step.version_id)
                count = step.picture_count
                return {"step": "drawn", "file": file, "pictures": count, "message": step.message}
            case Recognised():
                file = self.report.file(step.version_id)
                return {"step": "recognised", "file": file, "category": step.category.value}


class ProgressBar(Quiet):
    """A bar with files, slides, failures and time left, then tables."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Take the paths that were given: files are shown relative to them."""
        super().__init__()
        self._base = _base(paths)
        errors = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[note]}"),
            TimeRemainingColumn(),
            console=errors,
            disable=not errors.is_terminal,
        )
        self._reading = self._bar.add_task(text("Reading"), total=None, note="")
        self._drawing = self._bar.add_task(text("Drawing"), total=None, note="", visible=False)
        self._drawn_count = 0

    def __enter__(self) -> Self:
        """Begin to show the bar."""
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the bar and leave it on the screen."""
        self._bar.stop()

    def show(self, step: Step) -> None:
        """Update the bars."""
        report = self.report
        slides = plural("%(count)s slide", "%(count)s slides", report.page_count)
        note = text("%(slides)s, %(failed)s failed", slides=slides, failed=len(report.failures))
        self._bar.update(self._reading, total=report.expected, completed=report.done_count, note=note)
        if isinstance(step, Drawn):
            self._drawn_count += 1
        if isinstance(step, Drawn | Extracted):
            self._bar.update(
                self._drawing,
                visible=True,
                total=max(self._drawn_count, report.version_count),
                completed=self._drawn_count,
                note=plural("%(count)s picture", "%(count)s pictures", report.picture_count),
            )

    def show_summary(self) -> None:
        """Print the outcomes of the files."""
        report = self.report
        rows = [(_name(name), str(count)) for name, count in report.counts().items() if count]
        print_table(
            [text("Outcome"), text("Number")], [*rows, (text("seconds"), f"{report.elapsed_s():.1f}")]
        )
        self._print_files(
            text("Could not be read"),
            ((failure.file, f"{failure.code}: {translated(failure.message)}") for failure in report.failures),
        )
        self._print_files(
            text("Searchable, but not with all pictures"),
            ((failure.file, translated(failure.message)) for failure in report.undrawn),
        )
        unnamed = [(one.file, "") for one in report.left_out if not one.reason]
        self._print_files(text("Left out, because seminar.toml does not name them"), unnamed)
        restores = [(one.file, f"archive restore {one.document_id}") for one in report.withdrawn]
        self._print_files(text("Withdrawn, because seminar.toml no longer names them"), restores)
        self._print_files(text("Corrected"), [(one.file, one.message) for one in report.corrected])
        reasons = [(one.file, translated(one.reason)) for one in report.left_out if one.reason]
        self._print_files(text("Left out"), reasons)

    def _print_files(self, heading: str, files: Iterable[tuple[str, str]]) -> None:
        """Print files, each with its message below its whole name."""
        lines = [(self._short(file), message) for file, message in files]
        if lines:
            print_rich(Text(heading, "bold"))
        for file, message in lines:
            print_rich(moved_in(Text(file), 2), *([moved_in(Text(message), 6)] if message else []))

    def _short(self, file: str) -> str:
        """Return the file relative to the given folder, or unchanged where it is elsewhere."""
        path = Path(file)
        return str(path.relative_to(self._base)) if path.is_relative_to(self._base) else file


def _listed(failures: Iterable[Failure]) -> list[dict[str, str]]:
    return [
        {"file": failure.file, "category": failure.code, "message": failure.message} for failure in failures
    ]


def _name(key: str) -> str:
    """Return what a number of the summary is called, which is what JSON calls it in English."""
    names = {
        "new": text("new"),
        "new version": text("new version"),
        "unchanged": text("unchanged"),
        "duplicate": text("duplicate"),
        "restored": text("brought back"),
        "withdrawn": text("withdrawn"),
        "left out": text("left out"),
        "failed": text("failed"),
        "slides": text("slides"),
        "pictures": text("pictures"),
    }
    words = key.replace("_", " ")
    return names.get(words, words)


def _base(paths: Sequence[Path]) -> Path:
    """Return the folder that contains all given paths."""
    if not paths:
        return Path()
    folders = [path.resolve() if path.is_dir() else path.resolve().parent for path in paths]
    return Path(os.path.commonpath(folders))
