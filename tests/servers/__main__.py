"""Fetch and build the programs of real servers that tests start: `python -m tests.servers`, before them."""

import tests.servers.openid.installation
from tests.servers.opensearch import installation
from tests.servers.versitygw import build

installation.main([])
build.main()
tests.servers.openid.installation.main()
