"""Other search engines, each with the best it has for Swedish by itself, on the same texts and questions."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from whoosh import fields, index
from whoosh.analysis import LanguageAnalyzer
from whoosh.query import Or, Term
from whoosh.scoring import BM25F

Texts = Sequence[tuple[str, str]]
"""Documents: identifier and text."""

_WORD = re.compile(r"[^\W_]+")


class Ranker(Protocol):
    """An engine filled with one collection."""

    name: str

    def ranked(self, query: str, depth: int) -> list[str]:
        """Return the documents found, the best first."""
        ...


class Fts5:
    """SQLite's full-text index with one of its tokenizers; any of the words, best first by BM25."""

    def __init__(self, texts: Texts, tokenizer: str) -> None:
        self.name = f"fts5-{tokenizer.split()[0]}"
        self._least_chars = 3 if tokenizer == "trigram" else 1
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            f"CREATE VIRTUAL TABLE page USING fts5(id UNINDEXED, text, tokenize='{tokenizer}')"
        )
        self._database.executemany("INSERT INTO page(id, text) VALUES(?, ?)", texts)

    def ranked(self, query: str, depth: int) -> list[str]:
        words = [f'"{word}"' for word in _WORD.findall(query) if len(word) >= self._least_chars]
        if not words:
            return []
        rows = self._database.execute(
            "SELECT id FROM page WHERE page MATCH ? ORDER BY rank LIMIT ?", (" OR ".join(words), depth)
        )
        return [row[0] for row in rows]


class WhooshOwn:
    """Whoosh with its own analyser for Swedish (stop words and Snowball)."""

    name = "whoosh-sv"

    def __init__(self, texts: Texts, folder: Path) -> None:
        folder.mkdir(parents=True)
        analyzer = LanguageAnalyzer("sv", cachesize=None)
        self._analyzer = analyzer
        schema = fields.Schema(id=fields.ID(stored=True), text=fields.TEXT(analyzer=analyzer, phrase=False))
        filled = index.create_in(str(folder), schema)
        writer = filled.writer(limitmb=256)
        for identifier, text in texts:
            writer.add_document(id=identifier, text=text)
        writer.commit()
        self._searcher: Any = filled.searcher(weighting=BM25F())

    def ranked(self, query: str, depth: int) -> list[str]:
        terms = dict.fromkeys(token.text for token in self._analyzer(query, mode="query"))
        found = self._searcher.search(Or([Term("text", term) for term in terms]), limit=depth)
        return [hit["id"] for hit in found]


class Tantivy:
    """Tantivy with its Swedish stemmer. Raises ImportError where it is not installed."""

    name = "tantivy-sv"

    def __init__(self, texts: Texts, folder: Path) -> None:
        import tantivy

        folder.mkdir(parents=True)
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw")
        schema.add_text_field("text", tokenizer_name="swedish")
        self._index = tantivy.Index(schema.build(), path=str(folder))
        analyzer = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.stopword("swedish"))
            .filter(tantivy.Filter.stemmer("swedish"))
            .build()
        )
        self._index.register_tokenizer("swedish", analyzer)
        writer = self._index.writer()
        for identifier, text in texts:
            writer.add_document(tantivy.Document(id=[identifier], text=[text]))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def ranked(self, query: str, depth: int) -> list[str]:
        words = " ".join(_WORD.findall(query.lower()))
        searcher = self._index.searcher()
        hits = searcher.search(self._index.parse_query(words, ["text"]), depth).hits if words else []
        return [searcher.doc(address)["id"][0] for _, address in hits]


def peers(texts: Texts, folder: Path) -> Iterator[Ranker]:
    """Yield each peer that is installed, filled with the texts; its files lie in a folder."""
    yield Fts5(texts, "unicode61")
    yield Fts5(texts, "trigram")
    yield WhooshOwn(texts, folder / "whoosh")
    with suppress(ImportError):
        yield Tantivy(texts, folder / "tantivy")
