"""The provider as a fixture."""

from collections.abc import Iterator

import pytest

from tests.servers.openid.installation import NotInstalled, installation
from tests.servers.openid.server import OpenIdServer


@pytest.fixture(scope="session")
def openid_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenIdServer]:
    """Give a provider for all tests of this process."""
    try:
        installed = installation()
    except NotInstalled as error:
        pytest.skip(f"No OpenID provider for tests: {error}")
    server = OpenIdServer(installed, tmp_path_factory.mktemp("openid"))
    server.start()
    yield server
    server.stop()
