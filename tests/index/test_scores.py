"""The Whoosh engine and the oracle over stock Whoosh give each page the same score, to 1e-5."""

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import numpy as np
import pytest

from archive.index.query import Query, check_query
from archive.index.search import PageRef
from archive.index.whoosh.engine import WhooshEngine
from archive.index.whoosh.searcher import evaluate, phrase, searcher
from archive.index.whoosh.searcher.docset import VisiblePages
from archive.index.whoosh.searcher.queries import compile_query
from archive.index.whoosh.searcher.snapshot import Snapshot
from tests.index.generated_indexes import Plan, make_plan
from tests.index.generated_requests import RequestMaker
from tests.index.index_documents import mark
from tests.index.stock_whoosh.engine import StockWhooshEngine
from tests.index.stock_whoosh.evaluate import Evaluator
from tests.index.stock_whoosh.state import State

TOLERANCE = 1e-5
QUESTIONS = 150
Scores = Mapping[PageRef, float]
NONE: Scores = {}


def _scores_of_arrays(query: Query, max_rank: int) -> Callable[[Snapshot], Scores]:
    def read(snapshot: Snapshot) -> Scores:
        found = {}
        asked = compile_query(query)
        for one in searcher.evaluators(snapshot, max_rank):
            units = one.view.segment.units
            pages = VisiblePages(one.view, max_rank, frozenset()).keep(one.matching(asked))
            for page, score in zip(pages.tolist(), one.scores(asked, pages).tolist(), strict=True):
                document = units.documents[units.document[units.page_unit[page]]]
                found[PageRef(document, int(units.page_number[page]))] = score
        return found

    return read


def _scores_of_stock(query: Query, max_rank: int) -> Callable[[State], Scores]:
    def read(state: State) -> Scores:
        evaluator = Evaluator(state, max_rank)
        return {
            PageRef(view.segment.units[view.unit_of[page]].document, view.segment.numbers[page]): score
            for view in state.views
            for page, score in evaluator.scores(query, view).items()
            if view.is_visible(page, max_rank, frozenset())
        }

    return read


def _fill(plan: Plan, folder: Path) -> tuple[WhooshEngine, StockWhooshEngine]:
    engines = WhooshEngine(folder / "arrays"), StockWhooshEngine(folder / "stock")
    for engine in engines:
        plan.fill(engine)
    return engines


@pytest.mark.parametrize("batches", [1, 5])
@pytest.mark.parametrize(("many", "block"), [(evaluate.MANY, phrase.BLOCK_PAGES), (0, 3)])
def test_scores_are_those_of_stock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batches: int, many: int, block: int
) -> None:
    """Terms scored together and blocks of phrases are for many pages; small limits ask for them of few."""
    monkeypatch.setattr(evaluate, "MANY", many)
    monkeypatch.setattr(phrase, "BLOCK_PAGES", block)
    plan = make_plan(Random(batches), 60, batches, removes=batches > 1)
    arrays, stock = _fill(plan, tmp_path)
    maker = RequestMaker(Random(7 + batches), plan)
    compared = 0
    for _ in range(QUESTIONS):
        request = maker.request()
        query, max_rank = request.query, request.scope.max_rank
        check_query(query)
        ours: Scores = arrays.snapshots.answer(_scores_of_arrays(query, max_rank), NONE)
        theirs: Scores = stock.answer(_scores_of_stock(query, max_rank), NONE)
        assert ours.keys() == theirs.keys(), query
        np.testing.assert_allclose(
            [ours[page] for page in theirs], list(theirs.values()), rtol=TOLERANCE, atol=TOLERANCE
        )
        compared += sum(score > 0 for score in theirs.values())
    assert compared > QUESTIONS
    arrays.close()
    stock.close()


@pytest.mark.parametrize("seed", range(4))
def test_scores_do_not_depend_on_how_the_index_came_to_be(tmp_path: Path, seed: int) -> None:
    """Pages that were removed or replaced, segments and merges change no score by a single bit."""
    plan = make_plan(Random(seed), 60, 9, removes=True)
    grown, fresh = WhooshEngine(tmp_path / "grown"), WhooshEngine(tmp_path / "fresh")
    plan.fill(grown)
    for _ in range(seed % 2):
        grown.compact(lambda: False)
    last = {one.id: one for batch in plan.batches for one in batch}
    with fresh.rebuild() as rebuild:
        rebuild.write([one for one in reversed(last.values()) if one.pages])
        rebuild.publish(mark(1))
    assert grown.counts() == fresh.counts()
    maker = RequestMaker(Random(seed), plan)
    compared = 0
    for _ in range(60):
        request = maker.request()
        read = _scores_of_arrays(request.query, request.scope.max_rank)
        scores = grown.snapshots.answer(read, NONE)
        assert fresh.snapshots.answer(read, NONE) == scores, request.query
        assert fresh.search(request) == grown.search(request), request
        compared += sum(score > 0 for score in scores.values())
    assert compared > 60
    for engine in (grown, fresh):
        engine.close()
