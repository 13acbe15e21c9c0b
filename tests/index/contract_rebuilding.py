"""Contract: a new index beside the one that is searched."""

from collections.abc import Callable, Iterator

import pytest

from archive.errors import IndexUnusable
from archive.index.documents import IndexDocument
from archive.index.engine import SearchEngine
from archive.index.query import MatchAll, Query, Term
from archive.index.schema import TextField
from tests.index.index_documents import ask, document, documents_found, found, mark, page, write

Reopen = Callable[[], SearchEngine]


def word(term: str) -> Term:
    return Term(TextField.TEXT, term)


def _broken_off() -> Iterator[IndexDocument]:
    yield document("b", "skog")
    raise KeyError


class RebuildContract:
    def test_rebuild_takes_the_place_of_the_old(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog"), document("b", "skog"))
        with engine.rebuild() as rebuild:
            rebuild.write([document("b", "sjö"), document("c", "sjö")])
            rebuild.write([document("d", "sjö", "berg")])
            rebuild.publish(mark(9, epoch="epoch-2", fingerprint="new"))
        assert engine.watermark() == mark(9, epoch="epoch-2", fingerprint="new")
        assert documents_found(engine, MatchAll()) == "b c d"
        assert documents_found(engine, word("skog")) == ""
        assert engine.counts() == (3, 4)
        engine.check()

    def test_rebuild_from_nothing(self, engine: SearchEngine, reopen: Reopen) -> None:
        with engine.rebuild() as rebuild:
            rebuild.write([document("a", "skog")])
            rebuild.publish(mark(2))
        assert documents_found(reopen(), MatchAll()) == "a"

    def test_empty_rebuild_empties(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog"))
        with engine.rebuild() as rebuild:
            rebuild.publish(mark(4))
        assert engine.counts() == (0, 0)
        assert engine.watermark() == mark(4)
        assert ask(engine, MatchAll()).total_pages == 0

    def test_searches_see_the_old_until_it_is_published(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog"))
        with engine.rebuild() as rebuild:
            rebuild.write([document("b", "skog")])
            assert documents_found(engine, word("skog")) == "a"
            assert engine.watermark() == mark(1)
            rebuild.publish(mark(2))
            assert documents_found(engine, word("skog")) == "b"

    def test_unpublished_rebuild_is_dropped(self, engine: SearchEngine, reopen: Reopen) -> None:
        write(engine, document("a", "skog"))
        with engine.rebuild() as rebuild:
            rebuild.write([document("b", "skog")])
        for one in (engine, reopen()):
            assert documents_found(one, MatchAll()) == "a"
            assert one.watermark() == mark(1)

    def test_broken_off_rebuild_is_dropped(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog"))
        with pytest.raises(KeyError), engine.rebuild() as rebuild:
            rebuild.write(list(_broken_off()))
        assert documents_found(engine, MatchAll()) == "a"
        write(engine, document("c", "skog"))
        assert documents_found(engine, MatchAll()) == "a c"

    def test_unusable_document_breaks_off_a_rebuild(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog"))
        with pytest.raises(IndexUnusable), engine.rebuild() as rebuild:
            rebuild.write([document("b", "skog"), document("c", page(1, "ett"), page(1, "samma nummer"))])
        assert documents_found(engine, MatchAll()) == "a"

    def test_batches_go_on_after_a_rebuild(self, engine: SearchEngine) -> None:
        with engine.rebuild() as rebuild:
            rebuild.write([document("a", "skog"), document("b", "skog")])
            rebuild.publish(mark(10))
        write(engine, document("c", "skog"), seq=10)
        assert documents_found(engine, MatchAll()) == "a b"
        write(engine, document("a", "sjö"), document("b"), seq=11)
        assert documents_found(engine, MatchAll()) == "a"

    def test_second_engine_sees_a_rebuild(self, engine: SearchEngine, reopen: Reopen) -> None:
        write(engine, document("a", "skog"))
        other = reopen()
        assert documents_found(other, MatchAll()) == "a"
        for name in "bcd":
            with engine.rebuild() as rebuild:
                rebuild.write([document(name, "skog")])
                rebuild.publish(mark(5))
            assert documents_found(other, MatchAll()) == name

    def test_rebuilt_and_grown_indexes_agree(self, engine: SearchEngine) -> None:
        documents = [document(f"d{n}", f"skog ord{n % 5}", f"sjö ord{n % 3}", year=str(n)) for n in range(12)]
        for one in documents:
            write(engine, one)
        queries: list[Query] = [word("skog"), word("ord1"), MatchAll(), Term(TextField.EXACT, "ord2")]
        grown = [found(engine, query) for query in queries]
        with engine.rebuild() as rebuild:
            rebuild.write(documents)
            rebuild.publish(mark(99))
        assert [found(engine, query) for query in queries] == grown
