"""Kills the real command at random moments, again and again, and looks whether anything was lost.

Every file says a word of its own, so "there, whole, searchable, once" is one search with one hit.
"""

import itertools
import json
import os
import random
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pptx import Presentation
from reportlab.pdfgen import canvas

from tests.forked import Forked, run_forked
from tests.waiting import let_run

# Jobs that are killed count as tried; a campaign kills the same one more often than life does.
ENVIRONMENT = {
    **os.environ,
    "ARCHIVE_ATTEMPTS_MAX": "20",
    "ARCHIVE_PICTURES__OFFICE_COMMAND": "none",
    # With ARCHIVE_CRASH_OCR=1 one page in four is read by Tesseract: slow, so it is for the long campaign.
    "ARCHIVE_OCR__COMMAND": "" if os.environ.get("ARCHIVE_CRASH_OCR") else "none",
    # Half of the work of an ingest is to draw; small pictures are written and lost the same way.
    "ARCHIVE_PICTURES__LARGE_WIDTH_PX": "320",
    "ARCHIVE_PICTURES__SMALL_WIDTH_PX": "80",
}

COMMANDS = ("ingest", "ingest", "ingest", "serve", "rebuild")
"""An ingest reads, indexes, draws and has words in pictures read; a server does what a killed one left."""
STEPS_MAX = 24
"""An ingest of the first files reports about 50 steps; most kills come before all is done."""
AFTER_STEP_MAX_S = 0.4
"""Longer than the way from one step to the next, or than a fast machine takes to start the process."""


class Process(NamedTuple):
    """A process: its number, and when it began."""

    number: int
    began: int


class Campaign:
    """One archive that is killed and started again. `seed` makes the moments repeatable."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.data = folder / "data"
        self.files = folder / "files"
        self.files.mkdir()
        self.random = random.Random(seed)
        self.seed = seed
        self.acknowledged: dict[str, str] = {}
        self.words: dict[str, str] = {}
        self.kills = 0
        self.orphans: set[Process] = set()
        self.tried: Counter[str] = Counter()
        self.finished_rounds = 0

    def add_files(self, count: int) -> None:
        """Put new files into the folder, a deck for every three PDFs."""
        for _ in range(count):
            number = len(self.words)
            word = f"ord{self.seed}x{number:04d}"
            path = self.files / f"{number:04d}{'.pptx' if number % 4 == 3 else '.pdf'}"
            (_make_deck if path.suffix == ".pptx" else make_pdf)(path, word)
            self.words[str(path)] = word

    def kill_once(self) -> None:
        """Start one of the commands that write and kill it; where it ends first there was too little to do.

        The moment is drawn as a number of steps that are reported first, and a short time after the last of
        them, so that fast and slow machines are killed at the same places: at the start, between files, late.
        """
        what = self.random.choice(COMMANDS)
        self.tried[what] += 1
        with self._start(what) as process:
            steps = self.random.randint(0, STEPS_MAX if what == "ingest" else 1)
            lines = list(itertools.islice(process.stdout, steps))
            let_run(process, self.random.uniform(0, AFTER_STEP_MAX_S))
            if process.poll() is None:
                self.orphans |= set(processes_below(process.pid))
                process.kill()
                self.kills += 1
            else:
                self.finished_rounds += 1
                self.add_files(6)
            if what == "ingest":
                self._note("".join(lines) + process.stdout.read())

    def finish(self) -> subprocess.CompletedProcess[str]:
        """Let one ingest run to its end."""
        process = self._start("ingest")
        output, errors = process.communicate(timeout=240)
        self._note(output)
        return subprocess.CompletedProcess(process.args, process.wait(), output, errors)

    def archive(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another subcommand."""
        return run_forked("--data", self.data, *arguments, env=ENVIRONMENT)

    def _start(self, what: str) -> Forked:
        arguments = {"ingest": ["--json", str(self.files)], "serve": ["--port", "0"], "rebuild": []}[what]
        return Forked("--data", self.data, what, *arguments, env=ENVIRONMENT)

    def _note(self, output: str) -> None:
        """Remember what was acknowledged; the last line may be cut off by the kill."""
        for line in output.splitlines():
            try:
                step = json.loads(line)
            except ValueError:
                continue
            if step["step"] == "stored":
                before = self.acknowledged.setdefault(step["file"], step["document"])
                assert before == step["document"], "an acknowledged file came back as another document"


def processes_below(number: int) -> Iterator[Process]:
    """Yield the processes that a process has started, and those that they have started."""
    parents = dict(_processes())
    above = {number}
    while below := {one for one, parent in parents.items() if parent in above}:
        yield from below
        above = {one.number for one in below}


def is_running(process: Process) -> bool:
    """Return whether it has not ended: its number may have been given to another one since."""
    return any(process == one for one, _ in _processes())


def _processes() -> Iterator[tuple[Process, int]]:
    """Yield every process with its parent (proc_pid_stat(5): state, parent and start, fields 3, 4 and 22)."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):
                fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
                if fields[0] != "Z":
                    yield Process(int(folder.name), int(fields[19])), int(fields[1])


def _make_deck(path: Path, word: str) -> None:
    deck = Presentation()
    for number in range(3):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"Bild {number + 1}"
        slide.placeholders[1].text = f"Vi talar om {word} här." if number == 1 else "Annat innehåll."
    deck.save(str(path))


def make_pdf(path: Path, word: str) -> None:
    """Write a PDF of four pages, one of which says a word."""
    page = canvas.Canvas(str(path))
    for number in range(4):
        if number == 3:
            page.drawString(72, 720, "4")  # a page with so few words is one for OCR
            page.showPage()
            continue
        page.drawString(72, 720, f"Sida {number + 1} i rapporten om gruvnäring")
        if number == 2:
            page.drawString(72, 700, f"Ordet är {word}.")
        page.showPage()
    page.save()
