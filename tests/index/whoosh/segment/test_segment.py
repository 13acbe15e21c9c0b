"""Segments: merging, their size, and scores equal to Whoosh's own."""

from pathlib import Path
from typing import Any

import pytest
from whoosh import query as stock
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from archive.index.query import AllOf, AnyOf, BestOf, MatchAll, NoneOf, Query, Term, TermPhrase, TermPrefix
from archive.index.search import Scope
from archive.index.whoosh.engine import WhooshEngine
from archive.index.whoosh.searcher.prefix import MAX_TERMS_READ
from archive.index.whoosh.searcher.queries import compile_query
from archive.index.whoosh.searcher.searcher import evaluators
from archive.index.whoosh.segment.schema import make_schema
from archive.index.whoosh.writer import merge_policy, writer
from tests.index.index_documents import ask, document, documents_found, found, mark, page, write
from tests.index.whoosh_scores import (
    EXACT,
    PAIRS,
    PHRASES,
    TEXT,
    TITLE,
    random_documents,
    whoosh_hit_count,
    whoosh_scores,
)

_STAFF = Scope(max_rank=2)


def _index(folder: Path) -> Any:
    """Return the index as Whoosh itself opens it, through our codec."""
    return FileIndex(FileStorage(str(folder / "gen-1")), make_schema())


def _segments(engine: WhooshEngine) -> list[int]:
    """Return how many pages each segment holds, removed ones included."""
    snapshot = engine.snapshots.newest()
    assert snapshot
    return [view.segment.page_count for view in snapshot.views]


def _scores(engine: WhooshEngine, query: Query) -> dict[tuple[int, int], float]:
    """Return the scores of a query by segment and page."""
    return _query_scores(engine, compile_query(query))


def _query_scores(engine: WhooshEngine, asked: Any) -> dict[tuple[int, int], float]:
    snapshot = engine.snapshots.newest()
    assert snapshot
    found = {}
    for nth, evaluator in enumerate(evaluators(snapshot)):
        pages = evaluator.matching(asked).pages
        for number, score in zip(pages.tolist(), evaluator.scores(asked, pages).tolist(), strict=True):
            if number not in evaluator.view.removed:
                found[nth, number] = score
    return found


@pytest.mark.parametrize(("query", "whooshs"), PAIRS, ids=range(len(PAIRS)))
def test_scores_are_those_of_stock_whoosh(
    engine: WhooshEngine, folder: Path, query: Query, whooshs: stock.Query
) -> None:
    documents = random_documents(7, 60)
    write(engine, *documents[:40])
    write(engine, *documents[30:])
    assert len(_segments(engine)) == 2
    ours = _scores(engine, query)
    assert ours
    assert ours == pytest.approx(whoosh_scores(_index(folder), whooshs), rel=1e-9)


def test_best_is_the_best_of_the_children_on_the_same_page(engine: WhooshEngine) -> None:
    write(engine, *random_documents(5, 60))
    children = (Term(TEXT, "ord1"), Term(TITLE, "ord1", 2.0), Term(EXACT, "ord4", 0.3))
    each = [_scores(engine, child) for child in children]
    pages = {page for scores in each for page in scores}
    best = {page: max(scores.get(page, 0.0) for scores in each) for page in pages}
    total = {page: sum(scores.get(page, 0.0) for scores in each) for page in pages}
    assert _scores(engine, BestOf(children)) == best
    assert _scores(engine, AnyOf(children)) == pytest.approx(total)


@pytest.mark.parametrize(
    "query",
    [
        stock.Wildcard("text", "ord1*"),
        stock.FuzzyTerm("text", "ord13"),
        stock.Phrase("exact", ["ord1", "ord3"], slop=3),
        stock.ConstantScoreQuery(stock.Term("text", "ord2"), 3.0),
        stock.TermRange("text", "ord2", "ord3"),
    ],
)
def test_queries_the_evaluator_does_not_know_are_stock_whooshs(
    engine: WhooshEngine, folder: Path, query: stock.Query
) -> None:
    write(engine, *random_documents(7, 60))
    write(engine, *random_documents(8, 20))
    ours = _query_scores(engine, stock.Or([query, stock.Term("title", "ord1")]))
    assert ours
    theirs = whoosh_scores(_index(folder), stock.Or([query, stock.Term("title", "ord1")]))
    assert ours == pytest.approx(theirs, rel=1e-6)


def test_phrases_are_those_of_stock_whoosh(engine: WhooshEngine, folder: Path) -> None:
    write(engine, *random_documents(3, 80))
    for phrase in PHRASES:
        assert whoosh_hit_count(_index(folder), phrase) == len(found(engine, TermPhrase(EXACT, phrase))) > 0


def test_many_small_commits_make_few_segments(engine: WhooshEngine) -> None:
    for number in range(40):
        write(engine, document(f"d{number}", "skog"))
    assert len(_segments(engine)) <= 2 * merge_policy.SEGMENTS_PER_TIER
    assert engine.counts() == (40, 40)
    assert ask(engine, Term(TEXT, "skog")).total_pages == 40


def test_removed_pages_do_not_pile_up(engine: WhooshEngine) -> None:
    write(engine, *[document(f"d{n}", *["skog"] * 5) for n in range(25)])
    for number in range(25):
        write(engine, document(f"d{number}", *["sjö"] * 5))
    assert sum(_segments(engine)) < 2 * 125 + 50
    assert ask(engine, Term(TEXT, "skog")).total_pages == 0
    assert ask(engine, Term(TEXT, "sjö")).total_pages == 125


def test_merged_pages_keep_all_they_had(engine: WhooshEngine) -> None:
    expected = {}
    for number in range(20):
        pages = (page(3, f"grön tillväxt ord{number}", title="skog"), page(9, "sjö", rank=2, language="en"))
        write(engine, document(f"d{number}", *pages, group=f"g{number // 2}", year=str(number)))
        expected[f"d{number}"] = engine.matching_pages(MatchAll(), _STAFF, f"d{number}")
    assert set(expected.values()) == {(3, 9)}
    assert len(found(engine, TermPhrase(EXACT, ("grön", "tillväxt")))) == 20
    assert ask(engine, MatchAll(), max_rank=0).total_groups == 10
    assert ask(engine, MatchAll(), max_rank=0).total_pages == 20
    engine.check()


def test_segments_stay_below_the_limit(engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge_policy, "MAX_SEGMENT_PAGES", 50)
    monkeypatch.setattr(writer, "MAX_REBUILT_PAGES", 50)
    with engine.rebuild() as rebuild:
        rebuild.write([document(f"d{n}", *["skog"] * 10) for n in range(30)])
        rebuild.publish(mark(1))
    assert max(_segments(engine)) <= 51
    assert engine.counts() == (30, 300)
    for number in range(25):
        write(engine, document(f"e{number}", *["skog"] * 10))
    assert max(_segments(engine)) <= 61
    assert ask(engine, Term(TEXT, "skog")).total_pages == 550
    engine.check()


def test_prefix_reads_the_most_frequent_of_a_large_vocabulary(engine: WhooshEngine) -> None:
    words = " ".join(f"ord{n:05}" for n in range(MAX_TERMS_READ + 500))
    last = f"ord{MAX_TERMS_READ + 400:05}"
    write(engine, document("a", words), document("b", last, last))
    write(engine, document("c", "ord00007"))
    assert documents_found(engine, TermPrefix(EXACT, "ord", max_terms=1)) == "a b"
    assert engine.suggest("ord", EXACT, 0, 2) == (last, "ord00007")


def test_queries_that_break_the_rules_are_mistakes(engine: WhooshEngine) -> None:
    with pytest.raises(ValueError, match="NoneOf"):
        ask(engine, AnyOf((NoneOf(Term(TEXT, "skog")),)))
    with pytest.raises(ValueError, match="positions"):
        ask(engine, AllOf((NoneOf(TermPhrase(TEXT, ("grön", "skog"))),)))
