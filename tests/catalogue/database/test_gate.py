"""Readers without end do not keep a writer of another process out."""

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from archive.catalogue.database.database import Database
from archive.catalogue.database.gate import Gate

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
        readers = subprocess.Popen(
            [sys.executable, "-c", _READERS, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            assert readers.stdout
            assert readers.stdout.readline() == "reading\n"
            began = time.monotonic()
            for number in range(5):
                with database.write() as session:
                    session.execute(text("INSERT INTO meta VALUES (:key, 'x')"), {"key": str(number)})
            # Each takes a tenth of a second or so; without the gate, several to the busy timeout of 30.
            assert time.monotonic() - began < 6
        finally:
            readers.communicate("", timeout=20)
        with database.read() as session:
            assert session.execute(text("SELECT count(*) FROM meta WHERE value = 'x'")).scalar() == 5


def test_reader_waits_while_a_writer_commits_but_not_for_ever(tmp_path: Path) -> None:
    gate, other = Gate(tmp_path / "gate"), Gate(tmp_path / "gate")
    with gate.shut():
        began = time.monotonic()
        other.wait()
        waited_s = time.monotonic() - began
    assert 0.5 < waited_s < 10
    began = time.monotonic()
    other.wait()
    assert time.monotonic() - began < 0.5


@pytest.mark.parametrize("path", [None, Path("/proc/no/such/gate")])
def test_without_a_gate_nobody_waits(path: Path | None) -> None:
    gate = Gate(path)
    with gate.shut():
        began = time.monotonic()
        gate.wait()
        assert time.monotonic() - began < 0.5
