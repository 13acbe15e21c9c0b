"""Contract: replacing, removing, watermarks, failures, rebuilds and reopening."""

from collections.abc import Callable

import pytest

from archive.analysis.analyzer import Token
from archive.errors import IndexUnusable
from archive.index.documents import Batch, IndexDocument, IndexPage
from archive.index.engine import SearchEngine
from archive.index.query import MatchAll, Term
from archive.index.schema import TextField
from tests.index.index_documents import ask, document, documents_found, found, mark, page, tokens, write

TEXT = TextField.TEXT
Reopen = Callable[[], SearchEngine]


def word(term: str) -> Term:
    return Term(TEXT, term)


def _unusable_documents() -> list[IndexDocument]:
    surrogate = [Token("\ud800", 0, 0, 1)]
    return [
        document("x", page(1, "nytt"), page(1, "två gånger samma nummer")),
        IndexDocument("x", "x", [page(1, "nytt"), IndexPage(2, 0, {TEXT: surrogate})]),
        IndexDocument("x", "x", [page(1, "nytt"), IndexPage(2, 0, {TEXT: [Token("", 0, 0, 0)]})]),
        IndexDocument("x", "x", [page(1, "nytt"), IndexPage(2, 0, {TEXT: [Token("a", -1, 0, 1)]})]),
        IndexDocument("x", "x", [page(1, "nytt"), IndexPage(2, -1, {TEXT: tokens("a")})]),
        IndexDocument("", "x", [page(1, "nytt")]),
        document("x", page(1, "nytt"), date="i går"),
    ]


class WritingContract:
    def test_new_engine_has_no_watermark(self, engine: SearchEngine) -> None:
        assert engine.watermark() is None
        engine.check()

    def test_watermark_comes_with_the_batch(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog"), seq=7)
        assert engine.watermark() == mark(7)
        engine.check()

    def test_watermark_is_no_page(self, engine: SearchEngine) -> None:
        write(engine, seq=3)
        assert engine.watermark() == mark(3)
        assert engine.counts() == (0, 0)
        assert ask(engine, MatchAll(), max_rank=2).total_pages == 0

    def test_document_is_replaced_whole(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog", "sjö", "berg", group="talk"), document("b", "skog"))
        write(engine, document("a", "vik", group="other"))
        assert found(engine, MatchAll()) == {("a", 1), ("b", 1)}
        assert documents_found(engine, word("skog")) == "b"
        assert [group.group for group in ask(engine, word("vik")).groups] == ["other"]

    def test_document_replaced_again_and_again(self, engine: SearchEngine) -> None:
        for version in range(12):
            write(engine, document("a", f"version{version}", "sidan"))
        assert found(engine, word("version11")) == {("a", 1)}
        assert found(engine, word("version10")) == set()
        assert engine.counts() == (1, 2)

    def test_document_without_pages_leaves(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog"), document("b", "skog"))
        write(engine, document("a"))
        assert documents_found(engine, word("skog")) == "b"
        assert engine.counts() == (1, 1)

    def test_removing_what_is_not_there_does_no_harm(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog"))
        write(engine, document("z"))
        assert documents_found(engine, MatchAll()) == "a"

    def test_removed_document_may_come_back(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog"))
        write(engine, document("a"))
        write(engine, document("a", "sjö"))
        assert documents_found(engine, word("sjö")) == "a"
        assert documents_found(engine, word("skog")) == ""

    def test_last_of_a_document_twice_in_a_batch_holds(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog"), document("b", "sjö"), document("a", "berg", "vik"))
        assert engine.counts() == (2, 3)
        assert documents_found(engine, word("skog")) == ""
        assert documents_found(engine, word("berg")) == "a"

    def test_identifiers_are_taken_literally(self, engine: SearchEngine) -> None:
        write(engine, document("a b", "skog"), document("A B", "skog"), document("a", "skog"))
        write(engine, document("a b"))
        assert documents_found(engine, word("skog")) == "A B a"

    def test_batch_written_again_changes_nothing(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog"), seq=5)
        write(engine, document("a", "sjö"), seq=5)
        assert documents_found(engine, word("skog")) == "a"
        assert engine.watermark() == mark(5)

    def test_late_batch_changes_nothing(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog"), seq=5)
        write(engine, document("a", "sjö"), document("b", "sjö"), seq=4)
        assert documents_found(engine, MatchAll()) == "a"
        assert engine.watermark() == mark(5)

    @pytest.mark.parametrize("seq", [1, 5, 9])
    def test_other_epoch_is_refused(self, engine: SearchEngine, seq: int) -> None:
        write(engine, document("a", "skog"), seq=5)
        with pytest.raises(IndexUnusable):
            engine.write(Batch([document("b", "sjö")], mark(seq, epoch="epoch-2")))
        assert documents_found(engine, MatchAll()) == "a"
        assert engine.watermark() == mark(5)

    def test_other_fingerprint_is_refused(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog"), seq=5)
        with pytest.raises(IndexUnusable):
            engine.write(Batch([document("b", "sjö")], mark(6, fingerprint="other")))
        assert engine.watermark() == mark(5)

    @pytest.mark.parametrize("nth", range(len(_unusable_documents())))
    def test_failed_batch_leaves_the_old_state(self, engine: SearchEngine, reopen: Reopen, nth: int) -> None:
        write(engine, document("a", "skog"), seq=1)
        with pytest.raises(IndexUnusable):
            engine.write(Batch([document("a", "sjö"), _unusable_documents()[nth]], mark(2)))
        for one in (engine, reopen()):
            assert documents_found(one, MatchAll()) == "a"
            assert documents_found(one, word("skog")) == "a"
            assert documents_found(one, word("nytt")) == ""
            assert one.watermark() == mark(1)
        write(engine, document("c", "berg"), seq=2)
        assert documents_found(engine, MatchAll()) == "a c"
        engine.check()

    def test_failed_first_batch_leaves_nothing(self, engine: SearchEngine) -> None:
        with pytest.raises(IndexUnusable):
            engine.write(Batch([_unusable_documents()[0]], mark(1)))
        assert engine.watermark() is None
        assert engine.counts() == (0, 0)

    def test_all_is_there_after_reopening(self, engine: SearchEngine, reopen: Reopen) -> None:
        write(engine, document("a", "skog", page(2, "sjö", rank=2), group="talk", year="2019"), seq=3)
        write(engine, document("b", "skog"), document("c", "skog"), seq=4)
        write(engine, document("b"), seq=5)
        again = reopen()
        assert again.watermark() == mark(5)
        assert again.counts() == (2, 3)
        assert found(again, word("skog")) == {("a", 1), ("c", 1)}
        again.check()

    def test_second_engine_sees_each_commit(self, engine: SearchEngine, reopen: Reopen) -> None:
        write(engine, document("a", "skog"))
        other = reopen()
        assert documents_found(other, MatchAll()) == "a"
        for name in "bcdefghijklm":
            write(engine, document(name, "skog"))
            assert documents_found(other, MatchAll()) == documents_found(engine, MatchAll())
            assert documents_found(other, MatchAll()).endswith(name)

    def test_closing_twice_does_no_harm(self, engine: SearchEngine) -> None:
        write(engine, document("a", "skog"))
        engine.close()
        engine.close()
