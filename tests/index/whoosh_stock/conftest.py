"""A Whoosh engine in its own folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.index.whoosh_stock.engine import WhooshStockEngine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine(folder: Path) -> Iterator[WhooshStockEngine]:
    made = WhooshStockEngine(folder, lock_wait_s=0.1)
    yield made
    made.close()
