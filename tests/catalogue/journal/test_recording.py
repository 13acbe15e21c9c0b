"""What the journal holds of a change, whichever way SQLAlchemy writes it."""

from dataclasses import replace

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from archive.catalogue import changes, documents, hidden_pages
from archive.catalogue.database.database import Database
from archive.catalogue.journal import history
from archive.catalogue.journal.recording import recording
from archive.catalogue.tables.events import FilmRow, PersonRow, TalkRow
from archive.errors import Gone
from archive.model.edits import Author, Edit, Reason
from archive.model.visibility import Visibility
from tests.catalogue.conftest import CARINA, LISA, SEMINAR, SMART, STRATEGY, put, read, save_event

KIM = Author("kim", Reason.FORM)


def newest(session: Session) -> Edit:
    return history.edits(session, history.HistoryQuery(), 1)[0]


def told(edit: Edit) -> dict[str, list[tuple[object, object]]]:
    """Return by table what each row changed from and to: None where it came or went."""
    rows: dict[str, list[tuple[object, object]]] = {}
    for change in edit.changes:
        rows.setdefault(change.table, []).append((change.before, change.after))
    return rows


def test_a_new_event_is_recorded_with_all_that_came_with_it(session: Session) -> None:
    with recording(session, KIM):
        saved = save_event(session)
    edit = newest(session)
    assert edit.author == KIM
    rows = told(edit)
    assert {table: len(of_table) for table, of_table in rows.items()} == {
        "event": 1,
        "event_focus_area": 1,
        "focus_area": 1,
        "presentation": 2,
        "contribution": 2,
        "presentation_region": 2,
        "person": 2,
        "organisation": 2,
    }
    ((before, after),) = rows["event"]
    assert before is None
    assert isinstance(after, dict)
    assert (after["id"], after["title"], after["starts_on"]) == (saved.event_id, SEMINAR.title, "2022-05-03")


def test_only_what_differs_is_recorded_with_its_value_of_before(session: Session) -> None:
    save_event(session)
    with recording(session, KIM):
        save_event(session, replace(SEMINAR, place="Borlänge"))
    (change,) = newest(session).changes
    assert change.columns == ("place",)
    assert (change.before or {})["place"] == "Falun"
    assert (change.after or {})["place"] == "Borlänge"


def test_speakers_that_change_places_are_recorded_though_lists_are_made_anew(session: Session) -> None:
    save_event(session, replace(SEMINAR, talks=(replace(STRATEGY, speakers=(CARINA, LISA)),)))
    with recording(session, KIM):
        save_event(session, replace(SEMINAR, talks=(replace(STRATEGY, speakers=(LISA,)),)))
    changed = {change.key.split("/")[1]: change for change in newest(session).changes}
    assert set(changed) == {"1", "2"}
    assert changed["1"].columns == ("person_id", "role", "organisation_id")
    assert changed["2"].after is None


def test_statements_on_many_rows_are_recorded(session: Session) -> None:
    save_event(session)
    with recording(session, KIM):
        session.execute(update(TalkRow).where(TalkRow.language == "sv").values(language="en"))
    (change,) = newest(session).changes
    assert ((change.before or {})["language"], (change.after or {})["language"]) == ("sv", "en")


def test_rows_written_by_their_keys_each_with_its_own_values_are_recorded(session: Session) -> None:
    save_event(session)
    first, second = session.scalars(select(TalkRow.id).order_by(TalkRow.position)).all()
    with recording(session, KIM):
        session.execute(update(TalkRow), [{"id": first, "topic": "Ett"}, {"id": second, "topic": "Två"}])
        session.execute(
            insert(FilmRow), [{"id": "f", "talk_id": first, "position": 1, "address": "https://a"}]
        )
    by_key = {change.key: change for change in newest(session).changes}
    assert by_key.keys() == {first, second, "f"}
    assert (by_key[first].before or {})["topic"] == STRATEGY.topic
    assert (by_key[second].after or {})["topic"] == "Två"
    assert by_key["f"].before is None


def test_a_statement_that_says_not_which_rows_it_changes_is_refused(session: Session) -> None:
    with pytest.raises(RuntimeError), recording(session, KIM):
        session.execute(update(TalkRow).values(topic="Alla"))
    with pytest.raises(RuntimeError), recording(session, KIM):
        session.execute(insert(FilmRow).values(id="f", position=1, address="https://a"))


def test_a_hidden_slide_is_recorded_without_its_words(session: Session) -> None:
    document_id = put(session)
    version = documents.document(session, document_id).version
    read(session, version.id, "Ett", "Två")
    with recording(session, KIM):
        hidden_pages.set_hidden(session, document_id, 2, True, "kim")
    page = next(change for change in newest(session).changes if change.table == "page")
    assert page.before == {"version_id": version.id, "number": 2, "hidden": False}
    assert page.after == {"version_id": version.id, "number": 2, "hidden": True}


def test_nothing_is_recorded_of_what_changes_nothing(session: Session) -> None:
    save_event(session)
    with recording(session, KIM) as record:
        save_event(session)
    assert record.edit is None
    assert history.last_edit_id(session) == 0


def test_a_recording_within_another_is_a_part_of_it(session: Session) -> None:
    with recording(session, KIM):
        save_event(session)
        with recording(session, Author("eva", Reason.BULK)):
            session.add(PersonRow(id="p", name="Eva", name_key="eva"))
        session.add(PersonRow(id="q", name="Ove", name_key="ove"))
    assert history.last_edit_id(session) == 1
    assert {"p", "q"} <= {change.key for change in newest(session).changes}


def test_what_was_rolled_back_is_not_in_the_journal(database: Database) -> None:
    def fails() -> None:
        with database.write() as session, recording(session, KIM):
            save_event(session)
            raise Gone("no")

    with pytest.raises(Gone):
        fails()
    with database.read() as session:
        assert history.last_edit_id(session) == 0
    with database.write() as session:  # and the next transaction records as if nothing had been
        with recording(session, KIM):
            save_event(session)
        assert history.last_edit_id(session) == 1


def test_documents_that_an_edit_reaches_are_indexed_anew_once(session: Session) -> None:
    saved = save_event(session)
    document_id = put(session, talk_id=saved.talk_ids[0])
    other_id = put(session, "två", "/in/b.pptx", talk_id=saved.talk_ids[1])
    before = changes.last_seq(session)
    with recording(session, KIM):
        row = session.scalars(select(PersonRow).where(PersonRow.name == CARINA.name)).one()
        row.name = "Carina Ö. Åkerberg"
    noted = changes.after(session, before, 10)
    assert [change.document_id for change in noted] == [document_id]
    assert changes.hidden_after(session, before) == frozenset()
    with recording(session, KIM):
        session.get_one(TalkRow, saved.talk_ids[1]).visibility = Visibility.STAFF.value
    assert changes.hidden_after(session, before) == {other_id}


def test_history_of_a_record_has_its_own_rows_alone(session: Session) -> None:
    with recording(session, KIM):
        saved = save_event(session)
    with recording(session, replace(KIM, actor="eva")):
        save_event(session, replace(SEMINAR, talks=(STRATEGY, replace(SMART, abstract="Ny"))))
    first, second = saved.talk_ids
    assert [edit.author.actor for edit in history.history(session, "talk", first)] == ["kim"]
    newest_first = history.history(session, "talk", second)
    assert [edit.author.actor for edit in newest_first] == ["eva", "kim"]
    assert {change.key.split("/")[0] for edit in newest_first for change in edit.changes} == {second}
    assert [edit.id for edit in history.history(session, "talk", second, after=1)] == [2]
    assert [
        edit.id for edit in history.edits(session, history.HistoryQuery(column="abstract", actor="eva"), 5)
    ] == [2]
