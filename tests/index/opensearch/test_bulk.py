"""Several processes write a new index over the network, straight into it."""

from pathlib import Path

import pytest

from archive.index import indexer
from archive.settings.opensearch import OpenSearchSettings
from tests.filled_archive import add, ask
from tests.index.bulk_archives import DOCUMENTS, answers, fill, opened


def test_index_is_that_of_a_single_process(
    tmp_path: Path, settings: OpenSearchSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "MIN_BULK_PAGES", 1)
    with opened(tmp_path, 1, settings) as archive:
        fill(archive)
        assert archive.indexer.rebuild() == DOCUMENTS
        alone, counts = answers(archive), archive.engine.counts()
    with opened(tmp_path, 2, settings) as archive:
        assert archive.indexer.rebuild() == DOCUMENTS
        assert answers(archive) == alone
        assert archive.engine.counts() == counts
        archive.engine.check()
        assert archive.indexer.reason_to_rebuild(thorough=True) == ""
        add(archive, "ny", "sökord")
        archive.indexer.catch_up()
        assert ask(archive, "sökord").total_groups == DOCUMENTS + 1
