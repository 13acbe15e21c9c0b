"""What people read of an edit: records by name, fields before and after, any two states of a record."""

from dataclasses import replace

from sqlalchemy.orm import Session

from archive.catalogue import documents, hidden_pages
from archive.catalogue.journal import history
from archive.catalogue.journal.recording import recording
from archive.catalogue.journal.telling import FieldChange, fields_of, told
from archive.catalogue.journal.undo import undo
from archive.model.edits import Author, Edit, Reason
from tests.catalogue.conftest import CARINA, LISA, SEMINAR, STRATEGY, put, read, save_event

KIM = Author("kim", Reason.FORM)


def edited(session: Session, **values: object) -> Edit:
    with recording(session, KIM) as record:
        save_event(session, replace(SEMINAR, **values))  # type: ignore[arg-type]
    assert record.edit is not None
    return record.edit


def test_a_record_is_told_by_its_name_with_fields_before_and_after(session: Session) -> None:
    edited(session, talks=(STRATEGY,))
    edit = edited(
        session,
        place="Borlänge",
        talks=(replace(STRATEGY, abstract="Ny", speakers=(LISA, CARINA), region_codes=("SE31",)),),
    )
    by_kind = {record.kind: record for record in told(session, edit)}
    assert (by_kind["event"].title, by_kind["event"].action) == (SEMINAR.title, "changed")
    assert by_kind["event"].fields == (FieldChange("place", "Falun", "Borlänge"),)
    assert by_kind["talk"].fields == (
        FieldChange("abstract", "Om strategi", "Ny"),
        FieldChange(
            "speakers",
            "Carina Åkerberg, strateg, Region Gävleborg",
            "Lisa Virén, utvecklingsledare, Region Örebro län; Carina Åkerberg, strateg, Region Gävleborg",
        ),
        FieldChange("regions", "Gävleborgs län", ""),
    )
    assert (by_kind["person"].title, by_kind["person"].action) == ("Lisa Virén", "new")


def test_what_is_gone_is_told_by_the_name_that_it_had(session: Session) -> None:
    edit = edited(session)
    outcome = undo(session, [edit.id], Author("eva", Reason.UNDO))
    assert outcome.edit is not None
    gone = told(session, history.edits_by_id(session, [outcome.edit])[outcome.edit])
    assert {record.action for record in gone} == {"gone"}
    assert "Carina Åkerberg" in {record.title for record in gone}
    assert [record.title for record in told(session, edit) if record.kind == "event"] == [SEMINAR.title]


def test_hidden_slides_are_told_by_their_number(session: Session) -> None:
    document_id = put(session, title="Plan")
    read(session, documents.document(session, document_id).version.id, "Ett", "Två")
    with recording(session, KIM) as record:
        hidden_pages.set_hidden(session, document_id, 2, True, "kim")
    assert record.edit is not None
    (change,) = told(session, record.edit)
    assert (change.kind, change.id) == ("document", document_id)
    assert change.fields == (FieldChange("slide 2", "shown", "hidden"),)


def test_any_two_states_of_a_record_are_compared(session: Session) -> None:
    first = edited(session, talks=(STRATEGY,))
    event_id = next(change.key for change in first.changes if change.table == "event")
    second = edited(session, talks=(STRATEGY,), place="Borlänge")
    third = edited(session, talks=(STRATEGY,), place="Ludvika", occasion="kongress")

    def differing(earlier: int, later: int | None = None) -> tuple[FieldChange, ...]:
        return fields_of(session, history.compare(session, "event", event_id, earlier, later))

    assert differing(first.id, second.id) == (FieldChange("place", "Falun", "Borlänge"),)
    assert differing(first.id) == (
        FieldChange("place", "Falun", "Ludvika"),
        FieldChange("occasion", "årsmöte", "kongress"),
    )
    assert differing(third.id, third.id) == ()
    assert FieldChange("title", "", SEMINAR.title) in differing(0, second.id)
