"""Archives whose index is made anew by several processes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from archive.app import Archive, open_archive
from archive.catalogue import documents
from archive.index.bulk import Bulk
from archive.index.indexer import Indexer
from archive.index.query import AnyOf, MatchAll, Query, Term, TermPhrase, TermPrefix
from archive.index.schema import Facet, TextField
from archive.index.search import Scope, SearchRequest
from archive.settings.opensearch import OpenSearchSettings
from archive.settings.settings import Settings
from tests.filled_archive import add

DOCUMENTS = 60
QUERIES: list[Query] = [
    MatchAll(),
    Term(TextField.EXACT, "sökord"),
    AnyOf((Term(TextField.EXACT, "ord7"), Term(TextField.TITLE, "ord3"), Term(TextField.TEXT, "skog"))),
    TermPhrase(TextField.EXACT, ("grön", "skog")),
    TermPrefix(TextField.EXACT, "ord"),
]


@contextmanager
def opened(
    folder: Path, processes: int, opensearch: OpenSearchSettings | None = None, documents_per_turn: int = 4
) -> Iterator[Archive]:
    """Open an archive whose new indexes are made by so many processes, some documents at a time."""
    settings = Settings(data=folder / "data", index_processes=processes)
    if opensearch is not None:
        search = settings.search.model_copy(update={"engine": "opensearch"})
        settings = settings.model_copy(update={"search": search, "opensearch": opensearch})
    url = f"sqlite:///{(settings.data / 'catalogue.db').resolve()}"
    bulk = Bulk(
        url, settings.text, settings.search.engine, processes, settings.opensearch, documents_per_turn
    )
    with open_archive(settings) as archive:
        yield replace(archive, indexer=Indexer(archive.database, archive.engine, archive.analyzer, bulk))


def fill(archive: Archive, count: int = DOCUMENTS) -> None:
    """Add documents with words, one without and a withdrawn one."""
    for n in range(count):
        words = [f"sökord ord{n} ord{n % 7} {'grön skog ' * (n % 4)}" for _ in range(1 + n % 5)]
        add(archive, f"nummer {n}", *words)
    add(archive, "tom")
    withdrawn = add(archive, "borta", "sökord")
    with archive.database.write() as session:
        documents.withdraw(session, withdrawn, "test")


def answers(archive: Archive) -> list[object]:
    """Return the answers to all queries."""
    requests = [SearchRequest(query, Scope(max_rank=2), limit=1000, facets=tuple(Facet)) for query in QUERIES]
    return [archive.engine.search(request) for request in requests]
