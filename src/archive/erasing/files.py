"""Files that hold a person's words where no reader looks: originals, and what was sent and not read yet."""

from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from archive.app import Archive
from archive.catalogue import statistics
from archive.catalogue.database.sessions import Session
from archive.catalogue.uploads import uploads
from archive.disk.durable_files import sha256_of_file
from archive.erasing.names import ErasedNames
from archive.errors import ArchiveError, NotFound
from archive.ingest.reading.redaction import around
from archive.model.uploads import UploadState

CODE: Final = "erased"
_MESSAGE: Final = "It has words in it that were erased from the archive. Send it without them."


@dataclass(frozen=True, slots=True)
class Searched:
    """SHA-256 of originals that hold the words, and of those that could not be searched to their ends.

    `uploads` are the files on their way into the archive that hold them, by identifier, and
    `unsearched_uploads` those that could not be searched: whatever was sent of them is there.
    """

    holding: frozenset[str]
    unsearched: tuple[str, ...] = ()
    uploads: frozenset[str] = frozenset()
    unsearched_uploads: tuple[str, ...] = ()


def search_files(archive: Archive, names: ErasedNames, told: Callable[[str, int], None]) -> Searched:
    """Search every byte of every original, unpacked, and of what waits to be one, for a person's words."""
    with archive.database.read() as session:
        digests = tuple(statistics.original_digests(session))
    holding, unsearched = set(), []
    for count, digest in enumerate(digests, 1):
        try:
            if _holds(archive, archive.originals.path(digest), names):
                holding.add(digest)
        except ArchiveError:
            unsearched.append(digest)
        told("searched", count)
    return Searched(frozenset(holding), tuple(unsearched), *search_uploads(archive, names))


def search_uploads(
    archive: Archive, names: ErasedNames, digests: frozenset[str] = frozenset()
) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return which files on their way hold a person's words, or are among some; and those not searched."""
    with archive.database.read() as session:
        waiting = [one.id for one in uploads.in_states(session, UploadState.RECEIVING, UploadState.RECEIVED)]
    holding, unsearched = set(), []
    for upload_id in waiting:
        with suppress(NotFound):  # nothing has come of it yet, or it has been taken in
            path = archive.receiving.store.path(upload_id)
            try:
                if sha256_of_file(path) in digests or _holds(archive, path, names):
                    holding.add(upload_id)
            except ArchiveError:
                unsearched.append(upload_id)
    return frozenset(holding), tuple(unsearched)


def upload_digests(archive: Archive, upload_ids: Iterable[str]) -> frozenset[str]:
    """Return the SHA-256 of files on their way, as far as they have come."""
    found = set()
    for upload_id in upload_ids:
        with suppress(NotFound):
            found.add(sha256_of_file(archive.receiving.store.path(upload_id)))
    return frozenset(found)


def _holds(archive: Archive, path: Path, names: ErasedNames) -> bool:
    if names.is_empty:
        return False
    with closing(around(path, names.last_words, archive.settings)) as texts:
        return any(names.hold(text) if is_text else names.hold_bytes(text) for text, is_text in texts)


def refuse_uploads(session: Session, upload_ids: Iterable[str]) -> list[str]:
    """Refuse uploads that are on their way; return those whose bytes are to be removed."""
    session.expire_all()  # their names have just been replaced
    refused = []
    for upload_id in sorted(upload_ids):
        with suppress(NotFound):
            if uploads.find(session, upload_id).state in (UploadState.RECEIVING, UploadState.RECEIVED):
                uploads.refuse(session, upload_id, CODE, _MESSAGE)
                refused.append(upload_id)
    session.flush()
    return refused
