"""A change of many whose process is killed in the middle: nothing of it is there."""

import signal
import subprocess

import pytest
from sqlalchemy import func, select

from archive.catalogue.database.database import Database
from archive.catalogue.tables.edits import EditRow
from archive.catalogue.tables.journal import AuditEventRow
from tests.catalogue.conftest import put
from tests.catalogue.journal.rows import all_rows
from tests.forked import run_forked

_DOCUMENTS = 30
_NEVER = 1_000_000
_CHILD = """
import os, signal, sys
from sqlalchemy import event
from archive.catalogue.bulk.applying import apply
from archive.catalogue.bulk.planning import plan
from archive.catalogue.database.database import Database
from archive.catalogue.documents import document_ids
from archive.model.bulk import BulkChange, BulkKind
from archive.model.edits import Author, Reason

database = Database.open(sys.argv[1])
written = 0

def kill(connection, cursor, statement, *_):
    global written
    written += statement.startswith(("UPDATE", "INSERT", "DELETE"))
    if written == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

with database.write() as session:
    made = plan(session, document_ids(session), BulkChange(BulkKind.VISIBILITY, "members"))
    event.listen(session.get_bind(), "after_cursor_execute", kill)
    apply(session, made, Author("anna", Reason.BULK))
print(written)
"""


def _run(url: str, statement: int) -> subprocess.CompletedProcess[str]:
    return run_forked(url, str(statement), code=_CHILD)


@pytest.mark.parametrize("statement", [1, 3, 5])
def test_killed_in_the_middle_leaves_nothing_and_the_next_one_does_all(
    catalogue_url: str, statement: int
) -> None:
    database = Database.open(catalogue_url)
    with database.write() as session:
        for number in range(_DOCUMENTS):
            put(session, f"fil {number}", f"/in/{number}.pptx")
    with database.read() as session:
        before, audit = all_rows(session), session.scalar(select(func.max(AuditEventRow.id)))
    killed = _run(catalogue_url, statement)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    with database.read() as session:
        assert all_rows(session) == before
        assert session.scalar(select(func.max(AuditEventRow.id))) == audit
        assert session.scalar(select(func.count()).select_from(EditRow)) == 0
    whole = _run(catalogue_url, _NEVER)
    assert whole.returncode == 0, whole.stderr
    assert int(whole.stdout) >= 5
    with database.read() as session:
        after = all_rows(session)
    assert {values["visibility"] for (table, _), values in after.items() if table == "document"} == {
        "members"
    }
    database.close()
