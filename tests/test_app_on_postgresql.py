"""The whole archive with its catalogue on PostgreSQL: files in, answers and pages out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.app import Archive, open_archive
from archive.model.visibility import Visibility
from archive.settings.settings import Settings
from archive.web.factory import create_app
from tests.filled_archive import ask, found
from tests.ingest.ingests import Notes, report
from tests.sample_archive import build

pytestmark = pytest.mark.postgresql


@pytest.fixture
def archive(tmp_path: Path, postgres_url: str) -> Iterator[Archive]:
    """A new archive whose catalogue is on PostgreSQL."""
    with open_archive(Settings(data=tmp_path / "data", database_url=postgres_url)) as archive:
        yield archive


def test_sample_is_found_and_shown_as_on_sqlite(archive: Archive) -> None:
    sample = build(archive)
    for visitor in Visibility:
        assert ask(archive, "gemensam", visitor).total_groups == sample.groups[visitor]
    made_up = "Picture"
    assert [one for one in archive.problems() if not one.startswith(made_up)] == []
    client = create_app(archive).test_client()
    for address in ("/?q=gemensam", f"/d/{sample.strategy}"):
        answer = client.get(address, headers={"Host": "localhost"})
        assert answer.status_code == 200, address
    assert "Strategi" in client.get("/?q=strategi", headers={"Host": "localhost"}).get_data(as_text=True)


def test_files_are_read_drawn_and_found(archive: Archive, tmp_path: Path) -> None:
    notes = Notes()
    archive.ingest([report(tmp_path / "a.pdf", "Gruvnäring")], notes, "test")
    assert len(notes.extracted) == len(notes.drawn) == 1
    assert found(ask(archive, "gruvnäring"))
    health = archive.health()
    assert health.is_ok
    assert health.index_lag == 0
