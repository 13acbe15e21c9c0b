"""Bad and extreme input: a clear error or an answer, and nothing lost."""

import signal
from contextlib import closing
from pathlib import Path

import pytest

from archive.analysis.analyzer import Token
from archive.disk.durable_files import sha256_of_file
from archive.errors import IndexOutdated, IndexUnusable
from archive.index.documents import Batch, IndexDocument, IndexPage
from archive.index.engine import SearchEngine
from archive.index.engines import open_engine
from archive.index.query import MatchAll, Term, TermPhrase, TermPrefix
from archive.index.schema import Facet, TextField
from archive.index.validation import MAX_POSITION, MAX_TERM_BYTES
from archive.index.whoosh.directory.storage import digest_path
from archive.index.whoosh.engine import WhooshEngine
from tests.forked import Forked
from tests.index.index_documents import ask, counted, document, documents_found, mark, write
from tests.index.stock_whoosh.engine import StockWhooshEngine
from tests.waiting import let_run

EXACT = TextField.EXACT


def _with_tokens(*tokens: Token) -> IndexDocument:
    return IndexDocument("b", "b", [IndexPage(1, 0, {EXACT: tokens})])


@pytest.mark.parametrize(
    "token",
    [
        Token("x" * 65_536, 0, 0, 1),
        Token("x" * (MAX_TERM_BYTES + 1), 0, 0, 1),
        Token("", 0, 0, 0),
        Token("\ud800", 0, 0, 1),
        Token("skog", MAX_POSITION + 1, 0, 1),
        Token("skog", 2**40, 0, 1),
        Token("skog", -1, 0, 1),
        Token("skog", 0, 0, 1, boost=0.0),
        Token("skog", 0, 0, 1, boost=float("nan")),
        Token("skog", 0, 0, 1, boost=float("inf")),
    ],
    ids=lambda token: f"{token.term[:5]!a}-{token.position}-{token.boost}",
)
def test_unusable_words_are_refused_and_nothing_is_lost(engine: WhooshEngine, token: Token) -> None:
    write(engine, document("a", "skog"))
    bad = _with_tokens(Token("nytt", 0, 0, 1), token)
    with pytest.raises(IndexUnusable, match="'b' cannot be indexed"):
        engine.write(Batch([document("c", "berg"), bad], mark(2)))
    with engine.rebuild() as rebuild:
        rebuild.write([document("c", "berg")])
        with pytest.raises(IndexUnusable):
            rebuild.write([bad])
        rebuild.write([document("d", "vik berg vik")])
        rebuild.publish(mark(2))
    assert documents_found(engine, MatchAll()) == "c d"
    assert documents_found(engine, Term(EXACT, "berg")) == "c d"
    assert documents_found(engine, Term(EXACT, "vik")) == "d"
    assert engine.suggest("nytt", EXACT, 2, 5) == ()
    engine.check()


def test_tokens_out_of_order_and_twice_at_one_place(engine: WhooshEngine) -> None:
    tokens = [
        Token(term, position, 0, 1) for position, term in ((5, "skog"), (4, "grön"), (5, "skog"), (0, "skog"))
    ]
    write(engine, _with_tokens(*tokens))
    assert documents_found(engine, TermPhrase(EXACT, ("grön", "skog"))) == "b"


def test_more_boosts_and_weights_than_codes(engine: WhooshEngine) -> None:
    pages = [
        IndexPage(n, 0, {EXACT: [Token("skog", 0, 0, 1, boost=1 + n / 70_000)]}) for n in range(1, 70_000)
    ]
    write(engine, IndexDocument("a", "a", pages))
    answer = ask(engine, Term(EXACT, "skog", boost=1e6), best=2)
    assert [ref.number for ref in answer.groups[0].best] == [69_999, 69_998]
    assert answer.total_pages == 69_999


def test_terms_that_look_like_ours(engine: WhooshEngine) -> None:
    terms = ["a\nb", "\x00watermark", "a\x00", "\U0010ffff", "a" * MAX_TERM_BYTES]
    write(engine, _with_tokens(*[Token(term, n, 0, 1) for n, term in enumerate(terms)]))
    write(engine, document("c", "skog"))
    for term in terms:
        assert documents_found(engine, Term(EXACT, term)) == "b"
    assert documents_found(engine, TermPrefix(EXACT, "a")) == "b"
    assert engine.suggest("\U0010ffff", EXACT, 0, 5) == ("\U0010ffff",)


def test_hundred_thousand_values_of_a_facet(engine: WhooshEngine) -> None:
    """A million in twenty documents take two seconds to write; a tenth in one shows the same."""
    values = [f"v{n:06}" for n in range(100_000)]
    write(engine, IndexDocument("a", "a", [IndexPage(1, 0, {})], {Facet.SPEAKER: values}))
    write(engine, document("b", "skog", speaker="v000007 v099999"))
    answer = ask(engine, MatchAll(), facets=[Facet.SPEAKER], facet_limit=3)
    assert counted(answer, Facet.SPEAKER) == [("v000007", 2, 2), ("v099999", 2, 2), ("v000000", 1, 1)]
    assert ask(engine, MatchAll(), filters={Facet.SPEAKER: values}).total_pages == 2


def test_index_of_another_engine_is_refused_and_can_be_made_again(folder: Path) -> None:
    with closing(StockWhooshEngine(folder)) as maker:
        write(maker, document("a", "skog"))
    contents = next((folder / "current").glob("*.toc"))
    digest_path(contents).write_text(sha256_of_file(contents), "ascii")
    with closing(open_engine("whoosh", folder)) as engine:
        for call in (engine.check, engine.watermark):
            with pytest.raises(IndexOutdated, match="another engine"):
                call()
        with engine.rebuild() as rebuild:
            rebuild.write([document("b", "skog")])
            rebuild.publish(mark(2))
        assert documents_found(engine, MatchAll()) == "b"


_WRITER = """
import sys
from pathlib import Path
from archive.index.whoosh.directory.storage import digest_path
from archive.index.whoosh.engine import WhooshEngine
from tests.index.index_documents import document, mark
from archive.index.documents import Batch
engine = WhooshEngine(Path(sys.argv[1]))
seq = engine.watermark().seq
while True:
    seq += 1
    engine.write(Batch([document(f"d{seq % 40}", f"skog v{seq}", "skog")], mark(seq)))
    print(seq, flush=True)
"""


def _acknowledged(folder: Path, delay_s: float) -> int:
    """Let a writer work in a process of its own, kill it, and return the last batch it said was written."""
    with Forked(folder, code=_WRITER) as child:
        first = child.stdout.readline()
        let_run(child, delay_s)
        child.send_signal(signal.SIGKILL)
        return int(([first] + [line for line in child.stdout if line.endswith("\n")])[-1])


def test_killed_writer_leaves_all_it_said_was_written(engine: SearchEngine, folder: Path) -> None:
    write(engine, document("d0", "skog"), seq=1)
    for nth in range(5):
        acknowledged = _acknowledged(folder, delay_s=0.05 + 0.037 * nth)
        engine.check()
        held = engine.watermark()
        assert held is not None
        assert acknowledged <= held.seq <= acknowledged + 1
        assert ask(engine, Term(EXACT, f"v{held.seq}")).total_pages == 1
        assert ask(engine, MatchAll()).total_pages == engine.counts()[1]
