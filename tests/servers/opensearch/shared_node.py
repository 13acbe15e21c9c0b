"""One node for a whole run of tests, whichever processes its tests run in."""

import json
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from archive.disk.file_lock import file_lock
from archive.settings.opensearch import OpenSearchSettings
from tests.servers.opensearch.cluster import Cluster
from tests.servers.opensearch.installation import Installation, NotInstallable, installed

_START_S: Final = 300.0
# Kept, so that nobody warns of a process that is left to run: it ends with this run.
_STARTED: Final[list[Cluster]] = []
_USED: Final[list[str]] = []
_DELETED_AT_ONCE: Final = 20


def installation_or_skip() -> Installation:
    """Return what nodes are made of; without it the test is skipped (and fails in CI, see conftest.py)."""
    try:
        return installed()
    except NotInstallable as error:
        pytest.skip(f"No OpenSearch for tests: {error}")


def shared_addresses(run_folder: Path) -> tuple[str, ...]:
    """Return the addresses of this run's node, started by the first process that asks for it.

    It ends with the run: with pytest itself, or where tests run in several processes, with their parent.
    """
    installation = installation_or_skip()
    is_shared = "PYTEST_XDIST_WORKER" in os.environ
    folder = (run_folder.parent if is_shared else run_folder) / "opensearch"
    folder.mkdir(exist_ok=True)
    told = folder / "addresses"
    with file_lock(folder / "lock", _START_S, "The node of this run takes too long to start."):
        if not told.exists():
            cluster = Cluster(installation, folder, 1, os.getppid() if is_shared else os.getpid())
            _STARTED.append(cluster)
            cluster.start()
            told.write_text(json.dumps(cluster.addresses))
    return tuple(json.loads(told.read_text()))


def settings_of(addresses: tuple[str, ...]) -> OpenSearchSettings:
    """Return settings with names that no other test has."""
    return OpenSearchSettings(hosts=addresses, index_prefix=f"t{uuid.uuid4().hex}", shards=1, replicas=0)


def own_settings(addresses: tuple[str, ...]) -> Iterator[OpenSearchSettings]:
    """Yield settings with names that no other test has, and have their indexes deleted afterwards.

    Those of several tests at once: each time the whole state of the node is written anew.
    """
    settings = settings_of(addresses)
    yield settings
    _USED.append(f"{settings.index_prefix}-*")
    if len(_USED) >= _DELETED_AT_ONCE:
        _delete(addresses, _USED)
        _USED.clear()


def _delete(addresses: tuple[str, ...], names: list[str]) -> None:
    import opensearchpy

    with opensearchpy.OpenSearch(list(addresses)) as client:
        client.indices.delete(index=",".join(names), params={"ignore_unavailable": "true"})
