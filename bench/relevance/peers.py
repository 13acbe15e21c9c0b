"""Other ways to search the same collections: SQLite FTS5, Whoosh's own Swedish analyser, Tantivy's."""

import re
import sqlite3
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any, Protocol

from bench.relevance.sets import Text

_WORD = re.compile(r"[^\W_]+")


class Ranker(Protocol):
    """Something that ranks the documents of one collection."""

    @property
    def name(self) -> str:
        """Return what the table calls it."""
        ...

    def ranked(self, query: str, depth: int) -> list[str]:
        """Return the documents found, the best first."""
        ...


class Fts5:
    """SQLite's FTS5, any of the words, ranked by its BM25."""

    def __init__(self, texts: Sequence[Text], tokenizer: str, name: str) -> None:
        self.name = name
        self._is_trigram = "trigram" in tokenizer
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            f'CREATE VIRTUAL TABLE page USING fts5(id UNINDEXED, words, tokenize="{tokenizer}")'
        )
        rows = ((text.id, f"{text.title}\n{text.body}") for text in texts)
        self._database.executemany("INSERT INTO page VALUES (?, ?)", rows)

    def ranked(self, query: str, depth: int) -> list[str]:
        words = [word for word in _WORD.findall(query) if len(word) >= (3 if self._is_trigram else 1)]
        if not words:
            return []
        parsed = " OR ".join(f'"{word}"' for word in words)
        rows = self._database.execute(
            "SELECT id FROM page WHERE page MATCH ? ORDER BY rank LIMIT ?", (parsed, depth)
        )
        return [document for (document,) in rows]


class StockWhoosh:
    """Whoosh as it comes, with its Swedish analyser, any of the words."""

    name = "whoosh sv"

    def __init__(self, texts: Sequence[Text]) -> None:
        from whoosh import analysis, fields, qparser
        from whoosh.filedb.filestore import RamStorage

        schema = fields.Schema(
            id=fields.ID(stored=True), words=fields.TEXT(analyzer=analysis.LanguageAnalyzer("sv"))
        )
        index = RamStorage().create_index(schema)
        writer = index.writer(limitmb=512)
        for text in texts:
            writer.add_document(id=text.id, words=f"{text.title}\n{text.body}")
        writer.commit()
        self._searcher: Any = index.searcher()
        self._parser = qparser.QueryParser("words", schema, plugins=[], group=qparser.OrGroup)

    def ranked(self, query: str, depth: int) -> list[str]:
        parsed = self._parser.parse(" ".join(_WORD.findall(query)))
        return [hit["id"] for hit in self._searcher.search(parsed, limit=depth)]


class Tantivy:
    """Tantivy with its Swedish stemmer, any of the words."""

    name = "tantivy sv"

    def __init__(self, texts: Sequence[Text]) -> None:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("words", tokenizer_name="swedish")
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        analyzer = analyzer.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.stemmer("swedish"))
        self._index = tantivy.Index(builder.build())
        self._index.register_tokenizer("swedish", analyzer.build())
        writer = self._index.writer()
        for text in texts:
            writer.add_document(tantivy.Document(id=text.id, words=f"{text.title}\n{text.body}"))
        writer.commit()
        self._index.reload()

    def ranked(self, query: str, depth: int) -> list[str]:
        searcher = self._index.searcher()
        parsed = self._index.parse_query(" ".join(_WORD.findall(query)), ["words"])
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(parsed, depth).hits]


def peers() -> list[Callable[[Sequence[Text]], Ranker]]:
    """Return what makes each peer that is installed."""
    rankers: list[Callable[[Sequence[Text]], Ranker]] = [
        lambda texts: Fts5(texts, "unicode61", "fts5 unicode61"),
        lambda texts: Fts5(texts, "trigram", "fts5 trigram"),
        StockWhoosh,
    ]
    return [*rankers, Tantivy] if find_spec("tantivy") else rankers
