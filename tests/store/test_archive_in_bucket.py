"""An archive with its originals and pictures in storage that speaks S3, which runs or does not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.app import Archive, open_archive
from archive.errors import StorageAway
from archive.model.extraction import Outcome
from archive.settings.settings import Settings
from archive.store.opening import open_bucket
from archive.web.factory import create_app
from tests.filled_archive import add, ask
from tests.ingest.ingests import Notes, ingest, report, settings_for, take
from tests.servers.versitygw.fixtures import own_s3_server
from tests.servers.versitygw.server import S3Server
from tests.waiting import wait_until

__all__ = ["own_s3_server"]


@pytest.fixture
def settings(own_s3_server: S3Server, tmp_path: Path) -> Settings:
    own_s3_server.make_bucket("arkivet")
    return settings_for(tmp_path / "data", store=own_s3_server.settings("arkivet", time_s=0.5))


@pytest.fixture
def archive(settings: Settings) -> Iterator[Archive]:
    with open_archive(settings) as opened:
        yield opened


@pytest.fixture
def client(archive: Archive) -> FlaskClient:
    return create_app(archive).test_client()


def _sent(client: FlaskClient, address: str) -> bytes:
    with client.get(address) as response:
        assert response.status_code == 200
        return bytes(response.data)


def _objects(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if len(path.name) == 64]


def test_report_is_ingested_found_drawn_and_sent(
    archive: Archive, client: FlaskClient, settings: Settings, tmp_path: Path
) -> None:
    path = report(tmp_path / "rapport.pdf", "Gruvnäring i Bergslagen")
    (stored,) = ingest(archive, path).stored
    assert len(ask(archive, "gruvnäring").groups) == 1
    address = f"/d/{stored.document_id}"
    assert _sent(client, f"{address}/original") == path.read_bytes()
    assert _sent(client, f"{address}/1/small.webp")[8:12] == b"WEBP"
    assert _sent(client, f"{address}/1/slide.pdf").startswith(b"%PDF")
    assert list(archive.problems()) == []
    assert _objects(settings.data / "originals") == _objects(settings.data / "pictures") == []


def test_pages_and_searches_go_on_while_storage_is_away(
    archive: Archive, client: FlaskClient, settings: Settings, own_s3_server: S3Server, tmp_path: Path
) -> None:
    (stored,) = ingest(archive, report(tmp_path / "rapport.pdf", "Gruvnäring")).stored
    for copy in _objects(settings.data / "copies"):
        copy.unlink()
    own_s3_server.stop()
    assert b"Gruvn" in _sent(client, "/?q=gruvnäring")
    assert _sent(client, f"/d/{stored.document_id}")
    refused = client.get(f"/d/{stored.document_id}/original")
    assert refused.status_code == 503
    assert "Filen går inte att hämta just nu" in refused.text
    with pytest.raises(StorageAway):
        add(archive, "Ny", "bild")
    own_s3_server.start()
    assert _sent(client, f"/d/{stored.document_id}/original")


def test_jobs_wait_while_storage_is_away(
    archive: Archive, settings: Settings, own_s3_server: S3Server, tmp_path: Path
) -> None:
    take(archive, report(tmp_path / "rapport.pdf", "Gruvnäring"))
    for copy in _objects(settings.data / "copies"):
        copy.unlink()
    own_s3_server.stop()
    notes = Notes()
    with archive.workers(notes) as pool:
        wait_until(lambda: pool.error, "a worker that found no storage")
        assert isinstance(pool.error, StorageAway)
        assert not notes.extracted
        own_s3_server.start()
        pool.wake()
        wait_until(lambda: notes.extracted and notes.drawn, "a job that is taken up again")
    assert notes.extracted[0].category is Outcome.OK
    assert len(ask(archive, "gruvnäring").groups) == 1


def test_original_that_was_damaged_in_the_bucket_ends_as_an_outcome(
    archive: Archive, settings: Settings, own_s3_server: S3Server, tmp_path: Path
) -> None:
    path = report(tmp_path / "rapport.pdf", "Gruvnäring")
    take(archive, path)
    for copy in _objects(settings.data / "copies"):
        copy.unlink()
    (original,) = archive.originals.digests()
    bucket = open_bucket(settings.store)
    bucket.put(f"originals/{original[:2]}/{original}", b"annat")
    notes = Notes()
    with archive.workers(notes):
        wait_until(lambda: notes.extracted and notes.drawn, "what became of it")
    assert notes.extracted[0].category is Outcome.CRASH
    assert any(original[:12] in problem for problem in archive.problems())
    ingest(archive, path)
    assert list(archive.problems()) == []
