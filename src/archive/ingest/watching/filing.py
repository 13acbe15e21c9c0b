"""Moving what was taken in out of the way, with the reason beside what was not. Nothing is ever replaced."""

import os
from pathlib import Path

from archive.ingest.watching.looks import DONE, FAILED
from archive.messages import in_swedish


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
