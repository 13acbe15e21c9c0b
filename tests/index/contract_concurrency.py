"""Contract: searches from several threads while documents are written and indexes swapped."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from archive.index.documents import IndexDocument
from archive.index.engine import SearchEngine
from archive.index.query import MatchAll, Term
from archive.index.schema import Facet, TextField
from tests.index.index_documents import ask, document, mark, write

_SEARCHERS = 3
_SKOG = Term(TextField.EXACT, "skog")


class ConcurrencyContract:
    batches = 20
    """How many batches are written while others search."""
    rebuilds = 6

    def test_searches_never_see_half_a_batch(self, engine: SearchEngine) -> None:
        def change() -> None:
            for version in range(2, 2 + self.batches):
                write(engine, *_state(version), seq=version)

        write(engine, *_state(1), seq=1)
        _search_during(engine, change)
        assert _years(engine) == [str(1 + self.batches)]

    def test_searches_never_see_half_a_rebuild(self, engine: SearchEngine) -> None:
        def change() -> None:
            for version in range(2, 2 + self.rebuilds):
                with engine.rebuild() as rebuild:
                    for one in _state(version):
                        rebuild.write([one])
                    rebuild.publish(mark(version))

        write(engine, *_state(1), seq=1)
        _search_during(engine, change)
        assert _years(engine) == [str(1 + self.rebuilds)]

    def test_answers_in_many_threads_are_those_of_one(self, engine: SearchEngine) -> None:
        write(engine, *[document(f"d{n}", *[f"skog t{n % 7} u{p}" for p in range(5)]) for n in range(60)])
        queries = [Term(TextField.EXACT, f"{kind}{n}") for kind in "tu" for n in range(7)] + [_SKOG]
        expected = [ask(engine, query, limit=100) for query in queries]
        with ThreadPoolExecutor(4) as pool:
            rounds = [
                pool.submit(lambda: [ask(engine, query, limit=100) for query in queries]) for _ in range(8)
            ]
            assert all(one.result() == expected for one in rounds)


def _years(engine: SearchEngine) -> list[str]:
    return [one.value for one in ask(engine, MatchAll(), facets=[Facet.YEAR]).facets[Facet.YEAR]]


def _state(version: int) -> list[IndexDocument]:
    """Return two documents of three pages that belong together: their year is the version."""
    return [document(name, "skog ett", "skog två", f"skog v{version}", year=str(version)) for name in "ab"]


def _search_during(engine: SearchEngine, change: Callable[[], None]) -> None:
    """Search in several threads until `change` is done; every answer must be of one version, whole."""
    finished = Event()

    def search() -> int:
        searches = 0
        while not finished.is_set() or not searches:
            answer = ask(engine, _SKOG, facets=[Facet.YEAR])
            versions = [(one.groups, one.pages) for one in answer.facets[Facet.YEAR]]
            assert versions == [(2, 6)]
            assert (answer.total_groups, answer.total_pages) == (2, 6)
            searches += 1
        return searches

    with ThreadPoolExecutor(_SEARCHERS) as pool:
        searchers = [pool.submit(search) for _ in range(_SEARCHERS)]
        try:
            change()
        finally:
            finished.set()
        assert all(one.result() for one in searchers)
