"""The way to a server is encrypted as `sslmode` and `sslrootcert` in the address of the catalogue say."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from archive.catalogue.database.database import Database
from archive.errors import CatalogueError
from archive.settings.database import DatabaseSettings
from tests.servers.postgres.server import Server, required_programs

pytestmark = pytest.mark.postgresql

_SOON = DatabaseSettings(connect_time_s=10)
_ENCRYPTED_ONLY = "local all all trust\nhostssl all all 127.0.0.1/32 trust\n"
_TRIES = 20


def _new_certificate(folder: Path, name: str) -> Path:
    """Make a certificate that vouches for itself and this machine, beside its key."""
    made = folder / f"{name}.crt"
    about = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *about]
    keys = ["-keyout", str(made.with_suffix(".key")), "-out", str(made)]
    subprocess.run([*command, *keys], check=True, capture_output=True)
    return made


def _start_on_a_free_port(server: Server) -> int:
    """Start it on a port that was free a moment ago; another program may have taken it since."""
    for attempt in range(_TRIES):
        with socket.create_server(("127.0.0.1", 0)) as listening:
            port: int = listening.getsockname()[1]
        last = attempt == _TRIES - 1
        with suppress(*(() if last else (subprocess.CalledProcessError,))):
            server.start(f"-c listen_addresses=127.0.0.1 -c port={port} -c ssl=on")
            return port
    raise AssertionError("no port was free")


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that is reached over TLS alone, without what the client asks for."""
    server = Server.in_new_folder(required_programs())
    try:
        server.make()
        server.stop()
        certificate = _new_certificate(server.folder, "server")
        for suffix in (".crt", ".key"):
            placed = server.folder / "data" / f"server{suffix}"
            shutil.move(certificate.with_suffix(suffix), placed)
            placed.chmod(0o600)
            if os.geteuid() == 0:
                shutil.chown(placed, "postgres", "postgres")
        (server.folder / "data" / "pg_hba.conf").write_text(_ENCRYPTED_ONLY)
        shutil.copy(server.folder / "data" / "server.crt", tmp_path_factory.getbasetemp() / "authority.crt")
        port = _start_on_a_free_port(server)
        yield f"postgresql+psycopg://archive@127.0.0.1:{port}/postgres"
    finally:
        server.remove()


@pytest.fixture
def authority(encrypted: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file with the certificate that vouches for the server."""
    return tmp_path_factory.getbasetemp() / "authority.crt"


def test_server_is_known_by_its_authority(encrypted: str, authority: Path) -> None:
    url = f"{encrypted}?sslmode=verify-full&sslrootcert={authority}"
    with closing(Database.open(url, _SOON)) as database, database.read() as session:
        encrypted_by = session.scalar(text("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
        assert str(encrypted_by).startswith("TLSv1.")
        assert database.epoch


def test_another_authority_does_not_vouch_for_it(encrypted: str, tmp_path: Path) -> None:
    other = _new_certificate(tmp_path, "other")
    _is_refused(f"{encrypted}?sslmode=verify-full&sslrootcert={other}")


def test_server_of_another_name_is_refused(encrypted: str, authority: Path) -> None:
    named = make_url(encrypted).set(host="localhost").render_as_string(hide_password=False)
    _is_refused(f"{named}?sslmode=verify-full&sslrootcert={authority}&hostaddr=127.0.0.1")


def test_missing_file_of_the_authority_is_refused(encrypted: str, tmp_path: Path) -> None:
    _is_refused(f"{encrypted}?sslmode=verify-full&sslrootcert={tmp_path / 'nowhere.crt'}")


def _is_refused(url: str) -> None:
    with pytest.raises(CatalogueError, match="sslmode and sslrootcert in database_url") as caught:
        Database.open(url, _SOON)
    assert "\n" not in caught.value.message


def test_way_without_encryption_is_refused(encrypted: str) -> None:
    with pytest.raises(CatalogueError, match="database_url") as caught:
        Database.open(f"{encrypted}?sslmode=disable", _SOON)
    assert "sslmode" in caught.value.message
