"""A Whoosh engine in its own folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.index.whoosh.engine import WhooshEngine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine(folder: Path) -> Iterator[WhooshEngine]:
    made = WhooshEngine(folder, lock_timeout_s=0.1)
    yield made
    made.close()
