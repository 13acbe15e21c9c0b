"""A server that is stopped and started again: what was committed is there, and work goes on."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from archive.catalogue import audit
from archive.catalogue.database.database import Database
from archive.errors import CatalogueUnavailable
from tests.servers.postgres.databases import run
from tests.servers.postgres.server import Server, required_programs


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server for this test alone, since it is stopped."""
    server = Server.in_new_folder(required_programs())
    try:
        server.make()
        yield server
    finally:
        server.remove()


def test_work_goes_on_after_a_restart(own_server: Server) -> None:
    url = own_server.url("archive")
    run(own_server, "CREATE DATABASE archive")
    with closing(Database.open(url)) as database:
        turn = database.turn("index")
        assert turn.is_ours()
        with database.write() as session:
            audit.record(session, "a", "b", "c", "d")
        own_server.stop()
        for use in (database.read, database.write, database.write_rows):
            with pytest.raises(CatalogueUnavailable, match="database_url"), use():
                pass
        with pytest.raises(CatalogueUnavailable):
            turn.is_ours()
        with pytest.raises(CatalogueUnavailable):
            Database.open(url)
        own_server.start()
        with database.read() as session:
            assert len(audit.latest(session, 10)) == 1
        with database.write() as session:
            audit.record(session, "a", "b", "c", "d")
        assert turn.is_ours()
        turn.give_up()


def test_server_stopped_within_a_transaction_keeps_nothing_of_it(own_server: Server) -> None:
    run(own_server, "CREATE DATABASE archive")
    with closing(Database.open(own_server.url("archive"))) as database:

        def write() -> None:
            with database.write() as session:
                audit.record(session, "a", "b", "c", "d")
                session.flush()
                own_server.stop()

        with pytest.raises(CatalogueUnavailable):
            write()
        own_server.start()
        with database.read() as session:
            assert audit.latest(session, 10) == ()
