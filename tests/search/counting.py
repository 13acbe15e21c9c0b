"""An archive that counts what its engine and its analyser are asked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from archive.analysis.swedish import SwedishAnalyzer
from archive.app import Archive
from archive.index.query import Query
from archive.index.search import Scope, SearchAnswer, SearchRequest
from archive.index.whoosh.engine import WhooshEngine
from archive.index.whoosh.searcher.statistics import SnapshotVocabulary
from archive.search.service import SearchService


class CountingEngine(WhooshEngine):
    """Counts searches, and how often its words are asked for."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self.searches = 0
        self.vocabularies = 0

    def search(self, request: SearchRequest) -> SearchAnswer:
        self.searches += 1
        return super().search(request)

    def matching_pages(self, tree: Query, scope: Scope, document: str) -> tuple[int, ...]:
        self.searches += 1
        return super().matching_pages(tree, scope, document)

    def vocabulary(self, max_rank: int) -> SnapshotVocabulary:
        self.vocabularies += 1
        return super().vocabulary(max_rank)


class CountingAnalyzer(SwedishAnalyzer):
    """Counts how often each word of a question is read."""

    def __init__(self, analyzer: SwedishAnalyzer) -> None:
        super().__init__(analyzer.lexicon, analyzer.splitter)
        self.words: Counter[str] = Counter()

    def query_terms(self, word: str) -> Sequence[tuple[str, float]]:
        self.words[word] += 1
        return super().query_terms(word)


def counting(archive: Archive) -> tuple[Archive, CountingEngine, CountingAnalyzer]:
    """Return the same archive with what it is asked counted."""
    engine = CountingEngine(archive.settings.data / "index")
    analyzer = CountingAnalyzer(archive.analyzer)
    search = SearchService(archive.database, engine, analyzer, archive.settings.search)
    return replace(archive, engine=engine, analyzer=analyzer, search=search), engine, analyzer
