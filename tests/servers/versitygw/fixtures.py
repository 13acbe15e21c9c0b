"""The gateway as fixtures."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.versitygw.build import NotBuilt, program
from tests.servers.versitygw.server import S3Server


def s3_program() -> Path:
    """Return the gateway's program; skip the test where it cannot be built."""
    try:
        return program()
    except NotBuilt as error:
        pytest.skip(f"No S3 server for tests: {error}")


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """Give a gateway for all tests of this process; each makes a bucket of its own."""
    server = S3Server(s3_program(), tmp_path_factory.mktemp("s3"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def own_s3_server(tmp_path: Path) -> Iterator[S3Server]:
    """Give a gateway of the test's own, which it may stop and start again."""
    server = S3Server(s3_program(), tmp_path / "s3")
    server.start()
    yield server
    server.stop()
