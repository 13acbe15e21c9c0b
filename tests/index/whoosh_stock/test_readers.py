"""Readers of the stock engine outlive what they read, and go when they are not needed."""

from pathlib import Path

import pytest

from archive.index.query import MatchAll, Term
from archive.index.schema import TextField
from archive.index.whoosh_stock.engine import WhooshStockEngine
from archive.index.whoosh_stock.segments import Segment
from tests.index.building import ask, document, documents_found, mark, write

SKOG = Term(TextField.TEXT, "skog")


def _rebuild(engine: WhooshStockEngine, name: str, seq: int) -> None:
    with engine.rebuild() as rebuild:
        rebuild.write([document(name, "skog")])
        rebuild.publish(mark(seq))


def test_search_under_way_ends_on_the_old_generation(engine: WhooshStockEngine) -> None:
    write(engine, document("a", "skog"), document("b", "skog"))
    snapshot = engine._snapshots.newest()
    assert snapshot is not None
    with snapshot.leaves() as leaves:
        _rebuild(engine, "c", 2)
        assert documents_found(engine, MatchAll()) == "c"
        terms = [term for leaf in leaves for _, term in leaf.reader.all_terms()]
        assert b"skog" in terms
        assert all(list(leaf.reader.postings("text", "skog").all_ids()) for leaf in leaves)
    assert all(leaf.reader.is_closed for leaf in leaves)


def test_readers_are_closed_when_their_state_is_replaced(engine: WhooshStockEngine, folder: Path) -> None:
    def mapped() -> int:
        return sum(str(folder) in line for line in Path("/proc/self/maps").read_text().splitlines())

    for version in range(10):
        write(engine, document("a", f"skog v{version}"))
        ask(engine, SKOG)
    held = mapped()
    assert held <= 2
    engine.close()
    assert mapped() == 0


def test_file_that_vanishes_while_opening_is_asked_for_again(
    engine: WhooshStockEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when another process commits between reading the table of contents and opening a segment."""
    write(engine, document("a", "skog"))
    reader = WhooshStockEngine(folder)
    real = Segment.take_reader
    writes = iter(["b", "c"])

    def take(segment: Segment) -> object:
        name = next(writes, None)
        if name:
            with engine.rebuild() as rebuild:
                rebuild.write([document(name, "skog")])
                monkeypatch.setattr(Segment, "take_reader", real)
                rebuild.publish(mark(5))
                monkeypatch.setattr(Segment, "take_reader", take)
        return real(segment)

    monkeypatch.setattr(Segment, "take_reader", take)
    assert documents_found(reader, MatchAll()) == "c"
    reader.close()
