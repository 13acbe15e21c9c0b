"""A server that does not let the archive in: one line that names the setting, and never the password."""

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import make_url

from archive.catalogue.database.database import Database
from archive.catalogue.migrations.__main__ import main
from archive.errors import ArchiveError, Busy, CatalogueError, CatalogueUnavailable
from archive.settings.database import DatabaseSettings
from tests.servers.postgres.databases import new_database, run
from tests.servers.postgres.server import GUARDED_USER, USER, Server

SECRET = "hemligt-7Qx"
_SOON = DatabaseSettings(connect_time_s=2)


@pytest.fixture
def guarded(postgres_server: Server) -> Iterator[Server]:
    """The server with a user who has to give a password, and owns nothing."""
    run(postgres_server, f"CREATE USER {GUARDED_USER} PASSWORD '{SECRET}'")
    yield postgres_server
    run(postgres_server, f"DROP USER {GUARDED_USER}")


def _message(url: str, caplog: pytest.LogCaptureFixture, kind: type[ArchiveError] = CatalogueError) -> str:
    with caplog.at_level(logging.DEBUG), pytest.raises(kind) as caught:
        Database.open(url, _SOON).close()
    message: str = caught.value.message
    assert "database_url" in message
    assert "\n" not in message
    assert SECRET not in message + caplog.text
    return message


def _with_password(server: Server, database: str, password: str) -> str:
    url = make_url(server.url(database, GUARDED_USER))
    return url.set(password=password).render_as_string(hide_password=False)


def test_wrong_password_is_refused(guarded: Server, caplog: pytest.LogCaptureFixture) -> None:
    assert "password" in _message(_with_password(guarded, "postgres", SECRET + "!"), caplog)


def test_missing_password_is_refused(guarded: Server, caplog: pytest.LogCaptureFixture) -> None:
    assert "password_file" in _message(guarded.url("postgres", GUARDED_USER), caplog)


def test_unknown_user_is_refused(postgres_server: Server, caplog: pytest.LogCaptureFixture) -> None:
    assert "user" in _message(postgres_server.url("postgres", "nobody_of_that_name"), caplog)


def test_missing_database_is_told(postgres_server: Server, caplog: pytest.LogCaptureFixture) -> None:
    assert "no database" in _message(postgres_server.url("no_database_of_that_name"), caplog)


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("no-such-host.invalid", CatalogueError),
        ("127.0.0.1:1", CatalogueUnavailable),
    ],
)
def test_server_that_is_not_there_is_told(
    caplog: pytest.LogCaptureFixture, place: str, kind: type[ArchiveError]
) -> None:
    assert "host" in _message(f"postgresql+psycopg://{USER}:{SECRET}@{place}/archive", caplog, kind)


def test_server_without_encryption_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_refuse_encryption, args=(listening,)).start()
        place = f"127.0.0.1:{listening.getsockname()[1]}"
        url = f"postgresql+psycopg://{USER}:{SECRET}@{place}/archive?sslmode=require&gssencmode=disable"
        assert "sslrootcert" in _message(url, caplog)


def _refuse_encryption(listening: socket.socket) -> None:
    """Answer as a server without TLS does."""
    connection, _ = listening.accept()
    with connection:
        connection.recv(8)
        connection.sendall(b"N")


def test_user_who_may_make_no_tables_is_told_and_another_can(
    guarded: Server, caplog: pytest.LogCaptureFixture
) -> None:
    with new_database(guarded, is_empty=True) as url:
        name = str(make_url(url).database)
        theirs = _with_password(guarded, name, SECRET)
        assert "OWNER" in _message(theirs, caplog)
        assert main([url]) == 0
        assert "may not" in _message(theirs, caplog)
        run(guarded, f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {GUARDED_USER}", name)
        Database.open(theirs, _SOON).close()
        run(guarded, f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {GUARDED_USER}", name)


def test_tables_of_another_program_are_left_alone(
    postgres_server: Server, empty_postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    run(postgres_server, "CREATE TABLE addresses (name text)", str(make_url(empty_postgres_url).database))
    assert "another program" in _message(empty_postgres_url, caplog)


def test_database_that_cannot_hold_all_letters_is_refused(
    postgres_server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    run(postgres_server, "CREATE DATABASE latin ENCODING LATIN1 LOCALE 'C' TEMPLATE template0")
    try:
        assert "UTF8" in _message(postgres_server.url("latin"), caplog)
    finally:
        run(postgres_server, "DROP DATABASE latin WITH (FORCE)")


def test_server_without_room_for_more_connections_is_busy(
    postgres_server: Server, postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    name = make_url(postgres_url).database
    run(postgres_server, f"ALTER DATABASE {name} CONNECTION LIMIT 0")
    run(postgres_server, "CREATE USER many")
    try:
        with pytest.raises(Busy, match="connections"):
            Database.open(postgres_server.url(str(name), "many"), _SOON)
    finally:
        run(postgres_server, f"ALTER DATABASE {name} CONNECTION LIMIT -1")
        run(postgres_server, "DROP USER many")


def test_driver_that_is_missing_is_named() -> None:
    with pytest.raises(CatalogueError, match=r"archive\[cluster\]"):
        Database.open("postgresql+asyncpg://archive@/archive")


def test_other_kinds_of_servers_are_refused() -> None:
    with pytest.raises(CatalogueError, match="database_url"):
        Database.open("mysql://archive@/archive")


def test_catalogue_opens_with_the_right_password(guarded: Server) -> None:
    with new_database(guarded, is_empty=True) as url:
        name = str(make_url(url).database)
        run(guarded, f"ALTER DATABASE {name} OWNER TO {GUARDED_USER}")
        run(guarded, f"ALTER SCHEMA public OWNER TO {GUARDED_USER}", name)
        with closing(Database.open(_with_password(guarded, name, SECRET))) as database:
            assert database.epoch
