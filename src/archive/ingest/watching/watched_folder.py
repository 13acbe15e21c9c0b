"""One watched folder: looks at it, takes in what has not changed, and files it away once it was read.

What was taken in is moved out of the way, with the reason beside what was not. Nothing is ever replaced.
"""

import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from archive.catalogue.database.database import Database
from archive.catalogue.journal.recording import recording
from archive.catalogue.uploads import watched_files
from archive.catalogue.uploads.watched_files import READ, WatchedFile, WatchedState
from archive.errors import ArchiveError
from archive.ingest.intake.accept import Intake
from archive.ingest.intake.given import Given
from archive.ingest.intake.sources import path_text
from archive.ingest.watching.looks import DONE, FAILED, Stamp, WatchedItem, look, steady
from archive.ingest.watching.watched_intake import ACTOR, WatchedIntake
from archive.messages import in_swedish
from archive.model.edits import Author, Reason
from archive.settings.watch import WatchedFolderSettings

logger = logging.getLogger(__name__)


class WatchedFolder:
    """A folder that is looked at again and again. `is_waiting` tells whether something may be taken soon."""

    def __init__(
        self,
        settings: WatchedFolderSettings,
        database: Database,
        make_intake: Callable[[Given], Intake],
        taken: Callable[[], None],
    ) -> None:
        """Take the folder's settings.

        Args:
            settings: which folder, and what is done with it.
            database: where files are recorded.
            make_intake: takes files in, with what holds for all of them.
            taken: is called when something was taken in.
        """
        self._settings = settings
        self._folder = settings.path
        self._name = path_text(settings.path)
        self._database = database
        self._intake = WatchedIntake(settings, database, make_intake)
        self._taken = taken
        self._before: dict[Path, WatchedItem] = {}
        self._problems: set[str] = set()
        self.is_waiting = False

    def look(self) -> None:
        """Look once: take in what is steady, file away what was read, see what is gone.

        What fails is logged and tried again at the next look.
        """
        problems: set[str] = set()
        try:
            now = look(self._folder)
        except (OSError, ArchiveError):
            now = {}
            problems.add("the folder cannot be reached.")
        else:
            try:
                problems |= self._step(now)
            except ArchiveError as error:
                problems.add(error.message)
        self._before = now
        for problem in sorted(problems - self._problems):  # each once, until it is over
            logger.warning("Watching %s: %s It is tried again.", self._name, problem)
        self._problems = problems

    def _step(self, now: Mapping[Path, WatchedItem]) -> set[str]:
        """Do what is to be done after a look; return what was in the way of some files."""
        with self._database.read() as session:
            known = watched_files.of_folder(session, self._name)
        problems: set[str] = set()
        for item in steady(self._before, now, time.time()):
            kept = known.get(path_text(item.path))
            if kept is not None and _stamp(kept) == item.stamp:
                continue
            try:
                known[path_text(item.path)] = self._intake.take(item)
                self._taken()
            except OSError:
                problems.add(f"{path_text(item.path)} cannot be read.")
        by_path = {path_text(path): item for path, item in now.items()}
        for file in list(known.values()):
            ended = self._ended(file) if file.state is WatchedState.TAKEN else file
            if self._settings.after == "move" and ended.state is not WatchedState.TAKEN:
                try:
                    self._file_away(ended, by_path.get(file.path))
                except OSError:
                    problems.add(f"{file.path} cannot be moved.")
        if self._settings.after == "follow":
            self._see_what_is_gone(known, by_path)
        self.is_waiting = any(
            path_text(path) not in known or _stamp(known[path_text(path)]) != item.stamp
            for path, item in now.items()
        )
        return problems

    def _ended(self, file: WatchedFile) -> WatchedFile:
        """Return the file with how its reading ended, once all of it was read."""
        with self._database.read() as session:
            endings = watched_files.endings(session, file.version_ids)
        if any(outcome is None for _, outcome, _ in endings):
            return file
        failed = [
            f"{name}: {message or outcome}" for name, outcome, message in endings if outcome not in READ
        ]
        message = "\n".join([*filter(None, [file.message]), *failed])
        state = WatchedState.FAILED if message else WatchedState.READ
        ended = replace(file, state=state, message=message)
        with self._database.write() as session:
            watched_files.save(session, ended)
        return ended

    def _file_away(self, file: WatchedFile, item: WatchedItem | None) -> None:
        """Move a file that was read or has failed, and forget it; what has changed since is taken anew."""
        if item is not None and item.stamp == _stamp(file):
            file_away(self._folder, item.path, file.message if file.state is WatchedState.FAILED else "")
        with self._database.write() as session:
            watched_files.forget(session, file.path)

    def _see_what_is_gone(self, known: Mapping[str, WatchedFile], by_path: Mapping[str, WatchedItem]) -> None:
        """Withdraw documents whose file is gone, where the settings say so; not where all files are gone.

        An empty folder is more often a disk that is not there than a folder that somebody has emptied.
        """
        before = {path_text(path) for path in self._before}
        gone = [file for path, file in known.items() if path not in by_path and path not in before]
        if not (gone and self._settings.withdraw_removed and by_path):
            return
        with self._database.write() as session, recording(session, Author(ACTOR, Reason.INGEST)):
            for file in gone:
                if watched_files.withdraw(session, file.document_ids, ACTOR):
                    logger.info("%s is gone: its documents are withdrawn.", file.path)
                watched_files.forget(session, file.path)
        self._taken()


def _stamp(file: WatchedFile) -> Stamp:
    return Stamp(file.size_bytes, file.mtime_ns)


def file_away(folder: Path, path: Path, reason: str) -> Path:
    """Move a file, or a seminar's folder, to where it belongs; return its new path.

    Args:
        folder: the watched folder.
        path: what to move, below it.
        reason: why it was not taken in, "" where it was; written beside it first.

    Raises:
        OSError: it cannot be moved.
    """
    target = folder / (FAILED if reason else DONE) / path.relative_to(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    target = _free(target)
    if reason:
        _write(target.with_name(f"{target.name}.txt"), reason)
    path.rename(target)
    return target


def _free(path: Path) -> Path:
    """Return a path that is not taken: the same, else with a number before the ending."""
    number, found = 1, path
    while os.path.lexists(found) or os.path.lexists(found.with_name(f"{found.name}.txt")):
        number += 1
        found = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return found


def _write(path: Path, reason: str) -> None:
    """Write why something was not taken in, in Swedish and in English."""
    swedish = "\n".join(map(in_swedish, reason.splitlines()))
    text = swedish if swedish == reason else f"{swedish}\n\n{reason}"
    path.write_text(f"{text}\n", encoding="utf-8")
