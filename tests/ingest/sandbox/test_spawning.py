"""The contract, with a fresh interpreter for each file."""

from collections.abc import Iterator

import pytest

from archive.ingest.sandbox.spawning import FreshSandbox
from tests.ingest.sandbox.contract import SandboxContract
from tests.ingest.sandbox.contract_base import IMPORT_FOLDERS, REGISTRY

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def sandbox() -> Iterator[FreshSandbox]:
    made = FreshSandbox(REGISTRY, IMPORT_FOLDERS)
    yield made
    made.close()


class TestFresh(SandboxContract):
    pass
