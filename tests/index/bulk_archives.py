"""Archives whose index is made anew by several processes."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
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
from tests.memory_disk import temporary_root

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


def copy_filled(folder: Path) -> None:
    """Put an archive into a folder that was filled and indexed, for `opened`; this process fills one once."""
    shutil.copytree(_filled_once(), folder, symlinks=True, dirs_exist_ok=True)


@cache
def _filled_once() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="archive-bulk-", dir=temporary_root()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with opened(folder, 1) as archive:
        fill(archive)
        archive.indexer.catch_up()
    return folder


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
