"""Staff are told which documents have the bytes of a file already."""

import hashlib

from sqlalchemy.orm import Session

from archive.catalogue import documents
from archive.review.same_bytes import same_bytes
from tests.catalogue.conftest import database, put, save_event, session

__all__ = ["database", "session"]


def _digest(data: str) -> str:
    return hashlib.sha256(data.encode()).hexdigest()


def test_document_with_these_bytes_is_told_with_its_talk_and_date(session: Session) -> None:
    saved = save_event(session)
    document_id = put(session, "bytes", source="event:a:b.pptx", talk_id=saved.talk_ids[0], title="Bilder")
    (found,) = same_bytes(session, _digest("bytes").upper())
    assert (found.document_id, found.title) == (document_id, "Strategi")
    assert (found.talk_id, found.talk_topic) == (saved.talk_ids[0], "Strategi")
    assert (found.event_title, found.date) == ("Smart och hållbar industri", "2022-05-03")
    assert (found.is_newest, found.withdrawn_at) == (True, None)


def test_replaced_and_withdrawn_documents_are_told_as_such(session: Session) -> None:
    replaced = put(session, "bytes", source="/in/a.pptx")
    put(session, "others", source="/in/a.pptx")
    withdrawn = put(session, "bytes", source="/in/b.pptx")
    documents.withdraw(session, withdrawn, "kim")
    found = same_bytes(session, _digest("bytes"))
    assert [(one.document_id, one.is_newest) for one in found] == [(replaced, False), (withdrawn, True)]
    assert [one.withdrawn_at is not None for one in found] == [False, True]
    assert found[1].withdrawn_reason == "staff"


def test_unknown_bytes_and_other_texts_are_nobodys(session: Session) -> None:
    put(session, "bytes")
    assert same_bytes(session, _digest("unknown")) == ()
    assert same_bytes(session, "%") == ()
