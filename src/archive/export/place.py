"""Where an export is made until it is whole: next to where it will be, and gone on with if interrupted."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from archive import own_folders
from archive.errors import CopyRefused, PathError, StorageError
from archive.file_lock import file_lock

UNFINISHED: Final = ".unfinished"
_WORK: Final = "work"
_MARK: Final = "export.json"


@dataclass(frozen=True, slots=True)
class Workplace:
    """The unfinished folder, one in it for what is not to stay, and what earlier attempts have left."""

    folder: Path
    temporary: Path
    earlier: Sequence[Path]


def refuse_place(target: Path, data: Path) -> None:
    """Raise CopyRefused where something is at `target`, PathError where no folder can be made there."""
    if target.exists() or target.is_symlink():
        raise CopyRefused(f"There is something in {target} already. Name a folder that is not there yet.")
    if not target.parent.is_dir():
        raise PathError(f"There is no folder {target.parent}. Make it first, or name another place.")
    if target.resolve().is_relative_to(data.resolve()):
        raise PathError("The export would be in the archive's own folder. Name a place outside of it.")


@contextmanager
def begun(target: Path, epoch: str) -> Iterator[Workplace]:
    """Make the unfinished folder, or take over the one that the same archive left; what is in it stays.

    Raises:
        CopyRefused: it is not an unfinished export of the archive with this epoch.
        Busy: the same export is running.
        StorageError: the disk refuses, now or while the context lasts.
    """
    folder = target.with_name(f"{target.name}{UNFINISHED}")
    temporary = folder / _WORK
    with _disk_told(target):
        _require_ours(folder, epoch)
        folder.mkdir(mode=0o700, exist_ok=True)
        if not own_folders.take(temporary, "export"):
            raise _something_else(folder)
        with file_lock(temporary / "lock", 0, "The same export is running already; wait until it ends."):
            (temporary / _MARK).write_text(json.dumps({"epoch": epoch}), "utf-8")
            yield Workplace(folder, temporary, _put_aside(folder, temporary / "earlier"))


def finish(work: Workplace, target: Path) -> None:
    """Give the export its name. Raises CopyRefused where something has come there meanwhile."""
    if target.exists() or target.is_symlink():
        raise CopyRefused(f"There is something in {target} by now. The export stays in {work.folder}.")
    with _disk_told(target):
        if not own_folders.remove(work.temporary, "export"):
            raise OSError(f"{work.temporary} stays")
        work.folder.rename(target)


def _require_ours(folder: Path, epoch: str) -> None:
    """Raise CopyRefused where a folder has anything but an unfinished export of this archive."""
    try:
        mark = json.loads((folder / _WORK / _MARK).read_text("utf-8"))
    except FileNotFoundError:
        # Ended before it was marked: nothing but the lock can be there.
        left = {str(path.relative_to(folder)) for path in folder.rglob("*")} if folder.is_dir() else set()
        own = {_WORK, f"{_WORK}/lock", f"{_WORK}/{own_folders.marker('export')}"}
        is_ours = left <= own and (folder.is_dir() or not folder.exists())
    except (NotADirectoryError, ValueError):
        is_ours = False
    else:
        is_ours = isinstance(mark, dict) and mark.get("epoch") == epoch
    if not is_ours:
        raise _something_else(folder)


def _something_else(folder: Path) -> CopyRefused:
    return CopyRefused(f"In {folder} there is something else. Move it away, or name another place.")


def _put_aside(folder: Path, earlier: Path) -> Sequence[Path]:
    """Put what an interrupted export has written out of the payload; only what is still right comes back."""
    earlier.mkdir(exist_ok=True)
    if (folder / "data").exists():
        aside = earlier / str(len(list(earlier.iterdir())))
        aside.mkdir()
        (folder / "data").rename(aside / "data")
    return sorted(earlier.iterdir())


@contextmanager
def _disk_told(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"The export to {target} cannot be written. Free some space there or mend its rights, "
            "then give the same command again: it goes on where it stopped."
        ) from error
