"""An index that is damaged under a running server: said at once, in plain words, and mended."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.app import Archive
from archive.index.follower import IndexFollower
from archive.web.factory import create_app
from tests.filled_archive import add, opened
from tests.waiting import wait_until
from tests.web.conftest import Client
from tests.web.page_tree import text, tree

ASKED = "/?q=gruva"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as filled:
        add(filled, "Gruvor", "Gruva och stål")
        filled.indexer.catch_up()
        yield filled


@pytest.fixture
def client(archive: Archive) -> FlaskClient:
    app = create_app(archive)
    app.test_client_class = Client
    return app.test_client()


def overwrite(path: Path) -> None:
    size_bytes = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(64)
        file.write(b"\xff" * (size_bytes - 64))


def cut(path: Path) -> None:
    os.truncate(path, 100)


DAMAGES: dict[str, Callable[[Path], None]] = {"overwrite": overwrite, "cut": cut, "remove": Path.unlink}


def damage(archive: Archive, do: Callable[[Path], None] = overwrite) -> None:
    """Do something to the segments in place, as a failing disk or another program would."""
    segments = [path for path in (archive.settings.data / "index").rglob("*") if path.suffix == ".arrays"]
    assert segments
    for path in segments:
        do(path)


@pytest.mark.parametrize("do", DAMAGES.values(), ids=DAMAGES)
def test_damage_is_said_at_once_in_plain_words(
    archive: Archive, client: FlaskClient, do: Callable[[Path], None]
) -> None:
    assert client.get(ASKED).status_code == client.get("/healthz").status_code == 200
    damage(archive, do)
    page = tree(client, ASKED, 503)
    assert "Sökningen fungerar inte just nu" in text(page)
    assert client.get(ASKED).headers["Retry-After"]
    health = client.get("/healthz")
    assert health.status_code == 503
    assert health.json is not None
    assert (health.json["database"], health.json["index"]) == (True, False)
    assert client.get("/about").status_code == 200


@pytest.mark.parametrize("do", DAMAGES.values(), ids=DAMAGES)
def test_damage_is_mended_while_the_server_runs(
    archive: Archive, client: FlaskClient, do: Callable[[Path], None]
) -> None:
    follower = IndexFollower(archive.indexer, gather_s=0, look_every_s=3600)
    follower.start()
    try:
        client.get(ASKED)
        damage(archive, do)
        assert client.get(ASKED).status_code == 503
        wait_until(lambda: client.get("/healthz").status_code == 200, "the follower has mended the index")
        assert "Gruvor" in text(tree(client, ASKED))
    finally:
        follower.stop()


def test_server_without_a_follower_says_what_to_run(
    archive: Archive, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.get(ASKED)
    assert (client.get("/healthz").json or {})["advice"] == ""
    damage(archive)
    client.get(ASKED)
    assert (client.get("/healthz").json or {})["advice"] == "Run `archive rebuild`."
    assert "Run `archive rebuild`." in caplog.text


def test_server_with_a_follower_says_that_it_mends(
    archive: Archive, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    mended: list[bool] = []
    archive.indexer.tell_of_doubt(lambda: mended.append(True))
    client.get(ASKED)
    damage(archive)
    client.get(ASKED)
    assert mended
    assert "It is made anew." in caplog.text


def test_mending_of_another_process_is_noticed(archive: Archive, client: FlaskClient) -> None:
    client.get(ASKED)
    damage(archive)
    assert client.get(ASKED).status_code == 503
    archive.engine.close()
    with opened(archive.settings.data.parent) as other:
        other.indexer.rebuild()
    assert client.get("/healthz").status_code == 200
    assert client.get(ASKED).status_code == 200
