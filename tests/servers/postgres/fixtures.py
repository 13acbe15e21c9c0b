"""The PostgreSQL server of this run of tests, and catalogues on SQLite and on it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.catalogue.database.database import Database
from tests.memory_disk import temporary_root
from tests.servers.postgres.databases import OwnDatabase, make_template, new_database
from tests.servers.postgres.server import Server, required_programs, shared_server

SQLITE, POSTGRESQL = "sqlite", "postgresql"
ON_BOTH = (SQLITE, pytest.param(POSTGRESQL, marks=pytest.mark.postgresql))
"""For `params` of a fixture, or `parametrize`: what is true of the catalogue on either."""
only_on_sqlite = pytest.mark.parametrize("catalogue_url", [SQLITE], indirect=True)
"""For tests with a fixture that needs a catalogue, of what SQLite alone has."""


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """The server that all processes of this run share."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    with shared_server(temporary_root(), run, required_programs()) as server:
        make_template(server)
        yield server


@pytest.fixture(scope="session")
def own_database(postgres_server: Server) -> OwnDatabase:
    """The database that this process uses for one test after another."""
    return OwnDatabase(postgres_server)


@pytest.fixture
def postgres_url(own_database: OwnDatabase) -> str:
    """The address of a new catalogue on PostgreSQL."""
    return own_database.as_new()


@pytest.fixture
def empty_postgres_url(postgres_server: Server) -> Iterator[str]:
    """The address of a PostgreSQL database without any tables."""
    with new_database(postgres_server, is_empty=True) as url:
        yield url


@pytest.fixture(scope="session")
def new_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a catalogue with today's tables: copied it is there sooner than made."""
    path = tmp_path_factory.mktemp("catalogue") / "catalogue.db"
    Database.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture(params=ON_BOTH)
def catalogue_url(request: pytest.FixtureRequest, tmp_path: Path, new_sqlite_file: Path) -> str:
    """The address of a new catalogue, on SQLite and on PostgreSQL."""
    if request.param == SQLITE:
        return f"sqlite:///{shutil.copy(new_sqlite_file, tmp_path / 'catalogue.db')}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(params=ON_BOTH)
def empty_catalogue_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a catalogue that is still to be made, on SQLite and on PostgreSQL."""
    if request.param == SQLITE:
        return f"sqlite:///{tmp_path / 'new' / 'catalogue.db'}"
    url: str = request.getfixturevalue("empty_postgres_url")
    return url
