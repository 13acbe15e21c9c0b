"""The oracle over stock Whoosh scores and finds what Whoosh itself does."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from archive.index.query import AnyOf, BestOf, Query, Term, TermPhrase
from tests.index.index_documents import STAFF, found, write
from tests.index.stock_whoosh.columns import make_schema
from tests.index.stock_whoosh.engine import StockWhooshEngine
from tests.index.stock_whoosh.evaluate import Evaluator
from tests.index.stock_whoosh.state import State
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


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[StockWhooshEngine]:
    with closing(StockWhooshEngine(tmp_path / "index")) as engine:
        yield engine


@pytest.fixture
def index(engine: StockWhooshEngine, tmp_path: Path) -> Any:
    documents = random_documents(7, 60)
    write(engine, *documents[:40])
    write(engine, *documents[30:])
    return FileIndex(FileStorage(str(tmp_path / "index" / "gen-1")), make_schema())


def _scores(engine: StockWhooshEngine, query: Query) -> dict[tuple[int, int], float]:
    """Return the scores of a query by segment and page."""

    def read(state: State) -> dict[tuple[int, int], float]:
        evaluator = Evaluator(state, STAFF)
        return {
            (place, page): score
            for place, view in enumerate(state.views)
            for page, score in evaluator.scores(query, view).items()
            if page not in view.removed
        }

    return engine.answer(read, {})


@pytest.mark.parametrize(("ours", "whooshs"), PAIRS, ids=range(len(PAIRS)))
def test_scores_are_whooshs_own(engine: StockWhooshEngine, index: Any, ours: Query, whooshs: Any) -> None:
    assert _scores(engine, ours) == pytest.approx(whoosh_scores(index, whooshs), rel=1e-9)
    assert _scores(engine, ours)


@pytest.mark.parametrize("phrase", PHRASES)
def test_phrases_are_whooshs_own(engine: StockWhooshEngine, index: Any, phrase: tuple[str, ...]) -> None:
    assert whoosh_hit_count(index, phrase) == len(found(engine, TermPhrase(EXACT, phrase))) > 0


def test_best_is_the_best_of_the_children_on_the_same_page(engine: StockWhooshEngine, index: Any) -> None:
    children = (Term(TEXT, "ord1"), Term(TITLE, "ord1", 2.0), Term(EXACT, "ord4", 0.3))
    scores = [_scores(engine, child) for child in children]
    pages = set().union(*scores)
    best = {page: max(each.get(page, 0.0) for each in scores) for page in pages}
    total = {page: sum(each.get(page, 0.0) for each in scores) for page in pages}
    assert _scores(engine, BestOf(children)) == best
    assert _scores(engine, AnyOf(children)) == pytest.approx(total)
