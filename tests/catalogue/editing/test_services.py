"""Records are added, changed and deleted one by one, recorded, and their documents indexed anew."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue import changes, records
from archive.catalogue.editing import events, focus_areas, talk_order, talks
from archive.catalogue.editing.fields import EventFields, FocusAreaFields, Speaker, TalkFields
from archive.catalogue.events import events as shown
from archive.catalogue.events.people import find_organisation, find_person
from archive.catalogue.journal.history import history
from archive.catalogue.journal.recording import recording
from archive.catalogue.journal.telling import told
from archive.catalogue.journal.undo import undo
from archive.catalogue.names.merging import merge
from archive.catalogue.tables.journal import AuditEventRow
from archive.errors import NotFound, RecordInUse, RecordRefused
from archive.model.edits import Author, Reason
from archive.model.names import NameKind
from archive.model.visibility import Visibility
from tests.catalogue.conftest import put, save_event

KIM = Author("kim", Reason.FORM)
PUBLIC, STAFF = Visibility.PUBLIC.rank, Visibility.STAFF.rank


def test_event_is_added_as_a_draft_changed_and_seen(session: Session) -> None:
    with recording(session, KIM):
        area = focus_areas.create(session, FocusAreaFields("Malm", 2021), "kim")
        event = events.create(session, EventFields("Malmdagen", starts="2022-05", focus_areas=(area,)), "kim")
    with pytest.raises(NotFound):
        shown.event(session, event, PUBLIC)
    fields = events.known(session, event)
    assert (fields.starts, fields.focus_areas) == ("2022-05", (area,))
    changed = replace(fields, starts="2022-05-19", ends="2022", visibility=Visibility.PUBLIC, focus_areas=())
    with recording(session, KIM):
        events.change(session, event, changed, "kim")
    assert events.known(session, event) == changed
    seen = shown.event(session, event, PUBLIC)
    assert (seen.starts, seen.ends, seen.focus_areas) == ("2022-05-19", "2022", ())
    assert [one.author.actor for one in history(session, "event", event)] == ["kim", "kim"]


def test_saving_what_is_there_writes_nothing(session: Session) -> None:
    saved = save_event(session)
    before = session.scalar(select(func.count()).select_from(AuditEventRow))
    area = focus_areas.listed(session)[0].id
    with recording(session, KIM) as record:
        events.change(session, saved.event_id, events.known(session, saved.event_id), "kim")
        talks.change(session, saved.talk_ids[0], talks.known(session, saved.talk_ids[0]), "kim")
        focus_areas.change(session, area, focus_areas.known(session, area), "kim")
        assert not talk_order.set_talk_order(session, saved.event_id, saved.talk_ids, "kim")
    assert record.edit is None
    assert session.scalar(select(func.count()).select_from(AuditEventRow)) == before


def test_talk_keeps_its_speakers_in_order_and_knows_regions_by_name(session: Session) -> None:
    saved = save_event(session)
    given = TalkFields(
        "Ny",
        saved.event_id,
        (Speaker("Bo Ek", "vd", "Gruv AB"), Speaker("Carina Åkerberg", is_moderator=True)),
        regions=("Dalarnas län", "SE31"),
        visibility=Visibility.PUBLIC,
    )
    talk = talks.create(session, given, "kim")
    assert talk_order.talk_order(session, saved.event_id) == (*saved.talk_ids, talk)
    assert talks.known(session, talk) == replace(given, regions=("SE312", "SE31"))
    changed = replace(given, speakers=given.speakers[::-1], regions=())
    talks.change(session, talk, changed, "kim")
    assert talks.known(session, talk) == changed


def test_documents_of_a_changed_record_are_indexed_anew_and_hidden_where_fewer_see_them(
    session: Session,
) -> None:
    saved = save_event(session)
    deck = put(session, talk_id=saved.talk_ids[0])
    seq = changes.last_seq(session)
    with recording(session, KIM):
        fields = talks.known(session, saved.talk_ids[0])
        talks.change(session, saved.talk_ids[0], replace(fields, topic="Malm"), "kim")
    assert [one.document_id for one in changes.after(session, seq, 10)] == [deck]
    assert changes.hidden_after(session, seq) == frozenset()
    with recording(session, KIM):
        event = events.known(session, saved.event_id)
        events.change(session, saved.event_id, replace(event, visibility=Visibility.STAFF), "kim")
    assert changes.hidden_after(session, seq) == {deck}


def test_talk_that_changes_event_is_last_there_and_its_documents_come_along(session: Session) -> None:
    saved = save_event(session)
    deck = put(session, talk_id=saved.talk_ids[0])
    other = events.create(session, EventFields("Annat"), "kim")
    first = talks.create(session, TalkFields("Först", other), "kim")
    fields = talks.known(session, saved.talk_ids[0])
    talks.change(session, saved.talk_ids[0], replace(fields, event=other), "kim")
    assert talk_order.talk_order(session, other) == (first, saved.talk_ids[0])
    assert records.record(session, deck).event == shown.event(session, other, STAFF)


def test_order_of_talks_is_saved_whole_and_can_be_undone(session: Session) -> None:
    saved = save_event(session)
    turned = saved.talk_ids[::-1]
    with recording(session, KIM) as record:
        assert talk_order.set_talk_order(session, saved.event_id, turned, "kim")
    assert talk_order.talk_order(session, saved.event_id) == turned
    with pytest.raises(RecordRefused):
        talk_order.set_talk_order(session, saved.event_id, turned[:1], "kim")
    assert record.edit is not None
    undo(session, [record.edit.id], KIM)
    assert talk_order.talk_order(session, saved.event_id) == saved.talk_ids


def test_a_talk_saved_after_a_merge_keeps_the_names_of_its_day(session: Session) -> None:
    speakers = (Speaker("Ove Ek", "chef", "Landstinget X"), Speaker("O. Ek", "strateg", "Region X"))
    talk = talks.create(session, TalkFields("Kol", speakers=speakers), "kim")
    people, places = (
        [find(session, name) or "" for name in names]
        for find, names in (
            (find_person, ("Ove Ek", "O. Ek")),
            (find_organisation, ("Region X", "Landstinget X")),
        )
    )
    merge(session, NameKind.PERSON, people[0], people[1:], KIM)
    merge(session, NameKind.ORGANISATION, places[0], places[1:], KIM)
    fields = talks.known(session, talk)
    assert [(one.name, one.organisation) for one in fields.speakers] == [("Ove Ek", "Region X")] * 2
    with recording(session, KIM):
        talks.change(session, talk, replace(fields, topic="Kol och skog"), "kim")
    first, second = talks.shown(session, talk).contributions
    assert (first.role, first.person_name, first.organisation_name) == ("chef", "", "Landstinget X")
    assert (second.role, second.person_name, second.organisation_name) == ("strateg", "O. Ek", "")


def test_films_are_of_a_talk_or_of_an_event_and_are_told_in_their_histories(session: Session) -> None:
    saved = save_event(session)
    event, talk = saved.event_id, saved.talk_ids[0]
    fields = talks.known(session, talk)
    assert fields.films == ()
    with recording(session, KIM):
        talks.change(session, talk, replace(fields, films=("https://film.example/1",)), "kim")
    with recording(session, KIM):
        whole = replace(events.known(session, event), films=("https://film.example/dag",))
        events.change(session, event, whole, "kim")
    with recording(session, KIM) as record:
        films = ("https://film.example/2", "https://film.example/1")
        talks.change(session, talk, replace(fields, films=films), "kim")
    assert talks.known(session, talk).films == films
    assert events.known(session, event).films == ("https://film.example/dag",)
    newest, oldest = history(session, "talk", talk)
    (of_talk,) = told(session, newest)
    assert (of_talk.kind, of_talk.id) == ("talk", talk)
    assert [(one.name, one.before) for one in of_talk.fields] == [("films", "https://film.example/1")]
    assert of_talk.fields[0].after == "; ".join(films)
    assert oldest.changes[0].before is None
    (of_event,) = told(session, history(session, "event", event)[0])
    assert (of_event.kind, of_event.id, of_event.fields[0].after) == (
        "event",
        event,
        "https://film.example/dag",
    )
    assert record.edit is not None
    undo(session, [record.edit.id], KIM)
    assert talks.known(session, talk).films == ("https://film.example/1",)
    with recording(session, KIM) as gone:
        talks.delete(session, talk, "kim")
    assert gone.edit is not None
    undo(session, [gone.edit.id], KIM)
    assert talks.known(session, talk).films == ("https://film.example/1",)


def test_record_that_others_belong_to_is_not_deleted(session: Session) -> None:
    saved = save_event(session)
    deck = put(session, talk_id=saved.talk_ids[0])
    area = focus_areas.listed(session)[0].id
    with pytest.raises(RecordInUse) as refused:
        events.delete(session, saved.event_id, "kim")
    assert refused.value.counts == {"presentation": 2, "document": 1}
    with pytest.raises(RecordInUse, match="1 documents"):
        talks.delete(session, saved.talk_ids[0], "kim")
    with pytest.raises(RecordInUse, match="1 events"):
        focus_areas.delete(session, area, "kim")
    assert records.record(session, deck).talk is not None


def test_record_that_nothing_belongs_to_is_deleted_and_comes_back_by_undo(session: Session) -> None:
    saved = save_event(session)
    talk = saved.talk_ids[0]
    fields = talks.known(session, talk)
    with recording(session, KIM) as record:
        talks.delete(session, talk, "kim")
    with pytest.raises(NotFound):
        talks.known(session, talk)
    assert record.edit is not None
    undo(session, [record.edit.id], KIM)
    assert talks.known(session, talk) == fields


def test_what_refers_to_nothing_is_refused_at_its_field(session: Session) -> None:
    saved = save_event(session)
    fields = talks.known(session, saved.talk_ids[0])
    for field, wrong in (("event", "finnsinte"), ("regions", ("Atlantis",))):
        with pytest.raises(RecordRefused) as refused:
            talks.change(session, saved.talk_ids[0], replace(fields, **{field: wrong}), "kim")  # type: ignore[arg-type]
        assert list(refused.value.mistakes) == [field]
    with pytest.raises(RecordRefused) as refused:
        events.create(session, EventFields("Malm", focus_areas=("finnsinte",)), "kim")
    assert list(refused.value.mistakes) == ["focus_areas"]


def test_two_focus_areas_never_have_one_title_and_year(session: Session) -> None:
    focus_areas.create(session, FocusAreaFields("Malm", 2021), "kim")
    other = focus_areas.create(session, FocusAreaFields("Malm", 2022), "kim")
    for save in (
        lambda: focus_areas.create(session, FocusAreaFields("MALM ", 2021), "kim"),
        lambda: focus_areas.change(session, other, FocusAreaFields("malm", 2021), "kim"),
    ):
        with pytest.raises(RecordRefused):
            save()
