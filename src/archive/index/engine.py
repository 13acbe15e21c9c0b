"""What a search engine must offer. No engine is named here.

An engine holds *pages* (slides), gathered in *documents* (replaced as a whole) and *groups* (talks, or the
document itself where there is no talk). It is derived data: it may be deleted and filled again from the
catalogue at any time. It carries its own watermark, so that its content and how far it has come can never
disagree. The archive analyses words itself: an engine gets terms and a query of terms, never text.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from archive.index.documents import Batch, IndexDocument, Watermark
from archive.index.query import Query
from archive.index.schema import TextField
from archive.index.search import PageRef, Scope, SearchAnswer, SearchRequest
from archive.index.vocabulary import Vocabulary


class PartWriter(Protocol):
    """Fills a part of a new index, in a process of its own. Without `finish` nothing of it counts."""

    def write(self, documents: Sequence[IndexDocument]) -> None:
        """Add documents (each identifier once in the whole rebuild)."""
        ...

    def finish(self) -> None:
        """Complete the part."""
        ...

    def close(self) -> None:
        """Close all files; a part that is not finished is dropped."""
        ...


class Rebuild(Protocol):
    """A new index made next to the one that is searched. Leaving the context without `publish` drops it."""

    def make_part(self) -> str:
        """Make a part that another process is to fill; return what `engines.open_part` finds it by."""
        ...

    def adopt(self, part: str) -> None:
        """Add all documents of a part that is finished; the part is used up."""
        ...

    def write(self, documents: Sequence[IndexDocument]) -> None:
        """Add documents (each identifier once in the whole rebuild)."""
        ...

    def publish(self, watermark: Watermark) -> None:
        """Check the new index, then let it take the old one's place at once for all searches."""
        ...


class SearchEngine(Protocol):
    """A search engine. Safe to call from several threads; one process at a time writes.

    Every method raises IndexUnusable where the index cannot be read or written; of its kinds IndexOutdated
    where another version wrote it and nothing is damaged. An engine on a server raises SearchAway where that
    does not answer: then nothing is wrong with the index, and all else goes on without it.
    """

    @property
    def name(self) -> str:
        """Return the engine's name for `archive status`."""
        ...

    def watermark(self) -> Watermark | None:
        """Return how far the index has come, or None where there is no index yet."""
        ...

    def check(self) -> None:
        """Walk the whole index; raise IndexUnusable where any part of it is missing or damaged."""
        ...

    def write(self, batch: Batch) -> None:
        """Replace the batch's documents and set the watermark, in one commit that survives a power loss.

        A batch whose watermark is not above the index's own has been written already and changes nothing, so
        repeated or late batches do no harm. On any failure nothing of the batch is kept (where a server goes
        away meanwhile: nothing that the same batch, written again, does not put right). Raises IndexUnusable
        where epoch or fingerprint differ from the index's or a document cannot be indexed, StorageError where
        the disk is full, Busy where another writer (also a rebuild) takes too long.
        """
        ...

    def rebuild(self) -> AbstractContextManager[Rebuild]:
        """Begin a new index next to this one; searches go on undisturbed, writers wait. Raises as `write`."""
        ...

    def compact(self, should_stop: Callable[[], bool]) -> bool:
        """Make the index quicker to search, in one bounded step; return whether there may be more to do.

        Searches and writes go on meanwhile, and answers stay the same. A step ends soon, having done nothing,
        where `should_stop` says so, and does nothing where another process does it. Raises as `write`.
        """
        ...

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Answer one search from a single committed state of the index."""
        ...

    def matching_pages(self, query: Query, scope: Scope, document: str) -> tuple[int, ...]:
        """Return the numbers of one document's pages that match, in reading order."""
        ...

    def holding(self, queries: Sequence[Query], pages: Sequence[PageRef]) -> tuple[frozenset[PageRef], ...]:
        """Return for each query those of the pages that match it; pages that are gone match none."""
        ...

    def suggest(
        self,
        prefix: str,
        field: TextField,
        max_rank: int,
        limit: int,
        masked: frozenset[str] = frozenset(),
    ) -> tuple[str, ...]:
        """Return terms of `field` that begin with `prefix`, most frequent first, from visible pages only.

        `max_rank` and `masked` as in `Scope`. Terms on equally many pages are ordered by their letters.
        """
        ...

    def vocabulary(self, max_rank: int) -> Vocabulary:
        """Return the terms of all pages of ranks up to `max_rank`, with exact counts.

        Words that occur only on pages above that rank, or on removed ones, are not in it. It is of the
        committed state at that time or a newer one, and cheap to open: open one for each question.
        """
        ...

    def counts(self) -> tuple[int, int]:
        """Return how many documents and pages there are in the index."""
        ...

    def size_bytes(self) -> int:
        """Return how many bytes the index takes, 0 where the engine does not know."""
        ...

    def close(self) -> None:
        """Close files and connections; the engine may be used again and opens them again."""
        ...
