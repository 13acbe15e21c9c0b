"""Engines give the same answers, and those that a plain search gives.

Where `ARCHIVE_FUZZ_S` is set the fuzzer looks for a difference for so many seconds, on ever new indexes.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import count, takewhile
from pathlib import Path
from random import Random
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.index.engine import SearchEngine
from archive.index.engines import open_engine
from archive.index.query import (
    AllOf,
    AnyOf,
    BestOf,
    FacetFilter,
    MatchAll,
    MatchNone,
    NoneOf,
    Term,
    TermPhrase,
    TermPrefix,
)
from archive.index.search import SearchAnswer, SearchRequest
from tests.index.differential import Trial
from tests.index.generated_indexes import Plan, make_plan
from tests.index.generated_requests import RequestMaker, kinds
from tests.index.stock_whoosh.engine import StockWhooshEngine

pytestmark = pytest.mark.long

FUZZ_S = float(os.environ.get("ARCHIVE_FUZZ_S", "0"))
FIRST_SEEDS = [int(seed) for seed in os.environ.get("ARCHIVE_FUZZ_SEED", "").split()] or (
    [time.time_ns() // 1_000_000] if FUZZ_S else list(range(5))
)
COMPARED: dict[str, Callable[[Path], SearchEngine]] = {
    "whoosh": lambda folder: open_engine("whoosh", folder),
    "whoosh-stock": StockWhooshEngine,
}
"""The engines that must rank alike: the product's and the oracle over stock Whoosh."""
QUERIES_A_PLAN = 110
ALL_KINDS = {AllOf, AnyOf, BestOf, MatchAll, MatchNone, Term, TermPhrase, TermPrefix, FacetFilter, NoneOf}
PLANS: dict[str, Callable[[Random], Plan]] = {
    "one batch": lambda random: make_plan(random, 60, 1, removes=False),
    "several batches": lambda random: make_plan(random, 70, 5, removes=False),
    "replaced and removed": lambda random: make_plan(random, 60, 3, removes=True),
    "many small batches": lambda random: make_plan(random, 40, 12, removes=True),
    "much removed": lambda random: make_plan(random, 12, 8, removes=True),
}

Trying = Callable[[Plan], Trial]


@contextmanager
def trying(folder: Path) -> Iterator[Trying]:
    """Give what fills new engines, in folders of their own, with a plan; at the end they are closed."""
    opened: list[SearchEngine] = []

    def fill(plan: Plan) -> Trial:
        number = len(opened)
        engines = [open_(folder / f"{number}-{name}") for name, open_ in COMPARED.items()]
        opened.extend(engines)
        return Trial(plan, engines)

    try:
        yield fill
    finally:
        for engine in opened:
            engine.close()


def _expect_none(differences: Sequence[str], *about: object) -> None:
    """Fail with all that differs: pytest's own words would be cut short."""
    if differences:
        pytest.fail("\n".join([*differences, *map(str, about)]))


@pytest.fixture
def fill(tmp_path: Path) -> Iterator[Trying]:
    with trying(tmp_path) as made:
        yield made


@pytest.mark.parametrize("name", PLANS)
def test_answers_are_equal(name: str, fill: Trying) -> None:
    """550 searches over five indexes, and half as many questions about words."""
    random = Random(f"differential {name}")
    plan = PLANS[name](random)
    trial, maker = fill(plan), RequestMaker(random, plan)
    asked: set[type] = set()
    for _ in range(QUERIES_A_PLAN):
        request = maker.request()
        asked |= kinds(request.query)
        _expect_none(trial.search(request), request)
    for _ in range(QUERIES_A_PLAN // 2):
        _expect_none(trial.words(maker, random))
    assert asked == ALL_KINDS


def test_requests_find_something(fill: Trying) -> None:
    """Equal answers tell little where they are empty: most searches must find pages."""
    random = Random(4)
    plan = make_plan(random, 60, 3, removes=True)
    trial, maker = fill(plan), RequestMaker(random, plan)
    totals = [trial.answers.search(maker.request()).total_pages for _ in range(300)]
    assert sum(total > 0 for total in totals) > 150
    assert len(set(totals)) > 50


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(
    random=st.randoms(use_true_random=False),
    documents=st.integers(0, 4),
    batches=st.integers(1, 3),
    removes=st.booleans(),
)
def test_small_indexes_answer_alike(
    tmp_path_factory: pytest.TempPathFactory, random: Random, documents: int, batches: int, removes: bool
) -> None:
    plan = make_plan(random, documents, batches, removes=removes)
    with trying(tmp_path_factory.mktemp("small")) as fill:
        trial, maker = fill(plan), RequestMaker(random, plan)
        for _ in range(5):
            request = maker.request()
            _expect_none(trial.search(request), request)
        _expect_none(trial.words(maker, random))


@pytest.mark.timeout(FUZZ_S + 300)
@pytest.mark.parametrize("first", FIRST_SEEDS)
def test_fuzz(tmp_path: Path, first: int) -> None:
    """Indexes and searches of all kinds; a failure names the seed that makes it again."""
    until = time.monotonic() + FUZZ_S
    for seed in takewhile(lambda seed: seed == first or time.monotonic() < until, count(first)):
        random = Random(seed)
        plan = make_plan(random, random.randint(0, 50), random.randint(1, 10), removes=random.random() < 0.7)
        with trying(tmp_path / str(seed)) as fill:
            trial, maker = fill(plan), RequestMaker(random, plan)
            for _ in range(60):
                request = maker.request()
                found = trial.search(request) or trial.words(maker, random)
                _expect_none(found, f"ARCHIVE_FUZZ_SEED={seed}", request)


class _Faulty:
    """Changes an engine's answers, as a mistake in an engine would."""

    def __init__(self, engine: SearchEngine, change: Callable[[SearchAnswer], SearchAnswer]) -> None:
        self._engine = engine
        self._change = change

    def __getattr__(self, name: str) -> object:
        return getattr(self._engine, name)

    def search(self, request: SearchRequest) -> SearchAnswer:
        return self._change(self._engine.search(request))


def _swapped(answer: SearchAnswer) -> SearchAnswer:
    return replace(answer, groups=(*answer.groups[:-2], *reversed(answer.groups[-2:])))


def _without_last_page(answer: SearchAnswer) -> SearchAnswer:
    return replace(answer, groups=tuple(replace(hit, pages=hit.pages[:-1]) for hit in answer.groups))


def _uncounted(answer: SearchAnswer) -> SearchAnswer:
    return replace(answer, facets={facet: counts[1:] for facet, counts in answer.facets.items()})


FAULTS: dict[str, Callable[[SearchAnswer], SearchAnswer]] = {
    "total": lambda answer: replace(answer, total_pages=answer.total_pages + 1),
    "order": _swapped,
    "pages": _without_last_page,
    "facets": _uncounted,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_mistakes_are_seen(fault: str, tmp_path: Path) -> None:
    random = Random(9)
    plan = make_plan(random, 30, 2, removes=False)
    with closing(open_engine("whoosh", tmp_path / "index")) as engine:
        trial, maker = Trial(plan, [engine]), RequestMaker(random, plan)
        trial.engines = (cast(SearchEngine, _Faulty(engine, FAULTS[fault])),)
        assert any(trial.search(maker.request()) for _ in range(30))
