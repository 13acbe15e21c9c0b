"""The oracle over stock Whoosh keeps the contract of all engines."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from archive.index.engine import SearchEngine
from tests.index.contract import EngineContract
from tests.index.stock_whoosh.engine import StockWhooshEngine


class TestStockWhooshEngine(EngineContract):
    histories = 1  # it is slow

    @pytest.fixture
    def engine(self, tmp_path: Path) -> Iterator[SearchEngine]:
        with closing(StockWhooshEngine(tmp_path / "index")) as engine:
            yield engine

    @pytest.fixture
    def reopen(self, tmp_path: Path) -> Iterator[Callable[[], SearchEngine]]:
        with ExitStack() as stack:
            yield lambda: stack.enter_context(closing(StockWhooshEngine(tmp_path / "index")))
