"""Readers without end keep no writer of another process out; JSON columns have what every database takes."""

import json
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from archive.catalogue.database.connection import Gate, to_json
from archive.catalogue.database.database import Database
from tests.forked import Forked

_READERS = """
import sys, threading, time
from sqlalchemy import text
from archive.catalogue.database.database import Database
database = Database.open(sys.argv[1])
def read():
    while True:
        with database.read() as session:
            session.execute(text("SELECT count(*) FROM meta")).all()
            time.sleep(0.1)
for _ in range(8):
    threading.Thread(target=read, daemon=True).start()
print("reading", flush=True)
sys.stdin.read()
"""


def test_writer_gets_through_readers_of_another_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'catalogue.db'}"
    with closing(Database.open(url)) as database:
        readers = Forked(url, code=_READERS)
        try:
            assert readers.stdout.readline() == "reading\n"
            for number in range(5):
                with database.write() as session:
                    session.execute(text("INSERT INTO meta VALUES (:key, 'x')"), {"key": str(number)})
        finally:
            readers.communicate()
        with database.read() as session:
            assert session.execute(text("SELECT count(*) FROM meta WHERE value = 'x'")).scalar() == 5


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that are made while something is waited for."""
    made: list[float] = []
    monkeypatch.setattr(time, "sleep", made.append)
    return made


def test_reader_waits_while_a_writer_commits_but_not_for_ever(tmp_path: Path, pauses: list[float]) -> None:
    gate, other = Gate(tmp_path / "gate"), Gate(tmp_path / "gate")
    with gate.shut():
        other.wait()
    assert pauses
    pauses.clear()
    other.wait()
    assert pauses == []


@pytest.mark.parametrize("path", [None, Path("/proc/no/such/gate")])
def test_without_a_gate_nobody_waits(path: Path | None, pauses: list[float]) -> None:
    gate = Gate(path)
    with gate.shut():
        gate.wait()
    assert pauses == []


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (["å", {"a": 1.5}], ["å", {"a": 1.5}]),
        ("a\0b", "ab"),
        ({"n\0": ["\0", ("x\0",), None]}, {"n": ["", ["x"], None]}),
        ("C:\\u0000", "C:\\u0000"),
        ("half \ud83d", "half ?"),
    ],
)
def test_json_holds_what_every_database_takes(value: object, kept: object) -> None:
    assert json.loads(to_json(value)) == kept
