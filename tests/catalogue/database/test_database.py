"""Opening, migrating, and what a transaction promises."""

import os
import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import select, text

from archive.catalogue import audit
from archive.catalogue.database import connection, database
from archive.catalogue.database.connection import journal_mode_for
from archive.catalogue.database.database import Database
from archive.catalogue.tables.journal import MetaRow
from archive.errors import Busy, CatalogueError, StorageError
from tests.servers.postgres.fixtures import only_on_sqlite
from tests.waiting import wait_until


def _url(path: Path) -> str:
    return f"sqlite:///{path / 'catalogue.db'}"


@only_on_sqlite
def test_connections_are_safe(database: Database) -> None:
    with database.read() as session:
        values = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert values == {
        "journal_mode": database.journal_mode,
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "truncate"),
        ((3, 44, 5), "truncate"),
        ((3, 44, 6), "wal"),
        ((3, 45, 9), "truncate"),
        ((3, 50, 6), "truncate"),
        ((3, 50, 7), "wal"),
        ((3, 51, 2), "truncate"),
        ((3, 51, 3), "wal"),
        ((3, 54, 0), "wal"),
    ],
)
def test_wal_only_on_versions_without_the_fault(version: tuple[int, ...], mode: str) -> None:
    assert journal_mode_for(version) == mode


@pytest.mark.parametrize("faulty_again", [False, True])
def test_wal_catalogue_opens_and_can_go_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, faulty_again: bool
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(database, "journal_mode_for", lambda version: "wal")
        with closing(Database.open(_url(tmp_path))) as opened, opened.write() as session:
            assert session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    mode = "truncate" if faulty_again else "wal"
    monkeypatch.setattr(database, "journal_mode_for", lambda version: mode)
    with closing(Database.open(_url(tmp_path))) as opened, opened.read() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar() == mode


def test_failed_write_keeps_nothing(database: Database) -> None:
    def fail() -> None:
        with database.write() as session:
            audit.record(session, "a", "b", "c", "d")
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.read() as session:
        assert audit.latest(session, 10) == ()


def test_nothing_done_in_a_read_is_kept(database: Database) -> None:
    with database.read() as session:
        audit.record(session, "a", "b", "c", "d")
    with suppress(CatalogueError), database.read() as session:  # PostgreSQL refuses it at once
        session.execute(text("DELETE FROM meta"))
    with database.read() as session:
        assert audit.latest(session, 10) == ()
        assert session.get(MetaRow, "epoch") is not None


@only_on_sqlite
def test_read_sees_one_state(database: Database, tmp_path: Path) -> None:
    """In TRUNCATE mode the writer waits for the reader; in WAL mode the reader keeps its snapshot."""

    def write() -> None:
        with database.write() as session:
            audit.record(session, "a", "b", "c", "d")

    with database.read() as session:
        assert audit.latest(session, 10) == ()
        thread = threading.Thread(target=write)
        thread.start()
        _wait_until_readers_are_refused(tmp_path / "catalogue.db", thread)
        session.expire_all()
        assert audit.latest(session, 10) == ()
    thread.join()
    with database.read() as session:
        assert len(audit.latest(session, 10)) == 1


def test_read_within_a_read_of_the_same_thread_is_refused(database: Database) -> None:
    with database.read() as outer:
        with pytest.raises(RuntimeError, match="pass its session on"), database.read():
            pass
        assert outer.execute(text("SELECT count(*) FROM meta WHERE key = 'one'")).scalar() == 0
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM meta WHERE key = 'one'")).scalar() == 0


def _wait_until_readers_are_refused(path: Path, writer: threading.Thread) -> None:
    """Wait until the writer is about to commit (with WAL, which refuses no reader: until it has)."""
    with closing(sqlite3.connect(path, timeout=0)) as probe:

        def is_refused() -> bool:
            try:
                probe.execute("SELECT count(*) FROM meta").fetchall()
            except sqlite3.OperationalError:
                return True
            return not writer.is_alive()

        wait_until(is_refused, "the writer is about to commit, or has done so")


def test_threads_read_at_the_same_time(database: Database) -> None:
    counts: list[int] = []

    def read() -> None:
        with database.read() as session:
            counts.append(session.execute(text("SELECT count(*) FROM meta WHERE key = 'one'")).scalar() or 0)

    with database.read():
        thread = threading.Thread(target=read)
        thread.start()
        thread.join(60)
    assert counts == [0]


def test_writers_wait_for_each_other(database: Database) -> None:
    def add() -> None:
        for _ in range(5):
            with database.write() as session:
                row = session.get_one(MetaRow, "count")
                for _ in range(100):  # others have time to write now, if they can
                    os.sched_yield()
                row.value = str(int(row.value) + 1)

    with database.write() as session:
        session.add(MetaRow(key="count", value="0"))
    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        assert session.scalar(select(MetaRow.value).where(MetaRow.key == "count")) == "20"


def test_lock_held_too_long_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_TIMEOUT_S", 0.1)
    with (
        closing(Database.open(_url(tmp_path))) as opened,
        opened.write(),
        pytest.raises(Busy),
        opened.write(),
    ):
        pass


@only_on_sqlite
def test_full_catalogue_is_a_storage_error(database: Database) -> None:
    def fill() -> None:
        with database.write() as session:
            pages = session.execute(text("PRAGMA page_count")).scalar()
            session.execute(text(f"PRAGMA max_page_count={pages}"))
            audit.record(session, "a", "b", "c", "d", "x" * 1_000_000)

    with pytest.raises(StorageError):
        fill()
    database.check()


@only_on_sqlite
def test_read_only_catalogue_is_a_storage_error(database: Database) -> None:
    def write() -> None:
        with database.write() as session:
            session.execute(text("PRAGMA query_only=ON"))
            audit.record(session, "a", "b", "c", "d")

    with pytest.raises(StorageError):
        write()


def test_broken_rule_of_the_tables_is_a_catalogue_error(database: Database) -> None:
    with pytest.raises(CatalogueError), database.write() as session:
        session.execute(text("INSERT INTO change (document_id, hides, at) VALUES ('nobody', false, '')"))


def test_file_that_is_no_database_is_a_catalogue_error(tmp_path: Path) -> None:
    (tmp_path / "catalogue.db").write_bytes(b"not a database " * 100)
    with pytest.raises(CatalogueError):
        Database.open(_url(tmp_path))


def test_damage_is_found(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    with closing(Database.open(_url(tmp_path))):
        pass
    with closing(sqlite3.connect(path)) as raw:
        root = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'region'").fetchone()[0]
        size = raw.execute("PRAGMA page_size").fetchone()[0]
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * 200)
    with closing(Database.open(_url(tmp_path))) as opened, pytest.raises(CatalogueError):
        opened.check()


@pytest.mark.parametrize("url", ["", "nonsense", "nodb://host/name", "sqlite://", "sqlite:///:memory:"])
def test_wrong_address_is_a_catalogue_error(url: str) -> None:
    with pytest.raises(CatalogueError):
        Database.open(url)


def test_folder_that_cannot_be_made_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        Database.open(_url(tmp_path / "file"))
