"""Looking at everything that the archive keeps: every byte, row and number, at a pace that nobody notices.

Meant for a timer. Where a look is stopped the next one goes on there, with what was found so far; what is
quick (the catalogue, the index) is looked at each time. Damaged and missing objects are brought back from a
backup that has them.
"""

import secrets
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from archive.app import Archive
from archive.backup.place import BackupPlace, object_key
from archive.catalogue import audit, statistics
from archive.catalogue.database.snapshot_file import damage_of
from archive.catalogue.journal import chain
from archive.catalogue.operation import backups, fixity
from archive.catalogue.operation.fixity import contradictions
from archive.disk import data_folder
from archive.errors import ArchiveError, NotFound, StorageAway, StorageRefused
from archive.health import catalogue_damages, index_problems
from archive.index.word_check import other_words
from archive.store.store import Store
from archive.store.writing import write_new

Told = Callable[[str, int], None]

_SAVED_EVERY_S: Final = 10.0
_KINDS: Final = ("originals", "pictures")
_NAMES: Final = {"originals": "Original", "pictures": "Picture"}
_MODE: Final = 0o444


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look at everything found: `problems` are still there, `mended` came back from a backup.

    `resumed`: it went on where an earlier look was stopped.
    """

    problems: tuple[str, ...]
    mended: tuple[str, ...]
    objects: int
    size_bytes: int
    resumed: bool


def verify_all(
    archive: Archive, told: Told, rate_bytes_s: float = 0, place: BackupPlace | None = None
) -> Verified:
    """Look at the catalogue, each original and picture, and the index.

    Args:
        archive: is changed only where `place` has what it lacks.
        told: is called with how many originals and pictures were read.
        rate_bytes_s: how many bytes are read a second at most; 0: as many as go.
        place: a place of backups from which damaged and missing objects come back; None: nothing is mended.

    Raises:
        ArchiveError: the place cannot be read.
    """
    return _Look(archive, told, rate_bytes_s, place).take()


class _Look:
    def __init__(self, archive: Archive, told: Told, rate_bytes_s: float, place: BackupPlace | None) -> None:
        self._archive = archive
        self._told = told
        self._rate_bytes_s = rate_bytes_s
        self._place = place
        self._is_kept = not data_folder.is_read_only(archive.settings.data)
        self._mended: list[str] = []
        self._saved_at_s = time.monotonic()

    def take(self) -> Verified:
        damages = list(catalogue_damages(self._archive.database))
        if damages:  # what the catalogue names is not known then
            return Verified(tuple(damages), (), 0, 0, False)
        with self._archive.database.read() as session:
            before = backups.progress(session)
        state: dict[str, Any] = before or {
            "kind": _KINDS[0],
            "after": "",
            "found": [],
            "count": 0,
            "bytes": 0,
        }
        try:
            for kind in _KINDS[_KINDS.index(state["kind"]) :]:
                self._objects(kind, state)
        except BaseException:
            self._save(state)
            raise
        problems = [*self._of_catalogue(), *state["found"], *self._of_index()]
        if self._is_kept:
            with self._archive.database.write() as session:
                backups.save_progress(session, None)
                backups.note(session, "verified", backups.Noted(datetime.now(UTC), problems=len(problems)))
            self._record(
                fixity.VERIFIED, fixity.ARCHIVE, "problems" if problems else "ok", str(len(problems))
            )
        return Verified(
            tuple(problems), tuple(self._mended), state["count"], state["bytes"], before is not None
        )

    def _of_catalogue(self) -> Iterator[str]:
        damage = damage_of(self._archive.database)
        if damage:
            yield f"Catalogue: {damage}. Restore a backup."
        with self._archive.database.read() as session:
            found = [*contradictions(session), *chain.problems(session)]
        yield from found

    def _of_index(self) -> list[str]:
        archive = self._archive
        found = list(index_problems(archive.database, archive.engine, archive.indexer))
        if not found:
            try:
                found += other_words(archive.database, archive.engine, archive.analyzer, archive.indexer)
            except ArchiveError as error:
                found.append(f"Index: {error.message}")
        return found

    def _objects(self, kind: str, state: dict[str, Any]) -> None:
        archive = self._archive
        store: Store = archive.originals if kind == "originals" else archive.pictures
        with archive.database.read() as session:
            digests = statistics.original_digests if kind == "originals" else statistics.picture_digests
            named = set(digests(session))
        if state["kind"] != kind:
            state |= {"kind": kind, "after": ""}
        everything = sorted(named.union(store.digests()))
        for digest in (one for one in everything if one > state["after"]):
            try:
                problem = self._problem(kind, store, digest, digest in named, state)
            except (StorageAway, StorageRefused) as error:  # the same would be said of every other
                state["found"].append(f"{_NAMES[kind]}s: {error.message}")
                return
            if problem:
                state["found"].append(problem)
            state["after"] = digest
            state["count"] += 1
            self._told(kind, state["count"])
            if time.monotonic() > self._saved_at_s + _SAVED_EVERY_S:
                self._save(state)

    def _problem(self, kind: str, store: Store, digest: str, is_named: bool, state: dict[str, Any]) -> str:
        """Return what is wrong with an object, "" for nothing."""
        name = f"{_NAMES[kind]} {digest[:12]}"
        if not is_named:
            return self._unnamed(kind, store, digest, name)
        begun_s = time.monotonic()
        try:
            size_bytes = store.size_bytes(digest)
            store.verify(digest)
        except (StorageAway, StorageRefused):
            raise
        except ArchiveError as error:
            self._record(fixity.DAMAGED, digest, "damaged", error.message)
            if self._place is not None and bring_back(self._archive, store, digest, self._place):
                self._mended.append(name)
                return ""
            return f"{name}: {error.message}"
        state["bytes"] += size_bytes
        self._pause(size_bytes, time.monotonic() - begun_s)
        mode = self._mode(store, digest)
        return "" if mode in (None, _MODE) else f"{name}: its mode is {mode:04o}, not {_MODE:04o}. Run chmod."

    def _record(self, action: str, subject: str, outcome: str, detail: str) -> None:
        """Keep for good what was seen; staff read it on the page of the document."""
        if self._is_kept:
            with self._archive.database.write() as session:
                audit.record(session, fixity.ACTOR, action, subject, outcome, detail)

    def _unnamed(self, kind: str, store: Store, digest: str, name: str) -> str:
        """Return that nothing names an object, unless it was taken in while the others were read."""
        with self._archive.database.read() as session:
            digests = statistics.original_digests if kind == "originals" else statistics.picture_digests
            if digest in set(digests(session)):
                return ""
        with suppress(NotFound):
            store.size_bytes(digest)
            return f"{name}: nothing in the catalogue names it. A killed ingest leaves such files, too."
        return ""

    def _mode(self, store: Store, digest: str) -> int | None:
        """Return the rights of an object's file; None where it is not in a folder of the archive."""
        if self._archive.settings.store.url:
            return None
        with suppress(ArchiveError, OSError):
            return stat.S_IMODE(store.path(digest).stat().st_mode)
        return None

    def _pause(self, size_bytes: int, took_s: float) -> None:
        if self._rate_bytes_s:
            time.sleep(max(0.0, size_bytes / self._rate_bytes_s - took_s))

    def _save(self, state: dict[str, Any]) -> None:
        self._saved_at_s = time.monotonic()
        if self._is_kept:
            with suppress(ArchiveError), self._archive.database.write() as session:
                backups.save_progress(session, state)


def bring_back(archive: Archive, store: Store, digest: str, place: BackupPlace) -> bool:
    """Put an object back from a place that has it whole; return whether that was so.

    Raises StorageError where the place or the archive's disk cannot be read or written.
    """
    copy = archive.temporary / f"mending-{secrets.token_hex(16)}"
    try:
        sha256, size_bytes = write_new(copy, place.chunks(object_key(digest)))
        if sha256 != digest:
            return False
        store.put_file(copy, size_bytes)
    except NotFound:
        return False
    finally:
        with suppress(OSError):
            copy.unlink(missing_ok=True)
    with archive.database.write() as session:
        audit.record(session, fixity.ACTOR, fixity.MENDED, digest, "mended", place.name)
    return True
