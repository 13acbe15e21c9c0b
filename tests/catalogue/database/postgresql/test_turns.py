"""One process at a time does what only one may do, and another takes over when it ends."""

import os
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import make_url

from archive.catalogue.database.database import Database
from tests.catalogue.database.postgresql.conftest import Open
from tests.forked import Forked
from tests.servers.postgres.databases import run
from tests.servers.postgres.server import Server
from tests.waiting import wait_until

_HOLDER = """
import sys
from archive.catalogue.database.database import Database
turn = Database.open(sys.argv[1]).turn("index")
assert turn.is_ours()
print("has it", flush=True)
sys.stdin.read()
"""


@contextmanager
def _holder(url: str) -> Iterator[Forked]:
    """Run a process that has the turn."""
    with Forked(url, code=_HOLDER) as process:
        try:
            assert process.stdout.readline() == "has it\n"
            yield process
        finally:
            process.kill()


def test_turn_of_a_killed_process_is_taken_over(open_with: Open, postgres_url: str) -> None:
    turn = open_with().turn("index")
    with _holder(postgres_url) as process, turn.closing():
        assert not turn.is_ours()
        os.kill(process.pid, signal.SIGKILL)
        wait_until(turn.is_ours, "the turn of the killed process is free")
        assert turn.is_ours()


def test_turn_is_one_for_each_task_and_can_be_given_up(open_with: Open) -> None:
    first, second = open_with(), open_with()
    index, same, other = first.turn("index"), second.turn("index"), second.turn("uploads")
    assert index.is_ours()
    assert not same.is_ours()
    assert other.is_ours()
    index.give_up()
    assert same.is_ours()
    assert not index.is_ours()
    for turn in (index, same, other):
        turn.give_up()


def test_turn_is_lost_with_its_connection(
    open_with: Open, postgres_server: Server, postgres_url: str
) -> None:
    turn, other = open_with().turn("index"), open_with().turn("index")
    assert turn.is_ours()
    name = make_url(postgres_url).database
    run(
        postgres_server,
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
    )
    wait_until(other.is_ours, "the turn is free")
    assert not turn.is_ours()
    other.give_up()


def test_catalogue_in_a_file_leaves_turns_to_locks_on_files(tmp_path: Path) -> None:
    with closing(Database.open(f"sqlite:///{tmp_path / 'catalogue.db'}")) as database:
        assert database.turn("index").is_ours()
        assert database.turn("index").is_ours()
