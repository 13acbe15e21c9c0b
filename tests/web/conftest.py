"""One small archive for all web tests, seen by the public and by staff, over the test client and HTTP."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive.app import Archive, open_archive
from archive.settings.sections import WebSettings
from archive.settings.settings import Settings
from archive.web.factory import create_app
from archive.web.server.listen import listen
from tests.waiting import HANG_S
from tests.web.browsing import chromium, page, running_chromium
from tests.web.web_archive import Built, build

__all__ = ["chromium", "page", "running_chromium"]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    settings = Settings(data=tmp_path_factory.mktemp("web") / "data")
    with open_archive(settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def built(archive: Archive) -> Built:
    return build(archive)


class Client(FlaskClient):
    """A client that reads every answer to its end, so that no file stays open."""

    def open(self, *args: Any, buffered: bool = True, **kwargs: Any) -> TestResponse:
        return super().open(*args, buffered=buffered, **kwargs)


@pytest.fixture(scope="session")
def app(archive: Archive, built: Built) -> Flask:
    application = create_app(archive)
    application.test_client_class = Client
    return application


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def staff(archive: Archive, built: Built) -> FlaskClient:
    web = archive.settings.web.model_copy(update={"visitor": "staff"})
    assert isinstance(web, WebSettings)
    settings = archive.settings.model_copy(update={"web": web})
    application = create_app(replace(archive, settings=settings))
    application.test_client_class = Client
    return application.test_client()


@pytest.fixture(scope="session")
def live(app: Flask) -> Iterator[str]:
    """Serve the archive on a free port, as `archive serve` does, and give its address."""
    server = listen(app, WebSettings(), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.stop()
        thread.join(timeout=HANG_S)
        server.close()
