"""Nodes of a cluster of three are killed under searches and writes (for long: `python -m bench.nodes`)."""

from pathlib import Path

import pytest

from tests.index.opensearch.killing import killed_under_load
from tests.servers.opensearch.cluster import running_cluster
from tests.servers.opensearch.shared_node import installation_or_skip

pytestmark = pytest.mark.long


def test_nothing_is_lost_and_no_answer_is_partial(tmp_path: Path) -> None:
    with running_cluster(installation_or_skip(), tmp_path / "cluster", 3) as cluster:
        for victim in ("another node", "the cluster manager"):
            seen = killed_under_load(cluster, tmp_path, victim, pages=60, batches=6)
            assert seen.acknowledged
            assert not seen.lost
            assert not seen.wrong_answers
            assert seen.answers
            assert not seen.failed
