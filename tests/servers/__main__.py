"""Fetch and build the programs of real servers that tests start: `python -m tests.servers`, before them."""

import sys
from collections.abc import Callable

from tests.servers.versitygw import build

_BUILDS: dict[str, Callable[[], object]] = {
    "The S3 server (Go builds it once, which takes minutes)": build.program,
}


def main() -> None:
    """Build what is missing; say what cannot be built and so is skipped."""
    for name, built in _BUILDS.items():
        if built() is None:
            sys.stderr.write(f"Missing for tests: {name}.\n")


main()
