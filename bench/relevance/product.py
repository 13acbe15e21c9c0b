"""The archive's own search over a collection: its analysis, expansion, ranking and Whoosh engine."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from archive.analysis.swedish import SwedishAnalyzer
from archive.catalogue.records import CatalogueRecord
from archive.index.document_indexer import DocumentIndexer
from archive.index.documents import IndexDocument, Watermark
from archive.index.engine import SearchEngine
from archive.index.engines import open_engine
from archive.index.query import MatchAll, Query
from archive.index.schema import Facet, TextField
from archive.index.search import SearchAnswer, SearchRequest
from archive.model.documents import Document, DocumentKind, Original, Version
from archive.model.pages import Block, BlockField, Page, Paragraph
from archive.query.compile import compile_query
from archive.query.parser import parse_query
from archive.query.query_expansion import Expander
from archive.query.word_reader import read_words
from archive.search.matching_strategy import ask
from archive.settings.opensearch import OpenSearchSettings
from bench.relevance.sets import Text

_BATCH = 500
_MADE_AT = datetime(2020, 1, 1, tzinfo=UTC)


class Product:
    """One collection in an index of its own, each document a page."""

    name = "archive"

    def __init__(
        self,
        texts: Sequence[Text],
        analyzer: SwedishAnalyzer,
        folder: Path,
        opensearch: OpenSearchSettings | None = None,
    ) -> None:
        """Fill the engine built in, or the one on OpenSearch where its settings are given."""
        self._analyzer = analyzer
        self._engine = _filled(texts, analyzer, folder, opensearch)
        self.expander = Expander(analyzer, analyzer.lexicon, self._engine.vocabulary(0))

    def ranked(self, question: str, depth: int) -> list[str]:
        """Return the documents found, the best first."""
        return [group.group for group in self.answer(question, depth).groups]

    def answer(self, question: str, depth: int, facets: Sequence[Facet] = ()) -> SearchAnswer:
        """Return the answer to a question, with so many groups."""
        query = parse_query(question)
        readings = read_words(query, self._analyzer, self.expander)
        compiled = compile_query(query, readings, notes=False)
        request = SearchRequest(MatchAll(), limit=depth, best=3, facets=facets)
        return ask(self._engine, compiled, request).answer

    def meeting(self, query: Query, depth: int) -> list[str]:
        """Return the documents that meet a query of index terms, the best first."""
        found = self._engine.search(SearchRequest(query, limit=depth, best=1))
        return [group.group for group in found.groups]

    def words(self, field: TextField) -> Iterator[tuple[str, int]]:
        """Yield the index's words with their frequencies."""
        return self._engine.vocabulary(0).terms(field)

    def close(self) -> None:
        """Let go of the index."""
        self._engine.close()


def _filled(
    texts: Sequence[Text], analyzer: SwedishAnalyzer, folder: Path, opensearch: OpenSearchSettings | None
) -> SearchEngine:
    shutil.rmtree(folder, ignore_errors=True)
    engine = open_engine("opensearch" if opensearch else "whoosh", folder, opensearch)
    with engine.rebuild() as rebuild:
        for chunk in _batches(texts):
            rebuild.write([_indexed(DocumentIndexer(analyzer, ()), text) for text in chunk])
        rebuild.publish(Watermark("relevance", 1, analyzer.fingerprint))
    return engine


def _batches(texts: Sequence[Text]) -> Iterator[Sequence[Text]]:
    for start in range(0, len(texts), _BATCH):
        yield texts[start : start + _BATCH]


def _indexed(indexer: DocumentIndexer, text: Text) -> IndexDocument:
    # Without a name: the identifiers of a collection are no words that anybody gave its texts.
    version = Version(text.id, 1, "", Original("", 0, "text/plain"), _MADE_AT, page_count=1)
    document = Document(text.id, DocumentKind.REPORT, "", version, language="sv")
    blocks = [Block(BlockField.TITLE, (Paragraph(text.title),))] if text.title else []
    blocks.append(Block(BlockField.BODY, tuple(Paragraph(line) for line in text.body.splitlines())))
    page = Page(1, tuple(blocks), language=text.language)
    return indexer.index_document(CatalogueRecord(document, 0), [page])
