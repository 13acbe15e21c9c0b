"""Segments as searches use them: one mapped file each, shared by all threads.

A segment's file never changes; which of its pages have since been removed is part of the snapshot
(`SegmentView`). A file that was unlinked stays readable until the last search that has it ends.
"""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from archive.index.documents import Watermark
from archive.index.schema import Facet, TextField
from archive.index.whoosh.directory.array_file import ArrayFile, layout_fingerprint
from archive.index.whoosh.directory.errors import FilesVanished
from archive.index.whoosh.directory.storage import ARRAYS_SUFFIX
from archive.index.whoosh.segment.postings import FieldPostings
from archive.index.whoosh.segment.schema import HIDDEN_RANK, POSITIONAL
from archive.index.whoosh.segment.units import Units

FINGERPRINT: Final = layout_fingerprint(
    "1 " + " ".join([*sorted(TextField), "/", *sorted(POSITIONAL), "/", *sorted(Facet)])
)
"""Changes with the fields and facets, and by its first number when arrays come to mean something else."""


class Segment:
    """One immutable segment. Thread-safe."""

    def __init__(self, folder: Path, stored: Any) -> None:
        """Open the segment that Whoosh's table of contents calls `stored`.

        Raises FilesVanished where a writer has removed its file, IndexUnusable where it is damaged.
        """
        self.id: str = stored.segment_id()
        try:
            self.file = ArrayFile(folder / stored.make_filename(ARRAYS_SUFFIX), FINGERPRINT)
        except FileNotFoundError as error:
            raise FilesVanished from error
        self.page_count: int = stored.doc_count_all()
        self.units = Units(self.file)
        # By plain strings as well: a TextField is one, and equal to it.
        self.fields: dict[str, FieldPostings] = {
            name: FieldPostings(self.file, name.value)
            for name in TextField
            if f"{name.value}/starts" in self.file
        }
        mark = self.file.meta["watermark"]
        self.watermark = Watermark(mark["epoch"], mark["seq"], mark["fingerprint"]) if mark else None
        self.watermark_page: int = mark["page"] if mark else -1

    @cached_property
    def highest_rank(self) -> int:
        """The highest visibility rank among its pages, removed ones included."""
        ranks = self.units.page_rank
        return int(ranks.max(initial=0, where=ranks < HIDDEN_RANK))


@dataclass(frozen=True)
class SegmentView:
    """A segment as one snapshot sees it: without the pages removed since."""

    segment: Segment
    removed: frozenset[int]
    _visible: dict[int, NDArray[np.bool_] | None] = field(default_factory=dict, compare=False)
    term_counts: dict[tuple[str, int], NDArray[np.int64]] = field(default_factory=dict, compare=False)
    """Per field and highest rank the visible pages of each term, where `vocabulary.py` has counted them."""

    @cached_property
    def live(self) -> NDArray[np.bool_]:
        """Per page whether the snapshot has it, shape (n_pages,); not so the watermark's page."""
        live = np.ones(self.segment.page_count, bool)
        live[list(self.removed)] = False
        if self.segment.watermark_page >= 0:
            live[self.segment.watermark_page] = False
        return live

    def visible(self, max_rank: int) -> NDArray[np.bool_] | None:
        """Return per page whether it is live and of that rank at most, shape (n_pages,); None for all."""
        if max_rank not in self._visible:
            self._visible[max_rank] = self._find_visible(max_rank)
        return self._visible[max_rank]

    def _find_visible(self, max_rank: int) -> NDArray[np.bool_] | None:
        if self.segment.highest_rank > max_rank:
            return self.live & (self.segment.units.page_rank <= max_rank)
        return self.live if self.removed - {self.segment.watermark_page} else None

    @cached_property
    def live_count(self) -> int:
        """How many pages are live."""
        return int(np.count_nonzero(self.live))

    @cached_property
    def document_count(self) -> int:
        """How many documents have pages here; a document's pages are all in one segment."""
        units = self.segment.units
        has_pages = np.zeros(units.count + 1, bool)
        has_pages[units.page_unit[self.live]] = True
        is_live = np.zeros(len(units.documents), bool)
        is_live[units.document[has_pages[: units.count]]] = True
        return int(np.count_nonzero(is_live))
