"""The server is stopped and started again: everything else goes on, and the index catches up."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.catalogue import documents
from archive.errors import SearchAway
from archive.index.follower import IndexFollower
from archive.settings.opensearch import OpenSearchSettings
from tests.filled_archive import add, ask, opened, titles
from tests.servers.opensearch.cluster import Cluster, running_cluster
from tests.servers.opensearch.shared_node import installation_or_skip, settings_of
from tests.waiting import wait_until


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Yield a cluster of its own; each test leaves it running."""
    with running_cluster(installation_or_skip(), tmp_path_factory.mktemp("cluster"), 1) as cluster:
        yield cluster


@pytest.fixture
def settings(cluster: Cluster) -> OpenSearchSettings:
    return settings_of(cluster.addresses).model_copy(update={"search_retry_s": 0.0, "write_retry_s": 0.0})


def test_archive_goes_on_and_the_index_catches_up(
    tmp_path: Path, cluster: Cluster, settings: OpenSearchSettings
) -> None:
    with opened(tmp_path, search={"engine": "opensearch"}, opensearch=settings) as archive:
        hidden = add(archive, "Gammal", "gruva")
        archive.indexer.catch_up()
        assert titles(ask(archive, "gruva")) == ["Gammal"]
        cluster.stop()
        follower = IndexFollower(archive.indexer, gather_s=0, look_every_s=0.1)
        follower.start()
        try:
            add(archive, "Ny", "gruva")
            with archive.database.write() as session:
                documents.withdraw(session, hidden, "test")
            follower.changed()
            wait_until(lambda: isinstance(follower.error, SearchAway), "the follower notices")
            with pytest.raises(SearchAway):
                ask(archive, "gruva")
            assert not archive.health().index_ok
            cluster.start()
            wait_until(lambda: follower.error is None, "the follower goes on")
            wait_until(lambda: archive.health().index_ok and not archive.indexer.lag(), "it has caught up")
        finally:
            follower.stop()
        assert titles(ask(archive, "gruva")) == ["Ny"]
        archive.engine.check()


def test_archive_that_is_opened_meanwhile_makes_its_index_later(
    tmp_path: Path, cluster: Cluster, settings: OpenSearchSettings
) -> None:
    cluster.stop()
    with opened(tmp_path, True, search={"engine": "opensearch"}, opensearch=settings) as archive:
        add(archive, "Ny", "gruva")
        with pytest.raises(SearchAway):
            archive.indexer.rebuild()
        cluster.start()
        assert archive.indexer.catch_up() == 1
        assert titles(ask(archive, "gruva")) == ["Ny"]
