"""Makes passwords of tests cheap: at the archive's own costs, the digest of each takes 30 ms of a processor.

What the archive's own digests are is tested with its own costs (`tests/accounts/test_credentials.py`).
Processes that tests start have them, too.
"""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from archive.accounts import credentials

OF_THE_ARCHIVE = credentials.HASHER
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Make them cheap for all tests of this process."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("archive.accounts.credentials.HASHER", _CHEAP)
        yield


@pytest.fixture
def own_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the archive's own costs in a test."""
    monkeypatch.setattr("archive.accounts.credentials.HASHER", OF_THE_ARCHIVE)
