"""An archive is written into one folder that can be read without it.

Until it is whole the export is made next to where it will be, and gone on with if interrupted.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib import metadata, resources
from pathlib import Path
from typing import Any, Final

from archive.app import Archive
from archive.catalogue.database.sessions import Session
from archive.catalogue.database.snapshot_file import snapshot
from archive.catalogue.export.documents import stored_files
from archive.catalogue.export.kinds import KINDS
from archive.catalogue.export.scope import ExportScope, FileKind, StoredFile
from archive.disk import own_folders
from archive.disk.file_lock import file_lock
from archive.errors import CopyRefused, NotFound, OriginalDamaged, PathError, StorageError
from archive.export.bag import Bag
from archive.export.record_files import with_texts, write_records

Told = Callable[[str, int], None]
"""Called with what is written (a kind of record, or of file) and how many there are now."""

_LIST: Final = "files.jsonl"
_EVERY_FILES: Final = 100
_FORMAT: Final = "1"
_TAGS: Final = ("format.md", "read_archive.py")

UNFINISHED: Final = ".unfinished"
_WORK: Final = "work"
_MARK: Final = "export.json"


@dataclass(frozen=True, slots=True)
class Workplace:
    """The unfinished folder, one in it for what is not to stay, and what earlier attempts have left."""

    folder: Path
    temporary: Path
    earlier: Sequence[Path]


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export has: `records` by kind, how many files were copied, and by path why it lacks one."""

    records: Mapping[str, int]
    files: int
    missing: Mapping[str, str]


def export_archive(archive: Archive, target: Path, with_withdrawn: bool, told: Told) -> Exported:
    """Write everything into a new folder, which appears when it is whole.

    Until then it is next to it, with ".unfinished" behind its name; the same call goes on with that. A file
    that is missing or damaged is left out and named, in the export, too.

    Args:
        archive: is only read; others may go on working in it.
        target: the folder, which must not be there yet.
        with_withdrawn: whether the files and words of withdrawn documents go out, too.
        told: is called while it goes on.

    Raises:
        CopyRefused: something is there already.
        PathError: the folder cannot be made there.
        Busy: the same export is running.
        StorageError: the disk refuses; what there is stays, and the same call goes on.
    """
    refuse_place(target, archive.settings.data)
    with begun(target, archive.database.epoch) as work:
        exported = _filled(archive, work, ExportScope(with_withdrawn), told)
        finish(work, target)
    return exported


def _filled(archive: Archive, work: Workplace, scope: ExportScope, told: Told) -> Exported:
    with Bag.begun(work.folder, work.earlier) as bag:
        with snapshot(archive.database, work.temporary) as session:
            _list_files(session, scope, work.temporary / _LIST)
            counts = dict(_write_all_records(bag, session, scope, told))
        files, missing = _copy_files(bag, work.temporary / _LIST, archive, told)
        with bag.text("data/records/missing_files.jsonl") as lines:
            for path, reason in missing.items():
                lines.write(json.dumps({"path": path, "reason": reason}, ensure_ascii=False) + "\n")
        with bag.text("data/records/counts.json") as lines:
            totals = counts | {"files": files, "missing_files": len(missing)}
            lines.write(json.dumps(totals, indent=2) + "\n")
        bag.finish(_info(archive, scope), _tags())
    return Exported(counts, files, missing)


def _write_all_records(
    bag: Bag, session: Session, scope: ExportScope, told: Told
) -> Iterator[tuple[str, int]]:
    for kind in KINDS:
        records: Iterable[Mapping[str, Any]] = kind.records(session, scope)
        if kind.name == "pages":
            records = with_texts(bag, records)
        count = write_records(bag, kind, records)
        told(kind.name, count)
        yield kind.name, count


def _list_files(session: Session, scope: ExportScope, path: Path) -> None:
    """Write down which files there are: the catalogue is not read for as long as copying takes."""
    with path.open("w", encoding="utf-8") as listed:
        for file in stored_files(session, scope):
            listed.write(json.dumps([file.kind.value, file.sha256, file.suffix]) + "\n")


def _copy_files(bag: Bag, listed: Path, archive: Archive, told: Told) -> tuple[int, dict[str, str]]:
    """Copy the files of a list; return how many, and why which could not be."""
    count, missing = 0, {}
    with listed.open(encoding="utf-8") as lines:
        for line in lines:
            kind, sha256, suffix = json.loads(line)
            file = StoredFile(FileKind(kind), sha256, suffix)
            store = archive.originals if file.kind is FileKind.ORIGINAL else archive.pictures
            try:
                if not bag.copy(partial(store.path, sha256), file.path, sha256):
                    raise OriginalDamaged.of(sha256)
            except (NotFound, OriginalDamaged) as error:
                missing[file.path] = error.message
                continue
            count += 1
            if count % _EVERY_FILES == 0:
                told("files", count)
    told("files", count)
    return count, missing


def _info(archive: Archive, scope: ExportScope) -> dict[str, str]:
    return {
        "Bagging-Date": datetime.now(UTC).date().isoformat(),
        "Bag-Software-Agent": f"archive {metadata.version('archive')}",
        "External-Identifier": archive.database.epoch,
        "External-Description": "All originals, records, words and pictures of an archive; see format.md.",
        "Archive-Format": _FORMAT,
        "Archive-Withdrawn": "whole" if scope.with_withdrawn else "tombstones",
    }


def _tags() -> dict[str, bytes]:
    own = resources.files("archive.export")
    return {name: (own / name).read_bytes() for name in _TAGS}


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
