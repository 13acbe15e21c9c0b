"""Show what differs where an assertion of the contract fails."""

import pytest

for part in (
    "concurrency",
    "limits",
    "matching",
    "order",
    "phrases",
    "rebuilding",
    "scope",
    "vocabulary",
    "writing",
):
    pytest.register_assert_rewrite(f"tests.index.contract_{part}")
