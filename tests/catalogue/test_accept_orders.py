"""Many files in any order, from many threads."""

import threading

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue import documents, jobs
from archive.catalogue.accept import Acceptance, NewDocument, accept
from archive.catalogue.database.database import Database
from archive.catalogue.tables.documents import DocumentRow, VersionRow
from archive.model.jobs import JobKind
from tests.catalogue.conftest import new_file


def _accept(session: Session, new: NewDocument) -> tuple[str, Acceptance]:
    accepted = accept(session, new, "test")
    return accepted.document.id, accepted.outcome


def test_same_bytes_from_many_threads_make_one_document(database: Database) -> None:
    found: list[tuple[str, Acceptance]] = []

    def give(number: int) -> None:
        for data in ("ett", "två", "tre"):
            with database.write() as session:
                found.append(_accept(session, new_file(data, f"/in/{data}-{number}.pptx")))

    threads = [threading.Thread(target=give, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({document_id for document_id, _ in found}) == 3
    assert sorted(outcome for _, outcome in found) == [Acceptance.DUPLICATE] * 9 + [Acceptance.NEW] * 3
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(DocumentRow)) == 3
        assert jobs.pending(session) == {JobKind.EXTRACT: 3, JobKind.RENDER: 3, JobKind.OCR: 0}


_STEPS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("123"), st.booleans()), min_size=1, max_size=12
)


@given(_STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_files_leaves_one_live_document_for_each_source(
    database: Database, steps: list[tuple[str, str, bool]]
) -> None:
    with database.write() as session, session.begin_nested() as savepoint:
        withdrawn: set[str] = set()
        given: dict[str, set[str]] = {}
        for name, data, is_withdrawn in steps:
            document_id, outcome = _accept(session, new_file(data, f"/in/{name}"))
            if outcome is Acceptance.WITHDRAWN:
                assert data in withdrawn
                continue
            given.setdefault(document_id, set()).add(data)
            newest = session.scalars(
                select(VersionRow.sha256)
                .where(VersionRow.document_id == document_id)
                .order_by(VersionRow.number.desc())
            ).first()
            assert newest == new_file(data).original.sha256, "the answer shows the bytes that were given"
            if is_withdrawn:
                documents.withdraw(session, document_id, "test")
                withdrawn |= given[document_id]
        live = select(DocumentRow.source).where(DocumentRow.withdrawn_at.is_(None))
        sources = session.scalars(live).all()
        assert len(sources) == len(set(sources))
        savepoint.rollback()
