"""An archive is written into one folder that can be read without it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
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
from archive.catalogue.export.scope import FileKind, Scope, StoredFile
from archive.errors import NotFound, OriginalDamaged
from archive.export.bag import Bag
from archive.export.place import Workplace, begun, finish, refuse_place
from archive.export.record_files import with_texts, write_records

Told = Callable[[str, int], None]
"""Called with what is written (a kind of record, or of file) and how many there are now."""

_LIST: Final = "files.jsonl"
_EVERY_FILES: Final = 100
_FORMAT: Final = "1"
_TAGS: Final = ("format.md", "read_archive.py")


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
        exported = _filled(archive, work, Scope(with_withdrawn), told)
        finish(work, target)
    return exported


def _filled(archive: Archive, work: Workplace, scope: Scope, told: Told) -> Exported:
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


def _write_all_records(bag: Bag, session: Session, scope: Scope, told: Told) -> Iterator[tuple[str, int]]:
    for kind in KINDS:
        records: Iterable[Mapping[str, Any]] = kind.records(session, scope)
        if kind.name == "pages":
            records = with_texts(bag, records)
        count = write_records(bag, kind, records)
        told(kind.name, count)
        yield kind.name, count


def _list_files(session: Session, scope: Scope, path: Path) -> None:
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


def _info(archive: Archive, scope: Scope) -> dict[str, str]:
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
