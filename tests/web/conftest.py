"""One small archive for all web tests, seen by the public and by staff, over the test client and HTTP."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from archive.app import Archive, open_archive
from archive.settings import Settings, WebSettings
from archive.web.factory import create_app

from .building import Built, build


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
    """Serve the archive on a free port and give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()
