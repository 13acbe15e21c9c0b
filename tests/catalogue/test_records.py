"""Documents with talk and event, read by plain queries: the same as read one by one."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import documents, records
from archive.catalogue.events import events
from archive.catalogue.tables.documents import VersionRow
from archive.errors import Gone
from archive.model.visibility import Visibility
from tests.catalogue.conftest import put, read, save_event

_STAFF = Visibility.STAFF.rank


def _read_version(session: Session, document_id: str, number: int) -> None:
    wanted = (VersionRow.document_id == document_id, VersionRow.number == number)
    read(session, session.scalars(select(VersionRow.id).where(*wanted)).one(), "Rubrik")


def test_documents_show_the_version_that_is_shown_alone(session: Session) -> None:
    one, two = put(session, "a", "/in/a.pptx"), put(session, "b", "/in/b.pptx")
    for data in ("aa", "aaa"):
        put(session, data, "/in/a.pptx")
    for numbers in ((), (1,), (2,), (3,)):
        for number in numbers:
            _read_version(session, one, number)
        found = records.records(session, [two, one, "unknown"])
        assert list(found) == [two, one]
        for document_id, record in found.items():
            assert record.document == documents.document(session, document_id)
    assert records.record(session, one).document.version.number == 3


def test_talks_and_events_are_whole_and_in_order(session: Session) -> None:
    saved = save_event(session)
    talks = events.talks_of_event(session, saved.event_id, _STAFF)
    ids = [put(session, talk.id, f"/in/{talk.id}.pptx", talk_id=talk.id) for talk in talks]
    report = put(session, "report", "/in/report.pdf", event_id=saved.event_id)
    found = records.records(session, [*ids, report])
    assert [found[one].talk for one in ids] == list(talks)
    event = events.event(session, saved.event_id, _STAFF)
    assert event.focus_areas
    assert any(talk.contributions and talk.region_codes for talk in talks)
    assert [record.event for record in found.values()] == [event] * len(found)
    assert found[report].talk is None


def test_withdrawn_document_is_left_out_of_many_and_told_of_alone(session: Session) -> None:
    document_id = put(session)
    documents.withdraw(session, document_id, "kim")
    assert records.records(session, [document_id]) == {}
    with pytest.raises(Gone):
        records.record(session, document_id)
