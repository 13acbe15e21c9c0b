"""What the archive has already: the very file, or many of a document's slides ("38 of 40 slides stand in …").

Sketches choose a few candidates among all documents; their slides are then compared one by one. For staff
alone: candidates are of every rank. Withdrawn documents are none: what was taken out never is in the way.
The same file is told of before it is sent, withdrawn or not.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from archive.catalogue import pages, records
from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.catalogue.documents import document as live_document
from archive.catalogue.documents import versions
from archive.catalogue.records import CatalogueRecord
from archive.catalogue.reuse import duplicates
from archive.catalogue.reuse.duplicates import KeptSketch, SameBytes, Sketch, with_bytes
from archive.model.pages import Page
from archive.review.minhash import (
    SCHEME,
    common_shares,
    deck_shingles,
    resemblances,
    sketch_of,
    slide_shingles,
    text_shingles,
)

_CANDIDATES_MAX = 8
_CANDIDATE_SHARE_MIN = 0.3
_SAME_SLIDE_MIN = 0.5
_SAME_SLIDES_SHARE_MIN = 0.6
_SAME_SLIDES_MIN = 2
_VERSIONS_A_TRANSACTION = 50

__all__ = ["SameBytes", "same_bytes"]
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Overlap:
    """Which slides of two documents are the same: "`same_slides` of `slides` stand in …".

    `slides` and `other_slides` are those with words enough to be compared, here and there; `pairs` are the
    numbers (here, there) of those that are the same.
    """

    slides: int
    other_slides: int
    pairs: tuple[tuple[int, int], ...]

    @property
    def same_slides(self) -> int:
        """Return how many slides are in both."""
        return len(self.pairs)

    @property
    def is_near(self) -> bool:
        """Return whether most slides of the smaller one are in both."""
        fewer = min(self.slides, self.other_slides)
        enough = min(_SAME_SLIDES_MIN, fewer)
        return 0 < enough <= self.same_slides and self.same_slides >= _SAME_SLIDES_SHARE_MIN * fewer


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """A live document that has many slides of the one that was asked about."""

    record: CatalogueRecord
    version_id: str
    overlap: Overlap


def sketch_of_pages(read: Sequence[Page]) -> Sketch:
    """Return the sketch of a document's pages, hidden ones too."""
    return sketch_of(deck_shingles(map(slide_shingles, read)))


def sketch_missing(database: Database, at_most: int = 200) -> int:
    """Make the sketches of versions from before there were any, the newest first; return how many were made.

    A few at a time, so that other writers need not wait long.
    """
    with database.read() as session:
        waiting = list(duplicates.missing(session, SCHEME, at_most))
    for start in range(0, len(waiting), _VERSIONS_A_TRANSACTION):
        some = waiting[start : start + _VERSIONS_A_TRANSACTION]
        with database.read() as session:
            made = [(version_id, sketch_of_pages(pages.pages(session, version_id))) for version_id in some]
        with database.write() as session:
            for version_id, sketch in made:
                duplicates.save(session, version_id, sketch)
    return len(waiting)


def near_duplicates(
    session: Session, document_id: str, version_id: str = "", limit: int = 3
) -> tuple[NearDuplicate, ...]:
    """Return the live documents that have most of a document's slides, or most of whose slides it has.

    Those without a sketch are not compared: call `sketch_missing` before. Raises NotFound and Gone.

    Args:
        session: A session that reads.
        document_id: The document; it is never its own near duplicate.
        version_id: Which version of it; "" for the newest that was read.
        limit: How many to return, the likest, those with the most slides in common first.
    """
    document = live_document(session, document_id)
    read = [version.id for version in versions(session, document_id) if version.category is not None]
    newest = read[0] if read else document.version.id
    return near_duplicates_of(session, pages.pages(session, version_id or newest), document_id, limit)


def near_duplicates_of(
    session: Session, read: Sequence[Page], without: str = "", limit: int = 3
) -> tuple[NearDuplicate, ...]:
    """Return the live documents that have most of these pages; `without` is a document to leave out."""
    slides = _slides(read)
    kept = [one for one in duplicates.of_live_documents(session, SCHEME) if one.document_id != without]
    chosen = candidates(sketch_of(deck_shingles(slides.values())), [one.sketch for one in kept])
    found: list[tuple[KeptSketch, Overlap]] = []
    for at in chosen:
        compared = overlap(slides, _kept_slides(session, kept[at].version_id))
        if compared.is_near:
            found.append((kept[at], compared))
        if len(found) == limit:
            break
    found.sort(key=lambda one: (-one[1].same_slides, one[1].other_slides, one[0].document_id))
    known = records.records(session, [candidate.document_id for candidate, _ in found[:limit]])
    return tuple(
        NearDuplicate(known[candidate.document_id], candidate.version_id, compared)
        for candidate, compared in found[:limit]
    )


def candidates(sketch: Sketch, others: Sequence[Sketch]) -> list[int]:
    """Return where the sketches are that may share most slides: the likest wholes, and the likest parts.

    A deck that was made longer has all slides of the shorter one, but is not much like it as a whole.
    """
    likeness = resemblances(sketch, others)
    shares = common_shares(sketch, others, likeness)
    orders = ((-likeness).argsort(kind="stable"), (-shares).argsort(kind="stable"))
    likest = dict.fromkeys(int(at) for order in orders for at in order[:_CANDIDATES_MAX])
    return [at for at in likest if shares[at] >= _CANDIDATE_SHARE_MIN]


def overlap(slides: dict[int, frozenset[int]], others: dict[int, frozenset[int]]) -> Overlap:
    """Return which slides are the same, each with at most one other: half of the larger one's shingles."""
    alike: list[tuple[float, int, int]] = []
    numbers = list(others)
    counts = np.array([len(shingles) for shingles in others.values()])
    known = np.fromiter(chain.from_iterable(others.values()), np.uint64)
    order = known.argsort()
    known, owners = known[order], np.repeat(np.arange(len(numbers)), counts)[order]
    for number, shingles in slides.items():
        common = _common_counts(shingles, known, owners, len(numbers))
        shares = common / np.maximum(len(shingles), counts)
        alike += [
            (-float(shares[at]), number, numbers[at]) for at in np.flatnonzero(shares >= _SAME_SLIDE_MIN)
        ]
    pairs: dict[int, int] = {}
    for _, number, other in sorted(alike):
        if number not in pairs and other not in pairs.values():
            pairs[number] = other
    return Overlap(len(slides), len(others), tuple(sorted(pairs.items())))


def _common_counts(
    shingles: frozenset[int], known: NDArray[np.uint64], owners: NDArray[np.int64], count: int
) -> NDArray[np.int64]:
    """Return how many of the shingles each of `count` slides has.

    `known` are the shingles of them all in order, `owners` says of each whose it is.
    """
    asked = np.fromiter(shingles, np.uint64, len(shingles))
    first, end = known.searchsorted(asked, "left"), known.searchsorted(asked, "right")
    times = end - first
    before = np.repeat(times.cumsum() - times, times)
    places = np.repeat(first, times) + np.arange(len(before)) - before
    return np.bincount(owners[places], minlength=count)


def _kept_slides(session: Session, version_id: str) -> dict[int, frozenset[int]]:
    """Return the shingles of a version's slides as `_slides` does, without making pages of them."""
    read = pages.texts(session, version_id).items()
    return {number: shingles for number, one in read if (shingles := text_shingles(one.blocks))}


def _slides(read: Iterable[Page]) -> dict[int, frozenset[int]]:
    """Return the shingles of the slides that can be compared, by number."""
    return {page.number: shingles for page in read if (shingles := slide_shingles(page))}


def same_bytes(session: Session, sha256: str) -> tuple[SameBytes, ...]:
    """Return the documents with these bytes, live ones first; none for what is no SHA-256 in hexadecimal."""
    digest = sha256.strip().lower()
    return with_bytes(session, digest) if _SHA256.fullmatch(digest) else ()
