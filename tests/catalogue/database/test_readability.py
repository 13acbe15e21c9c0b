"""Damage to the catalogue's file: it is named, and it is said what can still be read."""

import random
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest

from archive.app import Archive
from archive.catalogue import documents, statistics
from archive.catalogue.database.database import Database
from archive.catalogue.database.readability import unreadable_tables, whole_documents
from archive.errors import CatalogueError
from tests.filled_archive import add, opened

NAMES = ("ett", "två", "tre")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return the file of a catalogue with three documents that nobody has open."""
    with opened(tmp_path) as archive:
        for name in NAMES:
            add(archive, name, *[f"sökord {name} {number}" for number in range(5)])
    return tmp_path / "data" / "catalogue.db"


def _change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def _states(path: Path) -> tuple[list[tuple[str, int | None]], tuple[int, int] | None]:
    database = Database.open(f"sqlite:///{path}")
    try:
        with database.read() as session:
            states = [
                (state.table, None if state.unreadable is None else len(state.unreadable))
                for state in unreadable_tables(session)
            ]
            return states, whole_documents(session)
    finally:
        database.close()


def test_sound_catalogue_can_be_read_whole(archive: Path) -> None:
    assert _states(archive) == ([], (3, 3))


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("update page set blocks = substr(blocks, 2) where rowid = 1", "page"),
        ('update page set blocks = \'[["no field",[],[],0,""]]\' where rowid = 1', "page"),
        ("update page set language = CAST(x'ff' AS TEXT) where rowid = 1", "page"),
        ("update page set width_pt = 'wide' where rowid = 1", "page"),
        ("update version set category = 'oj' where rowid = 1", "version"),
        ("update document set visibility = 'pvblic' where rowid = 1", "document"),
        ("update document set created_at = '2026-11-68T11:40:11.976207Z' where rowid = 1", "document"),
    ],
)
def test_value_that_makes_no_sense_is_found(archive: Path, statement: str, table: str) -> None:
    _change(archive, statement)
    assert _states(archive) == ([(table, 1)], (2, 3))


def _in_every_command(archive: Archive) -> None:
    with archive.database.read() as session:
        statistics.counts(session)
        statistics.indexable(session)
        for document_id in documents.document_ids(session):
            documents.document(session, document_id)
    list(archive.problems())
    archive.indexer.rebuild()


def _flip(path: Path, whole: bytes, places: Iterable[int], moment: random.Random) -> None:
    data = bytearray(whole)
    for place in places:
        data[place] ^= 1 << moment.randrange(8)
    path.write_bytes(data)


@pytest.mark.parametrize("first", [0, 100])  # with and without SQLite's header
def test_two_hundred_flipped_bytes_are_never_an_unexpected_error(
    tmp_path: Path, archive: Path, first: int
) -> None:
    whole = archive.read_bytes()
    told = []
    for seed in range(4):
        moment = random.Random(seed)
        at = moment.randrange(first, len(whole) - 200)
        apart = moment.sample(range(first, len(whole)), 200)
        for places in (range(at, at + 200), apart):
            _flip(archive, whole, places, moment)
            try:
                with opened(tmp_path) as damaged:
                    _in_every_command(damaged)
            except CatalogueError as error:
                told.append(error.message)
    assert {message.partition(".")[0] for message in told} == {"The catalogue is damaged"}


def test_no_archive_is_made_in_a_database_of_another_program(tmp_path: Path) -> None:
    _change(tmp_path / "theirs.db", "create table addresses (name)")
    with pytest.raises(CatalogueError, match="damaged"):
        Database.open(f"sqlite:///{tmp_path / 'theirs.db'}")
    connection = sqlite3.connect(tmp_path / "theirs.db")
    assert [name for (name,) in connection.execute("select name from sqlite_master")] == ["addresses"]
    connection.close()


def test_error_of_the_program_stays_one_where_the_catalogue_is_sound(archive: Path) -> None:
    database = Database.open(f"sqlite:///{archive}")
    with pytest.raises(KeyError), database.read():
        raise KeyError("a fault")
    database.close()


def test_catalogue_is_for_its_owner_alone(archive: Path) -> None:
    archive.chmod(0o644)
    Database.open(f"sqlite:///{archive}").close()
    assert archive.stat().st_mode & 0o077 == 0
