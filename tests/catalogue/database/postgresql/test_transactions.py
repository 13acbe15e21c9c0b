"""What transactions on a server promise: one state, one writer, bounded waits."""

import threading
from contextlib import ExitStack

import pytest
from sqlalchemy import select, text

from archive.catalogue import audit
from archive.catalogue.database.database import Database
from archive.catalogue.tables.documents import OriginalRow
from archive.catalogue.tables.events import PersonRow
from archive.catalogue.tables.journal import MetaRow
from archive.errors import Busy, CatalogueError
from tests.catalogue.conftest import put
from tests.catalogue.database.postgresql.conftest import Open
from tests.servers.postgres.databases import run
from tests.servers.postgres.server import Server


def test_reader_sees_one_state_while_a_writer_commits(open_with: Open) -> None:
    database = open_with()
    with database.read() as session:
        assert audit.latest(session, 10) == ()
        writer = threading.Thread(target=lambda: _note(database))
        writer.start()
        writer.join()
        session.expire_all()
        assert audit.latest(session, 10) == ()
    with database.read() as session:
        assert len(audit.latest(session, 10)) == 1


def _note(database: Database) -> None:
    with database.write() as session:
        audit.record(session, "a", "b", "c", "d")


def test_nothing_can_be_changed_in_a_read(open_with: Open) -> None:
    with pytest.raises(CatalogueError), open_with().read() as session:
        session.execute(text("DELETE FROM meta"))


def test_writer_waits_for_another_for_so_long_only(open_with: Open) -> None:
    database = open_with(write_wait_s=0.1)
    with database.write(), pytest.raises(Busy), open_with(write_wait_s=0.1).write():
        pass


def test_rows_of_jobs_are_written_while_another_writes(open_with: Open) -> None:
    database = open_with(write_wait_s=0.1)
    with database.write() as session:
        audit.record(session, "a", "b", "c", "d")
        with database.write_rows() as beside:
            beside.add(MetaRow(key="beside", value="1"))
    with database.read() as session:
        assert session.get(MetaRow, "beside") is not None


def test_row_that_another_keeps_is_busy(open_with: Open) -> None:
    database = open_with(write_wait_s=0.1)
    with database.write_rows() as session:
        session.get_one(MetaRow, "epoch").value = "other"
        session.flush()
        with pytest.raises(Busy), database.write_rows() as beside:
            beside.get_one(MetaRow, "epoch").value = "third"


def test_deadlock_is_busy(open_with: Open) -> None:
    database = open_with()
    with database.write() as session:
        session.add_all([MetaRow(key="one", value=""), MetaRow(key="two", value="")])
    first_has_one, second_has_two = threading.Event(), threading.Event()
    busy: list[str] = []

    def change(key: str, is_mine: threading.Event, is_theirs: threading.Event, other: str) -> None:
        try:
            with database.write_rows() as session:
                session.get_one(MetaRow, key).value = key
                session.flush()
                is_mine.set()
                is_theirs.wait(60)
                session.get_one(MetaRow, other).value = key
        except Busy:
            busy.append(key)

    threads = [
        threading.Thread(target=change, args=("one", first_has_one, second_has_two, "two")),
        threading.Thread(target=change, args=("two", second_has_two, first_has_one, "one")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(busy) == 1


def test_statement_that_takes_too_long_is_ended(open_with: Open) -> None:
    with pytest.raises(Busy), open_with(statement_time_s=1).read() as session:
        session.execute(text("SELECT pg_sleep(600)"))


def test_no_more_connections_than_allowed(open_with: Open) -> None:
    database = open_with(connections_max=2, write_wait_s=0.1)
    with ExitStack() as stack:
        stack.enter_context(database.write_rows())
        stack.enter_context(database.write_rows())
        with pytest.raises(Busy, match="at once"), database.read():
            pass


def test_nul_and_half_letters_are_left_out_of_texts_and_json(open_with: Open) -> None:
    database = open_with()
    with database.write() as session:
        document_id = put(session, filename="a\0b.pptx", title="Titel\0 \udcff")
        session.add(MetaRow(key="noll\0", value="\0"))
    with database.read() as session:
        row = session.scalars(select(OriginalRow)).one()
        assert row.size_bytes
        assert session.get(MetaRow, "noll") is not None
        found = session.execute(text("SELECT title FROM document WHERE id = :id"), {"id": document_id})
        assert found.scalar() == "Titel \\udcff"


def test_texts_are_in_the_order_of_letters_whatever_the_language_of_the_server(
    postgres_server: Server,
) -> None:
    names = ["Zeta", "a", "Ä", "ä", "å", "B", "b", "é", "-", "Ö", "z", "Å", "A"]
    run(
        postgres_server,
        "CREATE DATABASE swedish TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'sv' LOCALE 'C.UTF-8'",
    )
    try:
        database = Database.open(postgres_server.url("swedish"))
        with database.write() as session:
            session.add_all([PersonRow(id=name, name=name, name_key=name) for name in names])
        with database.read() as session:
            assert list(session.scalars(select(PersonRow.id).order_by(PersonRow.name))) == sorted(names)
            below = select(PersonRow.id).where(PersonRow.name < "a").order_by(PersonRow.name)
            assert list(session.scalars(below)) == ["-", "A", "B", "Zeta"]
        database.close()
    finally:
        run(postgres_server, "DROP DATABASE swedish WITH (FORCE)")
