"""What holds for all tests: where everything can be installed, nothing may be skipped."""

import gc
import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

from tests.kept_readers import keep_readers  # noqa: F401 - a fixture for all tests
from tests.run_folder import share_run_folder  # noqa: F401 - a fixture for all tests
from tests.servers.postgres.fixtures import (  # noqa: F401 - fixtures for all tests
    catalogue_url,
    empty_catalogue_url,
    empty_postgres_url,
    new_sqlite_file,
    own_database,
    postgres_server,
    postgres_url,
)
from tests.shared_statements import share_statements
from tests.still_counts import still_counts  # noqa: F401 - a fixture for many tests

# What no package can bring: the kernel, rights to mount, the corpus beside the checkout. Reasons name it so.
_CANNOT_BE_INSTALLED = "this machine"


# How long an example takes says more of the machine than of the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

share_statements()


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name bytes alike: made files differ by the time they were made at, and all processes must agree."""
    return "bytes" if isinstance(val, bytes) else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long files, so that all processes end together; otherwise keep the order of this run."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_configure() -> None:
    """Look for no garbage while tests are collected: it takes a third of the time and finds next to none."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Leave what collecting made out of every later look for garbage: it stays to the end.

    Tests make and drop whole archives and applications. Looked for as often as Python does by itself, their
    garbage takes a tenth of the time of tests of pages; all of it is looked for at the end (pytest does).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 20)
    gc.enable()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how to run the tests in this order again: each run takes another (pytest-randomly)."""
    if seed := config.getoption("randomly_seed", None):
        terminalreporter.write_line(f"Order of the tests: --randomly-seed={seed}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where `CI` is set: all that can be installed is installed there."""
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr)
        if _CANNOT_BE_INSTALLED not in reason:
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} was skipped, which CI does not allow: {reason}"
    return report
