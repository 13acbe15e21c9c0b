"""Contract: much, long and empty input is answered from, or refused with nothing lost."""

import pytest

from archive.analysis.analyzer import Token
from archive.errors import IndexUnusable
from archive.index.documents import Batch, IndexDocument, IndexPage
from archive.index.engine import SearchEngine
from archive.index.query import MatchAll, Term, TermPhrase, TermPrefix
from archive.index.schema import Facet, TextField
from tests.index.index_documents import ask, counted, document, documents_found, mark, write

EXACT = TextField.EXACT


def spoken_by(name: str, start: int, end: int) -> IndexDocument:
    """Return a document of one page with the speakers `start` … `end`."""
    speakers = [f"v{number:07}" for number in range(start, end)]
    return IndexDocument(name, name, [IndexPage(1, 0, {})], {Facet.SPEAKER: speakers})


class LimitsContract:
    many_values = 20_000
    """How many different facet values are counted; a million take more room and time, and no other code."""

    @pytest.mark.parametrize(
        "token",
        [Token("x" * 65_536, 0, 0, 1), Token("skog", 2**31, 0, 1), Token("skog", 2**40, 0, 1)],
        ids=["a term of 64 KB", "position 2^31", "position 2^40"],
    )
    def test_what_no_index_holds_is_refused(self, engine: SearchEngine, token: Token) -> None:
        write(engine, document("a", "skog"))
        bad = IndexDocument("b", "b", [IndexPage(1, 0, {EXACT: [Token("nytt", 0, 0, 1), token]})])
        with pytest.raises(IndexUnusable, match="'b' cannot be indexed"):
            engine.write(Batch([document("c", "berg"), bad], mark(2)))
        assert documents_found(engine, MatchAll()) == "a"
        assert engine.watermark() == mark(1)

    def test_highest_position_is_kept(self, engine: SearchEngine) -> None:
        last = 2**31 - 1
        tokens = [Token("grön", last - 1, 0, 1), Token("skog", last, 0, 1)]
        write(engine, IndexDocument("b", "b", [IndexPage(1, 0, {EXACT: tokens})]))
        assert documents_found(engine, TermPhrase(EXACT, ("grön", "skog"))) == "b"
        assert documents_found(engine, TermPhrase(EXACT, ("skog", "grön"))) == ""

    def test_field_without_words_is_no_field(self, engine: SearchEngine) -> None:
        write(engine, IndexDocument("a", "a", [IndexPage(1, 0, {EXACT: [], TextField.TITLE: []})]))
        write(engine, document("b", "skog"))
        for query in (Term(EXACT, "skog"), TermPhrase(EXACT, ("skog",)), TermPrefix(EXACT, "s")):
            assert documents_found(engine, query) == "b"
        assert documents_found(engine, Term(TextField.TITLE, "skog")) == ""
        assert documents_found(engine, TermPrefix(TextField.TITLE, "")) == ""
        assert documents_found(engine, MatchAll()) == "a b"

    def test_very_many_values_of_a_facet_are_counted(self, engine: SearchEngine) -> None:
        half = self.many_values // 2
        write(engine, spoken_by("a", 0, half + 1), spoken_by("b", half, self.many_values))
        write(engine, spoken_by("c", 7, 8))
        answer = ask(engine, MatchAll(), facets=[Facet.SPEAKER], facet_limit=4)
        twice = [("v0000007", 2, 2), (f"v{half:07}", 2, 2)]
        assert counted(answer, Facet.SPEAKER) == [*twice, ("v0000000", 1, 1), ("v0000001", 1, 1)]
        chosen = {Facet.SPEAKER: (f"v{self.many_values - 1:07}",)}
        assert ask(engine, MatchAll(), filters=chosen).total_pages == 1
