"""Who follows the changes skips none, although sequences give numbers without regard to commits."""

import threading
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from archive.catalogue import changes
from archive.catalogue.database.database import Database
from tests.catalogue.conftest import put
from tests.catalogue.database.postgresql.conftest import Open
from tests.forked import Forked
from tests.waiting import wait_until

_PROCESSES, _CHANGES = 4, 40

# Writes changes, one a transaction, and holds some of its transactions open after it has its number.
_WRITER = """
import random, sys, time
from archive.catalogue import changes
from archive.catalogue.database.database import Database
database = Database.open(sys.argv[1])
chance = random.Random(int(sys.argv[3]))
sys.stdin.readline()
for _ in range(int(sys.argv[4])):
    with database.write() as session:
        changes.record(session, sys.argv[2])
        time.sleep(chance.choice((0, 0, 0.001, 0.02)))
    time.sleep(chance.choice((0, 0.002)))
"""


def _follow(database: Database, seq: int) -> tuple[int, ...]:
    """Return the numbers after `seq` as the indexer reads them: a few at a time, in a transaction each."""
    found: list[int] = []
    while True:
        with database.read() as session:
            new = changes.after(session, found[-1] if found else seq, 7)
        if not new:
            return tuple(found)
        found += [change.seq for change in new]


def test_follower_gets_each_change_of_several_processes(open_with: Open, postgres_url: str) -> None:
    database = open_with()
    with database.write() as session:
        document_id = put(session)
    begun_at = _follow(database, 0)[-1]
    writers = [
        Forked(postgres_url, document_id, str(seed), str(_CHANGES), code=_WRITER)
        for seed in range(_PROCESSES)
    ]
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.flush()
    followed: list[int] = []
    while any(writer.poll() is None for writer in writers):
        followed += _follow(database, followed[-1] if followed else begun_at)
    followed += _follow(database, followed[-1] if followed else begun_at)
    for writer in writers:
        writer.communicate()
    assert [writer.returncode for writer in writers] == [0] * _PROCESSES
    with database.read() as session:
        every = [change.seq for change in changes.after(session, begun_at, 10_000)]
    assert len(every) == _PROCESSES * _CHANGES
    assert followed == every


def test_change_is_not_passed_while_an_earlier_one_is_uncommitted(open_with: Open, postgres_url: str) -> None:
    database = open_with()
    with database.write() as session:
        document_id = put(session)
    begun_at = _follow(database, 0)[-1]
    second: list[int] = []

    def write() -> None:
        with closing(Database.open(postgres_url)) as other, other.write() as session:
            second.append(changes.record(session, document_id))

    thread = threading.Thread(target=write)
    with database.write() as session:
        first = changes.record(session, document_id)
        thread.start()
        with database.write_rows() as look:
            wait_until(lambda: _waits(look), "the other writer waits for its turn")
        assert second == []
        assert _follow_elsewhere(postgres_url, begun_at) == ()
    thread.join()
    assert first < second[0]
    assert _follow(database, begun_at) == (first, second[0])


def _waits(session: Session) -> bool:
    statement = text(
        "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    return session.execute(statement).first() is not None


def _follow_elsewhere(url: str, seq: int) -> tuple[int, ...]:
    with closing(Database.open(url)) as other:
        return _follow(other, seq)


@pytest.mark.parametrize("is_rolled_back", [False, True])
def test_number_that_is_given_up_holds_up_nobody(open_with: Open, is_rolled_back: bool) -> None:
    database = open_with()
    with database.write() as session:
        document_id = put(session)
    begun_at = _follow(database, 0)[-1]
    if is_rolled_back:
        with database.write() as session:
            changes.record(session, document_id)
            session.rollback()
    with database.write() as session:
        seq = changes.record(session, document_id)
    assert seq == begun_at + 1 + is_rolled_back
    assert _follow(database, begun_at) == (seq,)
