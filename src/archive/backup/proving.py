"""Showing that a restored archive is the one that was backed up: documents open, answers are the same."""

import random
from dataclasses import dataclass
from typing import Final

from archive.app import Archive
from archive.backup.manifest import Manifest
from archive.catalogue import documents, pages, statistics
from archive.errors import ArchiveError
from archive.search.sample_questions import answer

DOCUMENTS_MAX: Final = 200


@dataclass(frozen=True, slots=True)
class Proof:
    """What was tried, and what was not as it should be.

    `closed` documents do not open, with the reason; `differing` questions have other totals or facets,
    `reordered` the same in another order.
    """

    opened: int
    closed: tuple[tuple[str, str], ...]
    asked: int
    differing: tuple[str, ...]
    reordered: tuple[str, ...]

    @property
    def is_passed(self) -> bool:
        """Return whether all is as it was."""
        return not (self.closed or self.differing or self.reordered)


def prove(archive: Archive, manifest: Manifest) -> Proof:
    """Open up to 200 documents, and ask the questions of the manifest again."""
    archive.indexer.catch_up()
    closed, differing, reordered = [], [], []
    chosen = _chosen(archive, manifest)
    known = frozenset(manifest.lacking)
    for document_id in chosen:
        try:
            _open(archive, document_id, known)
        except ArchiveError as error:
            closed.append((document_id, error.message))
    for question in manifest.questions:
        ours, theirs = answer(archive.search, question.text), question.as_answer()
        if ours.found != theirs.found:
            differing.append(question.text)
        elif ours.order != theirs.order:
            reordered.append(question.text)
    return Proof(len(chosen), tuple(closed), len(manifest.questions), tuple(differing), tuple(reordered))


def _chosen(archive: Archive, manifest: Manifest) -> list[str]:
    """Return up to 200 live documents, the same for the same backup."""
    with archive.database.read() as session:
        live = sorted(statistics.indexable(session))
    chosen = random.Random(manifest.made_at.isoformat())  # noqa: S311 - a sample, no secret
    return live if len(live) <= DOCUMENTS_MAX else chosen.sample(live, DOCUMENTS_MAX)


def _open(archive: Archive, document_id: str, known: frozenset[str]) -> None:
    """Read a document's record, its pages, its original and its pictures. Raises ArchiveError."""
    with archive.database.read() as session:
        version = documents.document(session, document_id).version
        pages.pages(session, version.id)
        pictures = pages.pictures(session, version.id)
    if version.original.sha256 not in known:
        archive.originals.size_bytes(version.original.sha256)
    for picture in pictures.values():
        for digest in {picture.large_sha256, picture.small_sha256} - known:
            archive.pictures.size_bytes(digest)
