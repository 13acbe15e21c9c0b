"""A merge whose process is killed in the middle: nothing of it is there."""

import signal
import subprocess

import pytest
from sqlalchemy import func, select

from archive.catalogue.database.database import Database
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.catalogue.tables.edits import EditRow
from archive.catalogue.tables.journal import AuditEventRow
from tests.catalogue.journal.rows import all_rows
from tests.forked import run_forked

_NEVER = 1_000_000
_NAMES = ("Carina Åkerberg", "C. Åkerberg", "Carina Akerberg")
_CHILD = """
import os, signal, sys
from sqlalchemy import event
from archive.catalogue.database.database import Database
from archive.catalogue.events.people import find_person
from archive.catalogue.names.merging import merge
from archive.model.edits import Author, Reason
from archive.model.names import NameKind

database = Database.open(sys.argv[1])
written = 0

def kill(connection, cursor, statement, *_):
    global written
    written += statement.startswith(("UPDATE", "INSERT", "DELETE"))
    if written == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

with database.write() as session:
    keeper, *others = (find_person(session, name) for name in sys.argv[3:])
    event.listen(session.get_bind(), "after_cursor_execute", kill)
    merge(session, NameKind.PERSON, keeper, others, Author("anna", Reason.MERGE))
print(written)
"""


def _run(url: str, statement: int) -> subprocess.CompletedProcess[str]:
    return run_forked(url, str(statement), *_NAMES, code=_CHILD)


@pytest.mark.parametrize("statement", [2, 6])
def test_killed_in_the_middle_leaves_nothing_and_the_next_one_does_all(
    catalogue_url: str, statement: int
) -> None:
    url = catalogue_url
    database = Database.open(url)
    talks = tuple(NewTalk(name, n, speakers=(NewSpeaker(name),)) for n, name in enumerate(_NAMES, 1))
    with database.write() as session:
        save_event(session, NewEvent("Kol och skog", talks=talks), "test")
    with database.read() as session:
        before, audit = all_rows(session), session.scalar(select(func.max(AuditEventRow.id)))
    killed = _run(url, statement)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    with database.read() as session:
        assert all_rows(session) == before
        assert session.scalar(select(func.max(AuditEventRow.id))) == audit
        assert session.scalar(select(func.count()).select_from(EditRow)) == 0
    whole = _run(url, _NEVER)
    assert whole.returncode == 0, whole.stderr
    assert int(whole.stdout) > 6
    with database.read() as session:
        after = all_rows(session)
    people = {values["name"] for (table, _), values in after.items() if table == "person"}
    parts = {values["person_id"] for (table, _), values in after.items() if table == "contribution"}
    assert (people, len(parts)) == ({_NAMES[0]}, 1)
    database.close()
