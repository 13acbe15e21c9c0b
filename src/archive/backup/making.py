"""Making a backup while people use the archive.

First the catalogue, in one state, and the answers of the index to a sample of questions in that same state
(`proving.py`; writers wait for it, some seconds at most; readers do not). Then each object that this state
names and the place lacks. An object that was removed meanwhile, since what it was of was erased, makes the
catalogue be taken anew: a backup never names what it does not have, unless the archive itself has lost it.
"""

import hashlib
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from archive.app import Archive
from archive.backup.adding import DAMAGED, CopiedObjects, Told, copy_objects, held_uploads
from archive.backup.erasure_list import put_list
from archive.backup.kept_settings import kept_settings
from archive.backup.manifest import FilePart, Manifest, ObjectsPart, as_list
from archive.backup.place import (
    CATALOGUE,
    MANIFEST,
    MANIFEST_SUM,
    MARK,
    BackupPlace,
    next_name,
    snapshots,
)
from archive.backup.proving import ProofQuestions, ask_alone, ask_beside, settled
from archive.backup.reading import check_mark, mark
from archive.catalogue import statistics
from archive.catalogue.database.database import Database
from archive.catalogue.database.snapshot_file import look_at, write_snapshot
from archive.catalogue.operation import backups
from archive.disk import own_folders
from archive.errors import BackupRefused

_TAKES_MAX: Final = 4


@dataclass(frozen=True, slots=True)
class FinishedBackup:
    """A finished backup: `added` objects were new there, or `replaced` damaged ones.

    The archive itself has lost those `lacking`.
    """

    name: str
    documents: int
    originals: int
    pictures: int
    added: int
    added_bytes: int
    replaced: frozenset[str]
    questions: int
    lacking: tuple[str, ...]


def back_up(
    archive: Archive, place: BackupPlace, told: Told, pictures: bool = True, anew: bool = False
) -> FinishedBackup:
    """Make a backup of an archive that is in use.

    Args:
        archive: is only read, but for a note of when this was done.
        place: where backups of it are, or are to be.
        told: is called while it goes on.
        pictures: whether pictures are kept, too; without them they are drawn again after a restore.
        anew: begin in an empty place, also where backups were the last time.

    Raises:
        BackupRefused: the place has something else, or is empty though it had backups the last time.
        Busy: another backup to this place is going on.
        StorageError: the place is full or away; earlier backups are as they were.
        ArchiveError: as opening and reading the archive.
    """
    is_new = place.is_new()
    with archive.database.write() as session:
        identity = backups.identity(session)
        before, damaged = backups.last(session, "backup_made"), backups.damaged(session, place.name)
    if is_new and before and before.place == place.name and not anew:
        raise BackupRefused(
            f"The backups that were in {place.name} are gone. Is the disk connected? "
            "To begin again there, say --anew."
        )
    with place.locked(), own_folders.working(archive.temporary, "backup-") as work:
        if is_new:
            place.put(MARK, _written(work / "mark", mark(identity)))
        else:
            check_mark(place, identity)
        place.clear_unfinished()
        made = _Run(archive, place, told, pictures, work, identity, damaged).take()
        put_list(archive.database, place, work)
    with archive.database.write() as session:
        backups.note_damaged(session, place.name, damaged - made.replaced)
        backups.note(session, "backup_made", backups.Noted(datetime.now(UTC), place.name, made.name))
    return made


class _Run:
    """One backup that is being made."""

    def __init__(
        self,
        archive: Archive,
        place: BackupPlace,
        told: Told,
        pictures: bool,
        work: Path,
        identity: str,
        damaged: frozenset[str],
    ) -> None:
        self._archive = archive
        self._place = place
        self._told = told
        self._pictures = pictures
        self._work = work
        self._identity = identity
        self._damaged = damaged
        self._made_at = datetime.now(UTC)
        self._name = next_name(self._made_at, snapshots(place))
        self._uploads: dict[str, Path] = {}

    def take(self) -> FinishedBackup:
        """Take the catalogue and its objects until nothing was removed in between, then finish.

        First questions are asked while others write. Where somebody does, all is taken once more, and
        writers wait for some of the questions.
        """
        there, total = self._place.object_sizes() | dict.fromkeys(self._damaged, DAMAGED), CopiedObjects()
        path = self._work / "first.db"
        last_change = write_snapshot(self._archive.database, path, self._look)
        asked = ask_beside(self._archive, last_change)
        for attempt in range(_TAKES_MAX):
            if asked is None or attempt:
                path = self._work / f"{attempt}.db"
                asked = write_snapshot(self._archive.database, path, self._look_and_ask)
            self._told("catalogue", 1)
            copied = self._copy_objects(path, there)
            total.count += copied.count
            total.size_bytes += copied.size_bytes
            total.replaced |= copied.replaced
            if attempt == _TAKES_MAX - 1 or not self._removed_meanwhile(copied.gone):
                return self._finished(path, asked, copied, total)
        raise AssertionError("the last attempt returns")

    def _finished(
        self, path: Path, asked: ProofQuestions, copied: CopiedObjects, total: CopiedObjects
    ) -> FinishedBackup:
        manifest = self._manifest(path, asked, copied)
        self._put_snapshot(path, manifest)
        return FinishedBackup(
            name=self._name,
            documents=manifest.tables.get("document", 0),
            originals=manifest.objects["originals"].count,
            pictures=manifest.objects["pictures"].count,
            added=total.count,
            added_bytes=total.size_bytes,
            replaced=frozenset(total.replaced),
            questions=len(manifest.questions),
            lacking=tuple(copied.gone),
        )

    def _look(self) -> int:
        """Look, while nobody writes, at what is beside the catalogue: uploads on their way, and the index."""
        self._uploads = held_uploads(self._archive, self._work)
        return settled(self._archive)

    def _look_and_ask(self) -> ProofQuestions:
        self._uploads = held_uploads(self._archive, self._work)
        return ask_alone(self._archive)

    def _copy_objects(self, path: Path, there: dict[str, int]) -> CopiedObjects:
        with closing(Database.open(f"sqlite:///{path}")) as snapshot, snapshot.read() as session:
            originals = list(statistics.original_digests(session))
            pictures = sorted(statistics.picture_digests(session)) if self._pictures else []
        copied, archive = CopiedObjects(), self._archive
        copy_objects("originals", archive.originals, originals, self._place, there, copied, self._told)
        copy_objects("pictures", archive.pictures, pictures, self._place, there, copied, self._told)
        for kind, kept in copied.kept.items():
            (self._work / f"{kind}.sha256").write_bytes(as_list(kept))
        return copied

    def _removed_meanwhile(self, gone: Iterable[str]) -> set[str]:
        """Return those that the catalogue does not name any more."""
        with self._archive.database.read() as session:
            named = {*statistics.original_digests(session), *statistics.picture_digests(session)}
        return set(gone) - named

    def _manifest(self, path: Path, asked: ProofQuestions, copied: CopiedObjects) -> Manifest:
        state = look_at(path)
        kept, left_out = kept_settings(self._archive.settings)
        return Manifest(
            archive=self._identity,
            made_at=self._made_at,
            program=version("archive"),
            revision=state.revision,
            catalogue=FilePart.of(path),
            objects={
                "originals": self._part_of("originals", copied),
                "pictures": self._part_of("pictures", copied),
            },
            uploads=self._put_uploads(),
            lacking=sorted(set(copied.gone)),
            without_pictures=not self._pictures,
            tables=dict(state.rows),
            settings=kept,
            settings_left_out=left_out,
            questions=list(asked.questions),
            unasked=asked.unasked,
        )

    def _part_of(self, kind: str, copied: CopiedObjects) -> ObjectsPart:
        size_bytes, written = copied.kept_bytes[kind], self._work / f"{kind}.sha256"
        return ObjectsPart(count=len(copied.kept[kind]), size_bytes=size_bytes, list=FilePart.of(written))

    def _put_uploads(self) -> dict[str, FilePart]:
        put = {}
        for upload_id, file in self._uploads.items():
            self._place.put_in_snapshot(self._name, f"uploads/{upload_id}", file)
            put[upload_id] = FilePart.of(file)
        self._told("uploads", len(put))
        return put

    def _put_snapshot(self, path: Path, manifest: Manifest) -> None:
        data = manifest.as_bytes()
        total = f"{hashlib.sha256(data).hexdigest()}  {MANIFEST}\n".encode()
        files = {
            CATALOGUE: path,
            "originals.sha256": self._work / "originals.sha256",
            "pictures.sha256": self._work / "pictures.sha256",
            MANIFEST: _written(self._work / MANIFEST, data),
            MANIFEST_SUM: _written(self._work / MANIFEST_SUM, total),
        }
        for name, file in files.items():
            self._place.put_in_snapshot(self._name, name, file)
        self._place.finish(self._name)


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
