"""Attempts are counted over half a minute: on a loaded machine that is over before the last of a test."""

from datetime import UTC, datetime, tzinfo
from typing import Self

import pytest

from archive.catalogue.accounts import sign_in_states


@pytest.fixture
def still_counts(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Let no time pass for what counts attempts, and return the time that it has."""
    still = datetime.now(UTC)

    class Still(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp(still.timestamp(), tz)

    monkeypatch.setattr(sign_in_states, "datetime", Still)
    return still
