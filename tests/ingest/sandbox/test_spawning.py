"""The contract, with a fresh interpreter for each file."""

from collections.abc import Iterator

import pytest

from archive.ingest.sandbox.spawning import FreshIsolation
from tests.ingest.sandbox.contract import IsolationContract
from tests.ingest.sandbox.contract_base import IMPORT_FOLDERS, REGISTRY


@pytest.fixture(scope="module")
def isolation() -> Iterator[FreshIsolation]:
    made = FreshIsolation(REGISTRY, IMPORT_FOLDERS)
    yield made
    made.close()


class TestFresh(IsolationContract):
    pass
