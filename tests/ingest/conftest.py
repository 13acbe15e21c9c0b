"""An empty archive without LibreOffice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.app import Archive, open_archive
from tests.ingest.ingests import settings_for


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(settings_for(tmp_path / "data")) as opened:
        yield opened
