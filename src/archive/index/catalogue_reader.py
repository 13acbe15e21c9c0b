"""Reads documents of the catalogue for the index, a batch at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from archive.analysis.analyzer import Analyzer
from archive.catalogue import pages, records
from archive.catalogue.database.sessions import Session
from archive.catalogue.events import regions
from archive.catalogue.records import CatalogueRecord
from archive.garbage import garbage_waits
from archive.index.document_indexer import DocumentIndexer
from archive.index.documents import IndexDocument
from archive.index.engine import PartWriter, Rebuild
from archive.model.events import Region
from archive.model.pages import Page

PAGES_PER_BATCH = 1000  # a single document may have more
# What a page's terms are made of. Raised when that changes: old indexes are rebuilt.
LAYOUT_VERSION = 7


def fingerprint(analyzer: Analyzer) -> str:
    """Return what identifies the index's content for the same catalogue: analysis and layout."""
    return f"{LAYOUT_VERSION}:{analyzer.fingerprint}"


@dataclass(frozen=True, slots=True)
class CatalogueState:
    """Some documents as the catalogue has them at one moment; withdrawn ones have no record.

    It is read whole before any word is analysed, so that the catalogue can be written meanwhile.
    """

    ids: tuple[str, ...]
    records: Mapping[str, CatalogueRecord]
    pages: Mapping[str, tuple[Page, ...]]
    regions: tuple[Region, ...]

    def index(self, analyzer: Analyzer) -> list[IndexDocument]:
        """Return the documents for the index; withdrawn ones without pages."""
        indexer = DocumentIndexer(analyzer, self.regions)
        return [
            indexer.index_document(self.records[document_id], self.pages[document_id])
            if document_id in self.records
            else IndexDocument(id=document_id, group=document_id)
            for document_id in self.ids
        ]

    def write_to(self, new: PartWriter | Rebuild, analyzer: Analyzer) -> int:
        """Write the documents that have pages to a new index; return how many."""
        with garbage_waits():
            documents = [document for document in self.index(analyzer) if document.pages]
            new.write(documents)
            return len(documents)


def read(session: Session, document_ids: Sequence[str]) -> CatalogueState:
    """Read documents in the order given, as many as make a batch, at least one where any is given."""
    all_records = records.records(session, document_ids)
    counts = [
        all_records[document_id].document.version.page_count if document_id in all_records else 0
        for document_id in document_ids
    ]
    room = sum(total <= PAGES_PER_BATCH for total in accumulate(counts))
    batch = tuple(document_ids[: max(1, room)])
    of_batch = {document_id: all_records[document_id] for document_id in batch if document_id in all_records}
    pages_of = {
        document_id: pages.pages(session, record.document.version.id)
        for document_id, record in of_batch.items()
    }
    return CatalogueState(batch, of_batch, pages_of, regions.all_regions(session))
