"""Showing that a restored archive is the one that was backed up: documents open, answers are the same.

The sample of questions is asked when the backup is made, of the very state of the catalogue that it has.
"""

import random
import time
from dataclasses import dataclass
from typing import Final

from archive.app import Archive
from archive.backup.manifest import Manifest, QuestionPart
from archive.catalogue import changes, documents, pages, statistics
from archive.errors import ArchiveError
from archive.search.sample_questions import answer, sample_questions

DOCUMENTS_MAX: Final = 200

_BUDGET_S: Final = 5.0
"""How long writers wait for questions at most; an archive that nobody changes is asked without that."""


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


@dataclass(frozen=True, slots=True)
class ProofQuestions:
    """Questions with what they got; `unasked` says why there are none, "" where that is not so."""

    questions: tuple[QuestionPart, ...] = ()
    unasked: str = ""


def settled(archive: Archive) -> int:
    """Let the index follow; return the number of the last change. Call it while nobody writes."""
    try:
        archive.indexer.catch_up()
    except ArchiveError:  # an archive without searches is worth a backup, too
        pass
    with archive.database.read() as session:
        return changes.last_seq(session)


def ask_beside(archive: Archive, last_change: int) -> ProofQuestions | None:
    """Ask while others may write; return None where one of them did, so that answers are of another state."""
    questions = []
    try:
        for text in sample_questions(archive.engine):
            questions.append(QuestionPart.of(text, answer(archive.search, text)))
            if not _is_at(archive, last_change):
                return None
        return ProofQuestions(tuple(questions)) if _is_at(archive, last_change) else None
    except ArchiveError as error:
        return ProofQuestions((), error.message)


def ask_alone(archive: Archive) -> ProofQuestions:
    """Ask as many questions as there is time for. Call it while nobody writes."""
    until_s, questions = time.monotonic() + _BUDGET_S, []
    try:
        if not _is_at(archive, settled(archive)):
            return ProofQuestions((), "The index is behind the catalogue.")
        for text in sample_questions(archive.engine):
            questions.append(QuestionPart.of(text, answer(archive.search, text)))
            if time.monotonic() > until_s:
                break
        return ProofQuestions(tuple(questions))
    except ArchiveError as error:
        return ProofQuestions((), error.message)


def _is_at(archive: Archive, last_change: int) -> bool:
    mark = archive.engine.watermark()
    with archive.database.read() as session:
        return changes.last_seq(session) == last_change == (mark.seq if mark else 0)
