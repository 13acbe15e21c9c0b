"""What is wrong with a server or the settings is said in one line that names the setting."""

import json
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from archive.errors import SearchAway, SearchRefused, SettingsError
from archive.index.documents import Batch
from archive.index.engine import SearchEngine
from archive.index.engines import open_engine
from archive.settings.opensearch import OpenSearchSettings
from archive.settings.settings import load_settings
from tests.index.index_documents import document, mark

PASSWORD = "mycket-hemligt"
SECRET = SecretStr(PASSWORD)


@contextmanager
def serving(status: int, body: object, certificate: Path | None = None) -> Iterator[str]:
    """Answer everything alike, at the address that is yielded."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
            server.handle_error = lambda *_: None  # type: ignore[method-assign]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a certificate that nobody has signed, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    made, key = folder / "cert.pem", folder / "key.pem"
    name = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *name]
    subprocess.run([*command, "-keyout", key, "-out", made], check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_text(made.read_text() + key.read_text())
    return both


def refused(folder: Path, settings: OpenSearchSettings) -> SearchRefused:
    """Return what every call of the engine says."""
    calls: list[Callable[[SearchEngine], object]] = [
        lambda engine: engine.watermark(),
        lambda engine: engine.counts(),
        lambda engine: engine.check(),
        lambda engine: engine.write(Batch([document("a", "skog")], mark(1))),
    ]
    told: list[SearchRefused] = []
    with closing(open_engine("opensearch", folder / "index", settings)) as engine:
        for call in calls:
            with pytest.raises(SearchRefused) as caught:
                call(engine)
            told.append(caught.value)
    assert len({one.message for one in told}) == 1
    assert PASSWORD not in told[0].message
    assert "\n" not in told[0].message
    return told[0]


def test_wrong_password(tmp_path: Path) -> None:
    with serving(401, {}) as address:
        settings = OpenSearchSettings(
            hosts=(address,), user="arkiv", password=SecretStr(PASSWORD), search_retry_s=60
        )
        assert refused(tmp_path, settings).field == "opensearch.user"


def test_user_without_rights(tmp_path: Path) -> None:
    with serving(403, {}) as address:
        settings = OpenSearchSettings(
            hosts=(address,), user="arkiv", password=SecretStr(PASSWORD), search_retry_s=60
        )
        assert refused(tmp_path, settings).expected == "the server does not let this user do what is needed"


def test_certificate_that_nobody_vouches_for(tmp_path: Path, certificate: Path) -> None:
    with serving(200, {}, certificate) as address:
        assert refused(tmp_path, OpenSearchSettings(hosts=(address,))).field == "opensearch.ca_file"


def test_certificate_of_the_own_authority_is_good(tmp_path: Path, certificate: Path) -> None:
    """It gets as far as the version, which is another server's."""
    version = {"version": {"distribution": "opensearch", "number": "2.19.3"}}
    with serving(200, version, certificate) as address:
        settings = OpenSearchSettings(hosts=(address,), ca_file=certificate)
        assert "expected OpenSearch 3 or newer" in refused(tmp_path, settings).message


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_file_without_certificates(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    settings = OpenSearchSettings(hosts=("https://127.0.0.1:1",), ca_file=path)
    assert refused(tmp_path, settings).field == "opensearch.ca_file"


def test_password_file_that_is_not_there(tmp_path: Path) -> None:
    settings = OpenSearchSettings(user="arkiv", password_file=tmp_path / "nowhere")
    assert refused(tmp_path, settings).field == "opensearch.password_file"


def test_machine_that_does_not_exist(tmp_path: Path) -> None:
    settings = OpenSearchSettings(hosts=("http://nowhere.invalid:9200",), search_retry_s=0, write_retry_s=0)
    assert refused(tmp_path, settings).expected == "there is no machine of this name"


@pytest.mark.parametrize("number", ["2.19.3", "7.10.2"])
def test_server_of_another_version(tmp_path: Path, number: str) -> None:
    distribution = {} if number.startswith("7") else {"distribution": "opensearch"}
    with serving(200, {"version": {**distribution, "number": number}}) as address:
        told = refused(tmp_path, OpenSearchSettings(hosts=(address,)))
    assert told.field == "opensearch.hosts"
    assert number in told.message


def test_server_in_trouble_is_away(tmp_path: Path) -> None:
    with serving(503, {}) as address:
        settings = OpenSearchSettings(hosts=(address,), search_retry_s=0)
        with closing(open_engine("opensearch", tmp_path / "index", settings)) as engine:
            with pytest.raises(SearchAway, match=r"opensearch\.hosts") as caught:
                engine.watermark()
            assert not isinstance(caught.value, SearchRefused)


def test_server_without_room_says_so(tmp_path: Path) -> None:
    """A node whose heap is full answers, and takes nothing (circuit_breaking_exception)."""
    with serving(429, {"error": {"type": "circuit_breaking_exception"}, "status": 429}) as address:
        settings = OpenSearchSettings(hosts=(address,), search_retry_s=0, write_retry_s=0)
        with (
            closing(open_engine("opensearch", tmp_path / "index", settings)) as engine,
            pytest.raises(SearchAway, match="more memory"),
        ):
            engine.watermark()


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ('hosts = ["search.example.org"]', "expected addresses without user and path"),
        ('hosts = ["https://me:secret@search.example.org"]', "expected addresses without user and path"),
        ("hosts = []", "expected at least one"),
        ('index_prefix = "Åre"', "expected small letters"),
        ('user = "arkiv"', "user needs a password_file"),
        (
            'user = "arkiv"\npassword_file = "/x"\nhosts = ["http://search.example.org"]',
            "a user needs hosts with https",
        ),
        ("shards = 0", "expected a number from 1"),
    ],
)
def test_settings_that_cannot_be_used(tmp_path: Path, section: str, expected: str) -> None:
    (tmp_path / "archive.toml").write_text(f"[opensearch]\n{section}\n", "utf-8")
    with pytest.raises(SettingsError, match=r"^Setting opensearch") as caught:
        load_settings(tmp_path)
    assert expected in caught.value.message
    assert "secret" not in caught.value.message


def test_password_comes_from_the_environment_and_is_not_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARCHIVE_OPENSEARCH__USER", "arkiv")
    monkeypatch.setenv("ARCHIVE_OPENSEARCH__PASSWORD", PASSWORD)
    settings = load_settings(tmp_path).opensearch
    assert settings.password.get_secret_value() == PASSWORD
    assert PASSWORD not in repr(settings) + str(settings) + settings.model_dump_json()
    assert OpenSearchSettings.from_parent(settings.for_child()) == settings
