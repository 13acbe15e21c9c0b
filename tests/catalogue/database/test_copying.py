"""A whole catalogue is copied row by row, and goes on where it was interrupted."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from archive.app import Archive
from archive.catalogue import audit
from archive.catalogue.database import copying
from archive.catalogue.database.database import Database
from archive.catalogue.tables.events import RegionRow
from archive.catalogue.tables.journal import AuditEventRow
from archive.errors import CopyRefused
from tests.filled_archive import add, opened
from tests.sample_archive import opened_sample


class _Interrupted(Exception):
    pass


def _ignored(table: str, count: int) -> None:
    del table, count


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with opened_sample(tmp_path_factory.mktemp("source")) as sample:
        yield sample.archive


@pytest.fixture
def target(catalogue_url: str) -> Iterator[Database]:
    """An empty catalogue to copy to, on SQLite and on PostgreSQL."""
    with closing(Database.open(catalogue_url)) as database:
        yield database


def test_copy_has_every_row(source: Archive, target: Database) -> None:
    copying.copy_rows(source.database, target, _ignored)
    assert copying.differences(source.database, target) == ()
    counts = copying.row_counts(target)
    assert counts == copying.row_counts(source.database)
    assert counts["page"] > 5
    assert counts["contribution"] > 2


def test_copy_of_a_copy_is_the_same_catalogue(source: Archive, target: Database, tmp_path: Path) -> None:
    copying.copy_rows(source.database, target, _ignored)
    with closing(Database.open(f"sqlite:///{tmp_path / 'back.db'}")) as back:
        copying.copy_rows(target, back, _ignored)
        assert copying.differences(source.database, back) == ()


def test_copy_that_was_interrupted_goes_on(source: Archive, target: Database) -> None:
    at_rows = {"event": 2, "region": 3, "page": 7, "picture": 1}
    for stop_at, count in at_rows.items():

        def told(table: str, rows: int, stop_at: str = stop_at, at: int = count) -> None:
            if (table, rows) == (stop_at, at):
                raise _Interrupted

        with pytest.raises(_Interrupted):
            copying.copy_rows(source.database, target, told, batch_rows=1)
    copying.copy_rows(source.database, target, _ignored, batch_rows=3)
    assert copying.differences(source.database, target) == ()


def test_changed_row_is_a_difference(source: Archive, target: Database) -> None:
    copying.copy_rows(source.database, target, _ignored)
    with target.write() as session:
        session.execute(select(RegionRow).limit(1)).scalar_one().name = "Annat"
    assert copying.differences(source.database, target) == ("region",)


def test_records_of_another_archive_are_never_overwritten(source: Archive, tmp_path: Path) -> None:
    with opened(tmp_path) as other:
        add(other, "Egen", "bild")
        before = copying.row_counts(other.database)
        with pytest.raises(CopyRefused, match="records of its own"):
            copying.copy_rows(source.database, other.database, _ignored)
        assert copying.row_counts(other.database) == before


def test_unfinished_copy_of_another_archive_is_refused(
    source: Archive, target: Database, tmp_path: Path
) -> None:
    def stop(table: str, count: int) -> None:
        raise _Interrupted

    with pytest.raises(_Interrupted):
        copying.copy_rows(source.database, target, stop)
    with opened(tmp_path) as other, pytest.raises(CopyRefused, match="unfinished copy"):
        copying.copy_rows(other.database, target, _ignored)


def test_numbers_go_on_after_those_of_rows_that_are_gone(tmp_path: Path, target: Database) -> None:
    def newest_event(database: Database) -> int:
        with database.write() as session:
            audit.record(session, "test", "test.done", "x", "")
            session.flush()
            newest = select(AuditEventRow).order_by(AuditEventRow.id.desc()).limit(1)
            row = session.execute(newest).scalar_one()
            session.delete(row)
            return row.id

    with opened(tmp_path) as archive:
        given = newest_event(archive.database)
        copying.copy_rows(archive.database, target, _ignored)
    assert newest_event(target) == given + 1
