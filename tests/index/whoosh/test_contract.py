"""The Whoosh engine keeps the contract of all engines."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.index.engine import SearchEngine
from archive.index.engines import open_engine
from tests.index.contract import EngineContract


class TestWhooshEngine(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> Iterator[SearchEngine]:
        made = open_engine("whoosh", tmp_path / "index")
        yield made
        made.close()

    @pytest.fixture
    def reopen(self, tmp_path: Path) -> Iterator[Callable[[], SearchEngine]]:
        opened: list[SearchEngine] = []

        def again() -> SearchEngine:
            opened.append(open_engine("whoosh", tmp_path / "index"))
            return opened[-1]

        yield again
        for one in opened:
            one.close()
