"""The OpenSearch engine keeps the contract of all engines, on a real node."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from archive.index.engine import SearchEngine
from archive.index.engines import open_engine
from archive.settings.opensearch import OpenSearchSettings
from tests.index.contract import EngineContract

pytestmark = pytest.mark.long


class TestOpenSearchEngine(EngineContract):
    # Each of these waits for a disk in another process; more of them show nothing new.
    batches = 6
    rebuilds = 2
    many_values = 4_000
    histories = 2
    # The server counts removed pages in the average length until it merges them away.
    measures_living_pages = False

    @pytest.fixture
    def engine(self, tmp_path: Path, settings: OpenSearchSettings) -> Iterator[SearchEngine]:
        with closing(open_engine("opensearch", tmp_path / "index", settings)) as engine:
            yield engine

    @pytest.fixture
    def reopen(self, tmp_path: Path, settings: OpenSearchSettings) -> Iterator[Callable[[], SearchEngine]]:
        with ExitStack() as stack:
            yield lambda: stack.enter_context(
                closing(open_engine("opensearch", tmp_path / "index", settings))
            )
