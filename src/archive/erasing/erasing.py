"""Erasing a person from an archive that may be in use.

First everything is made that takes a place; nothing refers to it yet. Then one transaction replaces all words
in the catalogue and notes the erasure with the objects that are still to be removed. Then bytes go: objects,
free pages of the database, the index, temporary files. Whoever is killed in between leaves an erasure that
says "removing", and the next one begins with finishing it.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Final

from archive.app import Archive
from archive.catalogue import statistics
from archive.catalogue.database.sessions import Session
from archive.catalogue.erasing import erasures, orders, rewriting
from archive.catalogue.erasing.erasures import NewErasure
from archive.catalogue.erasing.places import Slides, logins, masked_value
from archive.catalogue.erasing.rewriting import NewFiles
from archive.catalogue.journal.chain import rechain
from archive.disk import own_folders
from archive.erasing import lists
from archive.erasing.files import refuse_uploads, upload_digests
from archive.erasing.found import Found, look
from archive.erasing.names import MARK, ErasedNames
from archive.erasing.redacting import redacted
from archive.errors import Busy, NotFound
from archive.ingest.filetypes.media_types import TEXT
from archive.model.documents import Original

logger = logging.getLogger(__name__)

Told = Callable[[str, int], None]
"""Called with what goes on ("files", "catalogue", "objects", "database", "index") and how many are done."""

_TRIES_MAX: Final = 3
_TEMPORARY_AGE_S: Final = 900.0
"""Younger temporary files may belong to work that goes on."""
_WORK: Final = ("tmp", "originals/tmp", "pictures/tmp")


@dataclass(frozen=True, slots=True)
class ErasureOrder:
    """Who is to be erased, by whom and why.

    `person_id` names a record that goes, "" for none. `only`: nothing but the words of these slides. `files`
    are SHA-256 of originals that hold the words, whatever was read of them, `uploads` files on their way.
    """

    names: ErasedNames
    actor: str
    reason: str
    person_id: str = ""
    only: Slides | None = None
    files: frozenset[str] = frozenset()
    uploads: frozenset[str] = frozenset()
    erasure_id: str = ""
    words: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did: `found` is what there was, `versions` whose originals were replaced."""

    erasure_id: str
    found: Found
    documents: tuple[str, ...]
    originals: int
    pictures: int
    rechained_edits: tuple[int, ...]


def erase(archive: Archive, order: ErasureOrder, told: Told) -> Erased:
    """Erase a person; return what went.

    Raises PictureError, PartMissing (a redacted copy cannot be made; nothing was changed), Busy,
    StorageError, CatalogueError and IndexUnusable. Given again it goes on where it stopped.
    """
    finish_interrupted(archive, told)
    for _ in range(_TRIES_MAX):
        with archive.database.read() as session:
            found = look(session, order.names, order.only, order.files)
        if not (found.places or found.versions or order.person_id or order.uploads):
            return Erased("", found, (), 0, 0, ())
        made = {}
        for count, version_id in enumerate(sorted(found.versions), 1):
            made[version_id] = redacted(archive, version_id, order.names, order.only)
            told("files", count)
        order = replace(order, files=order.files | upload_digests(archive, order.uploads))
        with suppress(_CameMeanwhile):
            with archive.database.write() as session:
                erased = _replace(archive, session, order, made)
            told("catalogue", len(erased.found.places))
            finish_interrupted(archive, told)
            return erased
    raise Busy("Files are being taken in that hold the name. Try again when that has ended.")


class _CameMeanwhile(Exception):
    """A file that holds the words has come since the others were made anew."""


def finish_interrupted(archive: Archive, told: Told) -> tuple[str, ...]:
    """Remove the bytes of erasures that are noted in the catalogue; return which those were."""
    with archive.database.read() as session:
        waiting = erasures.unfinished(session)
    if not waiting:
        return ()
    for kind, store in (("originals", archive.originals), ("pictures", archive.pictures)):
        for digest in {digest for one in waiting for digest in one.waiting.get(kind, ())}:
            with suppress(NotFound):
                store.remove(digest)
    for upload_id in {one_id for one in waiting for one_id in one.waiting.get("uploads", ())}:
        archive.receiving.store.remove(upload_id)
    told("objects", sum(len(digests) for one in waiting for digests in one.waiting.values()))
    for name in _WORK:
        own_folders.clear_ended(archive.settings.data / name, "work")
        own_folders.clear(archive.settings.data / name, "work", _TEMPORARY_AGE_S)
    archive.database.write_anew()
    told("database", 1)
    told("index", archive.indexer.rebuild())
    with archive.database.write() as session:
        for one in waiting:
            erasures.finish(session, one.id)
    return tuple(one.id for one in waiting)


def _replace(archive: Archive, session: Session, order: ErasureOrder, made: dict[str, NewFiles]) -> Erased:
    """Replace everything in one transaction. Raises _CameMeanwhile; nothing is kept then."""
    found = look(session, order.names, order.only, order.files)
    if not found.versions <= made.keys():
        raise _CameMeanwhile
    originals = rewriting.digests_of(session, made)
    pictures = set(statistics.picture_digests(session))
    if order.only is None:
        if order.person_id:
            rewriting.drop_person(session, order.person_id)
        originals |= _replace_imports(archive, session, order.names)
    rewritten = rewriting.replace_words(session, order.names.masked, order.only)
    documents = rewritten.documents | {rewriting.replace_files(session, files) for files in made.values()}
    session.flush()
    uploads = refuse_uploads(session, order.uploads)
    rechained = rechain(session, masked_value(order.names.masked, logins(session)))
    gone = rewriting.drop_originals(session, sorted(originals))
    pictures -= set(statistics.picture_digests(session))
    rewriting.note_documents(session, sorted(documents))
    counted = {"pictures": len(pictures), "uploads": len(uploads)}
    noted = NewErasure(
        actor=order.actor,
        reason=order.names.masked(order.reason),
        places=len(found.places),
        words=order.words or lists.hashed(order.names, order.only, order.person_id),
        digests=[*gone, *sorted(order.files - set(gone))],
        waiting={"originals": gone, "pictures": sorted(pictures), "uploads": uploads},
        rechained={
            "edits": list(rechained.edits),
            "end_before": rechained.end_before,
            "end_after": rechained.end_after,
            "versions": sorted(made),
            "went": {**_went(found, documents), "originals": len(gone), **counted},
        },
    )
    erasure_id = erasures.note(session, noted, order.erasure_id)
    orders.drop_looks(session)
    counts = (len(gone), len(pictures), rechained.edits)
    return Erased(erasure_id, found, tuple(sorted(documents)), *counts)


def _went(found: Found, documents: set[str]) -> dict[str, Any]:
    return {"tables": dict(found.by_kind), "documents": sorted(documents)}


def _replace_imports(archive: Archive, session: Session, names: ErasedNames) -> set[str]:
    """Let imports whose pages hold the words have an empty page; return the SHA-256 of what they had."""
    found = rewriting.imports_with(session, names.masked)
    if found:
        stored = archive.originals.put_bytes(MARK.encode())
        empty = Original(stored.sha256, stored.size_bytes, TEXT)
        for import_id, _ in found:
            rewriting.replace_import_file(session, import_id, empty)
    return {sha256 for _, sha256 in found}
