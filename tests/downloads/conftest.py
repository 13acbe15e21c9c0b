"""One sample archive for all tests that only take along what is in it."""

from collections.abc import Iterator

import pytest

from tests.sample_archive import Sample, opened_sample


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    with opened_sample(tmp_path_factory.mktemp("sample")) as built:
        yield built
