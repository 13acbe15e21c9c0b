"""Restoring a backup into a new folder, and proving that it is the archive that was backed up.

All is made beside the folder, in one that is recognisably unfinished and that the next restore to the same
place takes away; the folder itself appears when everything is there. Nothing is ever written into a folder
that has something in it.
"""

import hashlib
import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from archive.app import Archive, open_archive
from archive.backup.erasure_list import Listed, read_list
from archive.backup.folder_place import free_bytes
from archive.backup.kept_settings import settings_file
from archive.backup.manifest import Manifest
from archive.backup.place import CATALOGUE, BackupPlace, object_key
from archive.backup.proving import Proof, prove
from archive.backup.reading import check_mark, choose, fetch, fetch_catalogue, manifest_of, named_objects
from archive.catalogue.database.database import Database
from archive.catalogue.database.snapshot_file import look_at, renew_epoch
from archive.catalogue.operation import backups
from archive.catalogue.operation.backups import draw_all_again
from archive.disk import own_folders
from archive.disk.durable_files import storage_failures, sync_to_disk
from archive.errors import BackupDamaged, BackupRefused, NotFound
from archive.settings.settings import load_settings_of_file

Told = Callable[[str, int], None]

_EVERY_OBJECTS: Final = 100
_NAMED_MAX: Final = 5
_SPARE_BYTES: Final = 64 * 1024 * 1024
# Index and journals beside the catalogue; an index is a fourth of it in the sample archives.
_CATALOGUES: Final = 2.0


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was restored: its name, what it has, and what the proof showed.

    `lost` objects the backup itself has not, or damaged; `lacking` the archive had lost before. `erased` are
    erasures since the backup was made, done again after the proof.
    """

    name: str
    manifest: Manifest
    originals: int
    pictures: int
    lost: tuple[str, ...]
    proof: Proof
    erased: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Return whether all is there and answers as it did."""
        return not (self.lost or self.manifest.lacking) and self.proof.is_passed


def restore(
    place: BackupPlace,
    into: Path,
    told: Told,
    at: str = "",
    incomplete: bool = False,
    erase_again: Callable[[Archive, Listed, Told], tuple[str, ...]] | None = None,
    erasures: Listed | None = None,
) -> Restored:
    """Restore a backup into a folder that is not there yet, or empty.

    Args:
        place: where backups are; it is only read.
        into: the new archive's folder.
        told: is called while it goes on.
        at: which backup, as `reading.choose`; "" the newest.
        incomplete: restore what can be where objects are damaged or gone.
        erase_again: does what was erased since; None for a trial, whose folder goes away again.
        erasures: the list of those; None: that which is beside the backups.

    Raises:
        BackupRefused: the folder has something in it, there is no room, or the backup is another's or newer.
        BackupDamaged: it is not whole; nothing was restored.
        StorageError, Busy: the disk refuses, or a backup with --keep is going on.
    """
    into = into.absolute()
    _refuse_used(into)
    check_mark(place)
    with place.locked(shared=True):
        name = choose(place, at)
        manifest = manifest_of(place, name)
        listed = erasures or ()
        if erasures is None and erase_again:
            listed = read_list(place, manifest)
        _refuse_without_room(into, manifest)
        unfinished = into.with_name(f".{into.name}.restoring")
        with storage_failures():
            _make_unfinished(unfinished)
        try:
            lost = _copy(place, name, manifest, unfinished, told, incomplete)
            proof = _prove(unfinished, manifest, told)
            erased = _erased(unfinished, listed, erase_again, told) if erase_again else ()
            _appear(unfinished, into)
        except BaseException:
            own_folders.remove(unfinished, "backup")
            raise
    counts = {kind: part.count for kind, part in manifest.objects.items()}
    return Restored(name, manifest, counts["originals"], counts["pictures"], lost, proof, erased)


def _refuse_used(into: Path) -> None:
    try:
        is_used = into.is_symlink() or (into.exists() and (not into.is_dir() or any(into.iterdir())))
    except OSError:
        is_used = True
    if is_used:
        raise BackupRefused(
            f"In {into} there is something already, and a restore writes over nothing. Name a new folder."
        )
    if os.path.ismount(into):
        raise BackupRefused(f"{into} is a disk of its own. Name a new folder on it, such as {into}/archive.")


def _refuse_without_room(into: Path, manifest: Manifest) -> None:
    needed = sum(part.size_bytes for part in manifest.objects.values())
    needed += sum(part.size_bytes for part in manifest.uploads.values())
    needed += round(manifest.catalogue.size_bytes * _CATALOGUES) + _SPARE_BYTES
    free = free_bytes(into.parent)
    if free < needed:
        raise BackupRefused(
            f"The backup takes {needed / 1e6:,.0f} MB, and only {free / 1e6:,.0f} MB are free "
            f"in {into.parent}. Free some, or name a folder on another disk."
        )


def _make_unfinished(unfinished: Path) -> None:
    unfinished.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if unfinished.exists() and not own_folders.remove(unfinished, "backup"):
        raise BackupRefused(f"In {unfinished} there is something of somebody else's. Move it elsewhere.")
    own_folders.make(unfinished, "backup")


def _copy(
    place: BackupPlace, name: str, manifest: Manifest, folder: Path, told: Told, incomplete: bool
) -> tuple[str, ...]:
    """Copy everything into the folder, hashed; return the objects that the backup has lost."""
    fetch_catalogue(place, name, manifest, folder / CATALOGUE)
    _check_catalogue(folder / CATALOGUE, manifest, name)
    told("catalogue", 1)
    lost: list[str] = []
    for kind, digests in named_objects(place, name, manifest).items():
        for count, digest in enumerate(digests, 1):
            if not _copy_object(place, digest, folder / kind):
                lost.append(digest)
            if count % _EVERY_OBJECTS == 0:
                told(kind, count)
        told(kind, len(digests))
    if lost and not incomplete:
        raise BackupDamaged(
            f"{len(lost)} objects of backup {name} are damaged or gone ({_some(lost)}). "
            "Nothing was restored. Use another backup, or restore what can be with --incomplete.",
            lost,
        )
    for upload_id, part in manifest.uploads.items():
        (folder / "uploads").mkdir(mode=0o700, exist_ok=True)
        own_folders.mark(folder / "uploads", "uploads")
        fetch(place, name, f"uploads/{upload_id}", part, folder / "uploads" / upload_id)
        (folder / "uploads" / upload_id).chmod(0o600)
    text = settings_file(manifest.settings, manifest.settings_left_out)
    (folder / "archive.toml").write_text(text, "utf-8")
    return tuple(lost)


def _check_catalogue(path: Path, manifest: Manifest, name: str) -> None:
    state = look_at(path)
    if state.damage or state.rows != manifest.tables:
        raise BackupDamaged(
            f"The catalogue of backup {name} is not as its manifest says ({state.damage or 'rows'}). "
            "Use another backup."
        )


def _copy_object(place: BackupPlace, digest: str, store: Path) -> bool:
    """Copy an object and hash it meanwhile; return whether it is whole. All are synced at the end."""
    shard = store / digest[:2]
    path, found = shard / digest, hashlib.sha256()
    with storage_failures():
        shard.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("xb") as file:
            try:
                for chunk in place.chunks(object_key(digest)):
                    found.update(chunk)
                    file.write(chunk)
            except NotFound:
                path.unlink()
                return False
        if found.hexdigest() != digest:
            path.unlink()
            return False
        path.chmod(0o444)
        return True


def _prove(folder: Path, manifest: Manifest, told: Told) -> Proof:
    """Make the index, open documents, ask the questions."""
    for name in ("originals", "pictures"):
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    settings = load_settings_of_file(folder)
    with closing(Database.open(f"sqlite:///{folder / CATALOGUE}")) as database:
        renew_epoch(database)
        with database.write() as session:
            backups.forget(session)
            if manifest.without_pictures:
                draw_all_again(session)
    with open_archive(settings) as archive:
        told("index", archive.engine.counts()[1])
        return prove(archive, manifest)


def _erased(
    folder: Path, listed: Listed, again: Callable[[Archive, Listed, Told], tuple[str, ...]], told: Told
) -> tuple[str, ...]:
    """Erase again what was erased since, and let nobody see the archive before that."""
    if not listed:
        return ()
    with open_archive(load_settings_of_file(folder)) as archive:
        return again(archive, listed, told)


def _appear(unfinished: Path, into: Path) -> None:
    with storage_failures():
        (unfinished / own_folders.marker("backup")).unlink()
        os.sync()  # every object, without waiting for each by itself
        unfinished.rename(into)  # an empty folder gives way
        sync_to_disk(into.parent)


def _some(digests: list[str]) -> str:
    named = ", ".join(digest[:12] for digest in digests[:_NAMED_MAX])
    return named if len(digests) <= _NAMED_MAX else f"{named} …"
