"""Documents of the catalogue as an index holds them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from archive.analysis.analyzer import Analyzer
from archive.catalogue import pages, records
from archive.catalogue.database.sessions import Session
from archive.catalogue.events import regions
from archive.catalogue.records import DocumentRecord
from archive.index.document_indexer import DocumentIndexer
from archive.index.documents import IndexDocument
from archive.index.engine import PartWriter, Rebuild
from archive.index.garbage import garbage_waits
from archive.model.events import Region
from archive.model.pages import Page

# A single document may have more.
PAGES_PER_BATCH = 1000
# What a page's terms are made of (documents.py). Raised when that changes, so that old indexes are rebuilt.
LAYOUT_VERSION = 2


def fingerprint(analyzer: Analyzer) -> str:
    """Return what identifies the index's content for the same catalogue: analysis and layout."""
    return f"{LAYOUT_VERSION}:{analyzer.fingerprint}"


@dataclass(frozen=True, slots=True)
class CatalogueState:
    """Some documents as the catalogue has them at one moment; withdrawn ones have no record.

    It is read whole before any word is analysed, so that the catalogue can be written meanwhile.
    """

    ids: tuple[str, ...]
    records: Mapping[str, DocumentRecord]
    pages: Mapping[str, tuple[Page, ...]]
    regions: tuple[Region, ...]

    def index(self, analyzer: Analyzer) -> list[IndexDocument]:
        """Return the documents as the index shall hold them; withdrawn ones without pages."""
        indexer = DocumentIndexer(analyzer, self.regions)
        return [
            indexer.index_document(self.records[one], self.pages[one])
            if one in self.records
            else IndexDocument(id=one, group=one)
            for one in self.ids
        ]

    def write_to(self, new: PartWriter | Rebuild, analyzer: Analyzer) -> int:
        """Write the documents that have pages to a new index; return how many."""
        with garbage_waits():
            documents = [document for document in self.index(analyzer) if document.pages]
            new.write(documents)
            return len(documents)


def read(session: Session, wanted: Sequence[str]) -> CatalogueState:
    """Read documents in the order given, as many as make a batch, at least one where any is wanted."""
    found = records.records(session, wanted)
    counts = [found[one].document.version.page_count if one in found else 0 for one in wanted]
    room = sum(total <= PAGES_PER_BATCH for total in accumulate(counts))
    ids = tuple(wanted[: max(1, room)])
    kept = {one: found[one] for one in ids if one in found}
    held = {one: pages.pages(session, record.document.version.id) for one, record in kept.items()}
    return CatalogueState(ids, kept, held, regions.all_regions(session))
