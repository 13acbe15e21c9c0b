"""An engine on this run's node, with names that no other test has."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from archive.index.engine import SearchEngine
from archive.index.engines import open_engine
from archive.settings.opensearch import OpenSearchSettings
from tests.servers.opensearch.shared_node import own_settings, shared_addresses


@pytest.fixture(scope="session")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    return shared_addresses(tmp_path_factory.getbasetemp())


@pytest.fixture
def settings(addresses: tuple[str, ...]) -> Iterator[OpenSearchSettings]:
    yield from own_settings(addresses)


@pytest.fixture
def engine(tmp_path: Path, settings: OpenSearchSettings) -> Iterator[SearchEngine]:
    with closing(open_engine("opensearch", tmp_path / "index", settings)) as engine:
        yield engine


@pytest.fixture
def reopen(tmp_path: Path, settings: OpenSearchSettings) -> Iterator[Callable[[], SearchEngine]]:
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(open_engine("opensearch", tmp_path / "index", settings)))
