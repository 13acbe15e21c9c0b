"""A catalogue on PostgreSQL with bounds that a test chooses."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from archive.catalogue.database.database import Database
from archive.settings.database import DatabaseSettings

Open = Callable[..., Database]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark them all, so that `-m "not postgresql"` leaves them out."""
    for item in items:
        if "/database/postgresql/" in str(item.path):
            item.add_marker("postgresql")


@pytest.fixture
def open_with(postgres_url: str) -> Iterator[Open]:
    """Open the test's catalogue with some settings of the section `database`."""
    with ExitStack() as stack:

        def opened(**bounds: Any) -> Database:
            return stack.enter_context(closing(Database.open(postgres_url, DatabaseSettings(**bounds))))

        yield opened
