"""The version that readers see is the same whether the database or Python picks it."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import documents, records
from archive.catalogue.tables.documents import VersionRow
from archive.catalogue.versions import is_newest_read, newest_version, shown_order, shown_versions
from tests.catalogue.conftest import new_file, put, read


@given(st.lists(st.booleans(), min_size=1, max_size=5))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sql_and_python_show_the_same_version(session: Session, is_read: list[bool]) -> None:
    with session.begin_nested() as savepoint:
        for number in range(len(is_read)):
            document_id = put(session, f"version {number}", "/in/a.pptx")
        rows = session.scalars(select(VersionRow).where(VersionRow.document_id == document_id)).all()
        for row in rows:
            if is_read[row.number - 1]:
                read(session, row.id, "Rubrik")
        shown = max(rows, key=shown_order)
        read_numbers = [number for number, done in enumerate(is_read, 1) if done]
        assert shown.number == max(read_numbers, default=len(is_read))
        assert documents.document(session, document_id).version.id == shown.id
        assert records.record(session, document_id).document.version.id == shown.id
        assert shown_versions(session)[document_id] == shown.id
        assert newest_version(session, document_id).number == len(is_read)
        if read_numbers:
            assert [row.id for row in rows if row.category and is_newest_read(session, row)] == [shown.id]
        savepoint.rollback()


def test_version_that_is_read_late_does_not_replace_a_newer_one(session: Session) -> None:
    document_id = put(session, "ett", "/in/a.pptx")
    first = newest_version(session, document_id)
    put(session, "två", "/in/a.pptx")
    read(session, newest_version(session, document_id).id, "Ny")
    read(session, first.id, "Gammal")
    shown = documents.document(session, document_id)
    assert (shown.version.number, shown.title) == (2, "Ny")
    assert new_file("ett").original.sha256 != shown.version.original.sha256
