"""Copying an archive to another place and other parts (database, storage, engine): `archive migrate`.

The old one is only read. Whatever moment a copy is interrupted at, the same command goes on where it stopped.
In the end both are compared: every row, each object by its hash when it is put, and a sample
of questions, which both must answer with as many slides and the same facets.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from archive.app import Archive, open_archive
from archive.catalogue.database import copying
from archive.catalogue.database.address import catalogue_address
from archive.catalogue.database.database import Database
from archive.errors import CopyRefused, OriginalDamaged
from archive.search.sample_questions import answer, sample_questions
from archive.settings.settings import Settings
from archive.store.opening import open_stores
from archive.store.store import Store
from archive.uploads.opening import open_upload_store
from archive.uploads.upload_store import UploadStore

Told = Callable[[str, int], None]
"""Called with what is copied (a table, "originals", "pictures", "uploads") and how many are there now."""

_EVERY_OBJECTS: Final = 100
_PIECE_BYTES: Final = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy has, and what comparing showed: `tables` whose rows differ, `questions` whose answers do.

    Of `asked` questions both gave the same slides in the same order to `same_order`; another engine may rank
    a little otherwise.
    """

    rows: int
    originals: int
    pictures: int
    pages: int
    tables: tuple[str, ...]
    asked: int
    same_order: int
    questions: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Return whether nothing differs."""
        return not (self.tables or self.questions)


def copy_archive(source: Archive, settings: Settings, told: Told) -> Copied:
    """Copy an archive to where other settings say, and compare both.

    Args:
        source: is read; nobody may change it meanwhile.
        settings: the copy's.
        told: is called while it goes on.

    Returns:
        What was copied, and what is not the same in both.

    Raises:
        CopyRefused: something else is in the other place.
        OriginalDamaged: an object of the source has other bytes than it was stored with.
        ArchiveError: as `open_archive`.
    """
    if settings.data == source.settings.data:
        raise CopyRefused("The copy would have the same data folder. Give it a folder of its own.")
    if catalogue_address(settings) == catalogue_address(source.settings):
        raise CopyRefused("The copy would have the same catalogue. Give it another database_url.")
    stores = open_stores(settings.store, settings.data)
    originals = _copy_objects("originals", source.originals, stores.originals, told)
    pictures = _copy_objects("pictures", source.pictures, stores.pictures, told)
    _copy_uploads(source.receiving.store, open_upload_store(stores.bucket, settings.data), told)
    with closing(Database.open(catalogue_address(settings), settings.database)) as target:
        copying.copy_rows(source.database, target, told)
        different = copying.differences(source.database, target)
        rows = sum(copying.row_counts(target).values())
    with open_archive(settings) as copy:
        copy.indexer.catch_up()
        pages = copy.engine.counts()[1]
        return Copied(rows, originals, pictures, pages, different, *_compare_answers(source, copy))


def _copy_objects(kind: str, source: Store, target: Store, told: Told) -> int:
    """Copy the objects that the target lacks; return how many it has then. Raises OriginalDamaged."""
    there = set(target.digests())
    for sha256 in source.digests():
        if sha256 in there:
            continue
        path = source.path(sha256)
        stored = target.put_file(path, path.stat().st_size)
        if stored.sha256 != sha256:
            target.remove(stored.sha256)
            raise OriginalDamaged.of(sha256)
        there.add(sha256)
        if len(there) % _EVERY_OBJECTS == 0:
            told(kind, len(there))
    told(kind, len(there))
    return len(there)


def _copy_uploads(source: UploadStore, target: UploadStore, told: Told) -> None:
    """Copy what has been sent of files that are not taken in yet."""
    count = 0
    for upload_id in source.upload_ids():
        with source.path(upload_id).open("rb") as file:
            done = target.size_bytes(upload_id)
            file.seek(done)
            while True:
                left = source.size_bytes(upload_id) - done
                done = target.append(upload_id, done, file, min(left, _PIECE_BYTES))
                if left <= _PIECE_BYTES:
                    break
        count += 1
    told("uploads", count)


def _compare_answers(source: Archive, copy: Archive) -> tuple[int, int, tuple[str, ...]]:
    """Ask both a sample of questions.

    Returns how many, how many were answered in the same order, and those whose answers are not the same.
    """
    questions, differing, same_order = sample_questions(source.engine), [], 0
    for text in questions:
        ours, theirs = (answer(archive.search, text) for archive in (source, copy))
        same_order += ours.order == theirs.order
        if ours.found != theirs.found:
            differing.append(text)
    return len(questions), same_order, tuple(differing)
