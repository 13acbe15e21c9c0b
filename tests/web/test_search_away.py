"""The server that searches does not answer: the search page says so, everything else works."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.app import Archive
from archive.settings.opensearch import OpenSearchSettings
from archive.web.factory import create_app
from tests.filled_archive import add, opened
from tests.web.conftest import Client
from tests.web.page_tree import text, tree


@pytest.fixture
def nobody() -> Iterator[OpenSearchSettings]:
    """Return the settings of a server at whose address nobody listens, and nobody can begin to."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        yield OpenSearchSettings(hosts=(f"http://127.0.0.1:{port}",), search_retry_s=0, write_retry_s=0)


@pytest.fixture
def archive(tmp_path: Path, nobody: OpenSearchSettings) -> Iterator[Archive]:
    with opened(tmp_path, thorough=True, search={"engine": "opensearch"}, opensearch=nobody) as filled:
        yield filled


@pytest.fixture
def document_id(archive: Archive) -> str:
    return add(archive, "Gruvor", "Gruva och stål", "Gruva och malm")


@pytest.fixture
def client(archive: Archive) -> FlaskClient:
    app = create_app(archive)
    app.test_client_class = Client
    return app.test_client()


def test_search_page_says_that_search_is_away(document_id: str, client: FlaskClient) -> None:
    page = tree(client, "/?q=gruva", 503)
    assert "Det går inte att söka just nu" in text(page)
    assert "Dokument och evenemang går att läsa som vanligt" in text(page)
    assert client.get("/?q=gruva").headers["Retry-After"]
    assert "Searching is not possible just now" in text(tree(client, "/en/?q=gruva", 503))


def test_pages_of_documents_and_events_work(document_id: str, client: FlaskClient) -> None:
    for address in (f"/d/{document_id}", f"/d/{document_id}/2", "/e", "/p", "/o", "/r", "/about"):
        assert client.get(address).status_code == 200, address


def test_document_with_a_question_is_shown_as_without(document_id: str, client: FlaskClient) -> None:
    for address in (f"/d/{document_id}", f"/d/{document_id}/2"):
        asked = text(tree(client, f"{address}?q=gruva", 200))
        assert "Gruva och malm" in asked
        assert "gruva" not in asked.lower().replace("gruva och", "")


def test_machines_are_told_too(document_id: str, client: FlaskClient) -> None:
    answer = client.get("/api/search?q=gruva")
    assert (answer.status_code, (answer.json or {})["code"]) == (503, "search_away")
    health = client.get("/healthz")
    assert health.status_code == 503
    assert "does not answer" in (health.json or {})["advice"]
    assert ((health.json or {})["database"], (health.json or {})["index"]) == (True, False)
