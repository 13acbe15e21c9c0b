"""Taking edits back: all of it where nobody came between, and what others changed since is left and told."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import changes, documents, jobs
from archive.catalogue.journal.history import edits_by_id, last_edit_id
from archive.catalogue.journal.recording import recording
from archive.catalogue.journal.undo import preview, undo
from archive.catalogue.tables.events import EventRow, PersonRow, TalkRegionRow, TalkRow
from archive.errors import ChangedMeanwhile, Gone, NotFound
from archive.model.edits import Author, ConflictKind, Reason
from archive.model.jobs import JobKind
from tests.catalogue.conftest import CARINA, LISA, SEMINAR, SMART, STRATEGY, put, save_event
from tests.catalogue.journal.rows import all_rows

KIM, EVA = Author("kim", Reason.FORM), Author("eva", Reason.UNDO)


def save(session: Session, **values: Any) -> int:
    """Save the seminar with other values as an edit of Kim's and return the edit's number."""
    with recording(session, KIM) as record:
        save_event(session, replace(SEMINAR, **values))
    assert record.edit is not None
    return record.edit.id


def test_an_import_is_taken_back_whole_and_an_undo_can_be_undone(session: Session) -> None:
    empty = all_rows(session)
    edit = save(session)
    full = all_rows(session)
    taken_back = undo(session, [edit], EVA)
    assert taken_back.conflicts == ()
    assert all_rows(session) == empty
    assert taken_back.edit is not None
    undo(session, [taken_back.edit], KIM)
    assert all_rows(session) == full
    assert edits_by_id(session, [edit])[edit].undone_by is None


def test_lists_whose_members_change_places_are_taken_back(session: Session) -> None:
    first = replace(STRATEGY, region_codes=("SE31", "SE313"), speakers=(CARINA, LISA))
    save(session, talks=(first,))
    before = all_rows(session)
    other = replace(STRATEGY, region_codes=("SE313", "SE31", "SE12"), speakers=(LISA,))
    edit = save(session, talks=(other,))
    assert all_rows(session) != before
    assert undo(session, [edit], EVA).conflicts == ()
    assert all_rows(session) == before


def test_two_people_that_change_names_are_told_apart_again(session: Session) -> None:
    for key in ("ove", "eva", "x"):
        session.add(PersonRow(id=key, name=key, name_key=key))
    before = all_rows(session)
    with recording(session, KIM) as record:
        session.get_one(PersonRow, "eva").name_key = "y"
        session.flush()
        session.get_one(PersonRow, "ove").name_key = "eva"
    assert record.edit is not None
    assert undo(session, [record.edit.id], EVA).conflicts == ()
    assert all_rows(session) == before


def test_what_others_changed_since_is_left_and_told(session: Session) -> None:
    save(session)
    edit = save(session, place="Borlänge", occasion="kongress")
    save(session, place="Ludvika", occasion="kongress")
    outcome = undo(session, [edit], EVA)
    row = session.scalars(select(EventRow)).one()
    assert (row.place, row.occasion) == ("Ludvika", "årsmöte")
    (conflict,) = outcome.conflicts
    assert (conflict.kind, conflict.column, conflict.wanted, conflict.found) == (
        ConflictKind.CHANGED,
        "place",
        "Falun",
        "Ludvika",
    )


def test_what_others_changed_since_is_overwritten_when_told_so(session: Session) -> None:
    save(session)
    edit = save(session, place="Borlänge")
    save(session, place="Ludvika")
    assert undo(session, [edit], EVA, overwrite=True).conflicts == ()
    assert session.scalars(select(EventRow)).one().place == "Falun"


def test_a_person_whom_somebody_uses_since_stays(session: Session) -> None:
    save(session, talks=(SMART,))
    edit = save(session)
    with recording(session, KIM):
        save_event(session, replace(SEMINAR, title="Annat", source_url="", talks=(STRATEGY,)))
    outcome = undo(session, [edit], EVA)
    assert {(one.kind, one.table) for one in outcome.conflicts} == {
        (ConflictKind.IN_USE, "person"),
        (ConflictKind.IN_USE, "organisation"),
    }
    assert session.scalars(select(PersonRow).where(PersonRow.name == CARINA.name)).one()


def test_a_document_that_came_with_an_edit_is_withdrawn_and_comes_back(session: Session) -> None:
    with recording(session, KIM) as record:
        saved = save_event(session)
        document_id = put(session, talk_id=saved.talk_ids[0])
    assert record.edit is not None
    seq = changes.last_seq(session)
    outcome = undo(session, [record.edit.id], EVA)
    assert outcome.conflicts == ()
    with pytest.raises(Gone):
        documents.document(session, document_id)
    assert session.scalars(select(TalkRow)).all() == []
    assert changes.hidden_after(session, seq) == {document_id}
    assert jobs.pending(session).get(JobKind.EXTRACT, 0) == 0
    assert outcome.edit is not None
    undo(session, [outcome.edit], KIM)
    assert documents.document(session, document_id).talk_id == saved.talk_ids[0]


def test_a_withdrawal_is_taken_back(session: Session) -> None:
    document_id = put(session)
    with recording(session, KIM) as record:
        documents.withdraw(session, document_id, "kim")
    assert record.edit is not None
    undo(session, [record.edit.id], EVA)
    assert documents.document(session, document_id).id == document_id


def test_a_preview_tells_the_same_and_changes_nothing(session: Session) -> None:
    save(session)
    edit = save(session, place="Borlänge", talks=(STRATEGY,))
    before, number = all_rows(session), last_edit_id(session)
    told = preview(session, [edit], EVA)
    assert (all_rows(session), last_edit_id(session)) == (before, number)
    done = undo(session, [edit], EVA)
    assert done.restored == told.restored
    assert done.conflicts == told.conflicts


def test_edits_are_taken_back_once(session: Session) -> None:
    edit = save(session)
    undo(session, [edit], EVA)
    with pytest.raises(ChangedMeanwhile):
        undo(session, [edit], EVA)
    with pytest.raises(NotFound):
        undo(session, [77], EVA)


def test_several_edits_are_taken_back_newest_first(session: Session) -> None:
    before = all_rows(session)
    edits = [save(session), save(session, place="A"), save(session, place="B", talks=(SMART,))]
    assert session.scalars(select(TalkRegionRow)).all() == []
    assert undo(session, edits, EVA).conflicts == ()
    assert all_rows(session) == before
