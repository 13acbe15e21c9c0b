"""Documents are put right one by one; they are withdrawn, never deleted."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import records
from archive.catalogue.editing import documents, talks
from archive.catalogue.editing.fields import TalkFields
from archive.catalogue.journal.recording import recording
from archive.errors import Gone, InputError, RecordRefused
from archive.model.documents import DocumentKind
from archive.model.edits import Author, Reason
from archive.model.visibility import Visibility
from tests.catalogue.conftest import put, save_event

KIM = Author("kim", Reason.COMMAND)


def test_document_is_put_right(session: Session) -> None:
    document = put(session)
    wanted = replace(
        documents.known(session, document),
        title="Exportvärden",
        kind=DocumentKind.REPORT,
        publisher="Handelskammaren",
        year=2021,
        language="en",
        visibility=Visibility.MEMBERS,
    )
    with recording(session, KIM) as record:
        documents.change(session, document, wanted, "kim")
    assert documents.known(session, document) == wanted
    assert records.record(session, document).rank == Visibility.MEMBERS.rank
    assert record.edit is not None
    assert {"title", "kind", "year"} <= set(record.edit.changes[0].columns)


def test_document_comes_to_a_talk_with_its_event_and_leaves_it(session: Session) -> None:
    saved = save_event(session)
    document = put(session)
    fields = documents.known(session, document)
    documents.change(session, document, replace(fields, talk=saved.talk_ids[1]), "kim")
    assert documents.known(session, document).event == saved.event_id
    loose = talks.create(session, TalkFields("Ensamt"), "kim")
    fields = documents.known(session, document)
    documents.change(session, document, replace(fields, talk=loose), "kim")
    assert documents.known(session, document) == replace(fields, talk=loose, event="")


@pytest.mark.parametrize("field", ["talk", "event"])
def test_what_is_not_there_is_refused_at_its_field(session: Session, field: str) -> None:
    document = put(session)
    wanted = replace(documents.known(session, document), **{field: "finnsinte"})  # type: ignore[arg-type]
    with pytest.raises(RecordRefused) as refused:
        documents.change(session, document, wanted, "kim")
    assert list(refused.value.mistakes) == [field]


def test_deleting_withdraws_and_making_needs_a_file(session: Session) -> None:
    document = put(session)
    documents.delete(session, document, "kim")
    with pytest.raises(Gone):
        documents.known(session, document)
    assert document not in [one.id for one in documents.listed(session)]
    other = documents.known(session, put(session, "två", "/in/b.pptx"))
    with pytest.raises(InputError):
        documents.create(session, other, "kim")
