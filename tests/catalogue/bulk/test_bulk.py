"""A change of many: what is planned, what is refused, what is written, and that all of it comes back."""

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from archive.catalogue import changes, documents
from archive.catalogue.bulk.applying import apply
from archive.catalogue.bulk.planning import plan, plan_each
from archive.catalogue.events.talks import select_talks
from archive.catalogue.journal.history import edits_by_id
from archive.catalogue.journal.recording import recording
from archive.catalogue.journal.undo import undo
from archive.catalogue.records import record
from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.events import EventFocusAreaRow, EventRow, FocusAreaRow, TalkRow
from archive.catalogue.tables.journal import JobRow
from archive.catalogue.visibility import ranks
from archive.errors import InputError
from archive.model.bulk import BulkChange, BulkKind, Plan, RefusalReason
from archive.model.edits import Author, Edit, Reason
from archive.model.visibility import Visibility
from tests.catalogue.bulk.conftest import Filled
from tests.catalogue.journal.rows import all_rows

ANNA = Author("anna", Reason.BULK, "många", "grupp")
EVA = Author("eva", Reason.UNDO)
UNDOABLE = [
    BulkChange(BulkKind.ADD_REGION, "SE12"),
    BulkChange(BulkKind.REMOVE_REGION, "SE31"),
    BulkChange(BulkKind.VISIBILITY, "members"),
    BulkChange(BulkKind.VISIBILITY, "staff"),
    BulkChange(BulkKind.LANGUAGE, "en"),
    BulkChange(BulkKind.EVENT, ""),
    BulkChange(BulkKind.WITHDRAW),
]


def everything(filled: Filled) -> list[str]:
    return [*filled.decks, filled.report, filled.alone, filled.draft, "finnsinte"]


def why(made: Plan) -> dict[str, RefusalReason]:
    return {one.document: one.why for one in made.refused}


def do(session: Session, ids: list[str], kind: BulkKind, value: str = "") -> Edit | None:
    return apply(session, plan(session, ids, BulkChange(kind, value)), ANNA)


def area(session: Session, title: str) -> str:
    return session.scalars(select(FocusAreaRow.id).where(FocusAreaRow.title == title)).one()


def regions(session: Session, talk: str) -> list[str]:
    session.expire_all()
    row = session.scalars(select_talks().where(TalkRow.id == talk)).one()
    return [link.region_code for link in row.region_links]


def test_plan_tells_old_and_new_by_talk_and_why_documents_are_refused(
    session: Session, filled: Filled
) -> None:
    documents.withdraw(session, filled.decks[2], "kim")
    made = plan(session, everything(filled), BulkChange(BulkKind.ADD_REGION, "SE313"))
    (change,) = made.changes
    assert (change.id, change.title, change.before, change.after) == (
        filled.talks[1],
        "Tall",
        "",
        "Gävleborgs län",
    )
    assert why(made) == {
        filled.decks[0]: RefusalReason.ALREADY,
        filled.decks[2]: RefusalReason.WITHDRAWN,
        filled.report: RefusalReason.NO_TALK,
        filled.alone: RefusalReason.NO_TALK,
        filled.draft: RefusalReason.NO_TALK,
        "finnsinte": RefusalReason.UNKNOWN,
    }


def test_regions_come_and_go(session: Session, filled: Filled) -> None:
    do(session, everything(filled), BulkKind.ADD_REGION, "SE12")
    assert regions(session, filled.talks[0]) == ["SE31", "SE313", "SE12"]
    assert regions(session, filled.talks[1]) == ["SE12"]
    do(session, everything(filled), BulkKind.REMOVE_REGION, "SE313")
    assert regions(session, filled.talks[0]) == ["SE31", "SE12"]


def test_focus_area_is_that_of_the_events_each_told_once(session: Session, filled: Filled) -> None:
    water = area(session, "Vatten")
    made = plan(session, everything(filled), BulkChange(BulkKind.ADD_FOCUS_AREA, water))
    (change,) = made.changes
    assert (change.title, change.before, change.after) == ("Skogsdagen", "Skog", "Skog, Vatten")
    assert change.documents == (filled.decks[0], filled.decks[1], filled.report)
    assert why(made)[filled.alone] is RefusalReason.NO_EVENT
    apply(session, made, ANNA)
    found = session.scalars(
        select(EventFocusAreaRow.focus_area_id)
        .where(EventFocusAreaRow.event_id == filled.events[0])
        .order_by(EventFocusAreaRow.position)
    )
    assert list(found) == [area(session, "Skog"), water]
    do(session, everything(filled), BulkKind.REMOVE_FOCUS_AREA, water)
    left = select(func.count()).where(EventFocusAreaRow.focus_area_id == water)
    assert session.scalar(left) == 0


def test_visibility_is_that_of_the_talk_too_and_a_draft_stays_one(session: Session, filled: Filled) -> None:
    do(session, everything(filled), BulkKind.VISIBILITY, "members")
    session.expire_all()
    found = ranks(session, everything(filled))
    assert found == dict.fromkeys([*filled.decks, filled.report, filled.alone], 1) | {filled.draft: 2}
    draft = session.get_one(DocumentRow, filled.draft)
    assert (draft.draft, draft.visibility_given) == (True, "members")
    assert session.get_one(TalkRow, filled.talks[0]).visibility == "members"
    made = plan(session, everything(filled), BulkChange(BulkKind.VISIBILITY, "members"))
    assert made.changes == ()


def test_what_fewer_may_see_is_left_out_of_searches_at_once(session: Session, filled: Filled) -> None:
    before = changes.last_seq(session)
    do(session, list(filled.decks), BulkKind.VISIBILITY, "staff")
    assert set(filled.decks) <= changes.hidden_after(session, before)
    before = changes.last_seq(session)
    do(session, [filled.alone, filled.decks[1]], BulkKind.ADD_REGION, "SE12")
    assert changes.hidden_after(session, before) == set()
    before = changes.last_seq(session)
    do(session, [filled.report], BulkKind.WITHDRAW)
    assert changes.hidden_after(session, before) == {filled.report}


def test_talks_move_to_an_event_in_order_and_their_documents_with_them(
    session: Session, filled: Filled
) -> None:
    do(session, [*filled.decks, filled.report, filled.alone], BulkKind.EVENT, filled.events[1])
    session.expire_all()
    rows = session.scalars(
        select(TalkRow).where(TalkRow.event_id == filled.events[1]).order_by(TalkRow.position)
    )
    assert [row.id for row in rows] == [filled.talks[2], filled.talks[0], filled.talks[1]]
    for document in (*filled.decks, filled.report, filled.alone):
        event = record(session, document).event
        assert event is not None
        assert event.id == filled.events[1]


def test_read_again_asks_once_and_refuses_what_is_being_read(session: Session, filled: Filled) -> None:
    session.execute(delete(JobRow))
    assert do(session, [*filled.decks, filled.alone], BulkKind.READ_AGAIN) is None
    assert session.scalar(select(func.count()).select_from(JobRow)) == 8
    made = plan(session, everything(filled), BulkChange(BulkKind.READ_AGAIN))
    assert [change.id for change in made.changes] == [filled.report, filled.draft]
    assert why(made)[filled.alone] is RefusalReason.BEING_READ


def test_language_is_that_of_document_and_talk(session: Session, filled: Filled) -> None:
    do(session, everything(filled), BulkKind.LANGUAGE, "en")
    session.expire_all()
    row = session.get_one(DocumentRow, filled.decks[0])
    assert (row.language, row.language_is_given) == ("en", True)
    assert session.get_one(TalkRow, filled.talks[0]).language == "en"


@pytest.mark.parametrize("change", UNDOABLE, ids=lambda one: f"{one.kind}-{one.value}")
def test_all_of_it_comes_back(session: Session, filled: Filled, change: BulkChange) -> None:
    before = all_rows(session)
    edit = apply(session, plan(session, everything(filled), change), ANNA)
    assert edit is not None
    assert (edit.author.reason, edit.author.group) == (Reason.BULK, "grupp")
    assert all_rows(session) != before
    assert undo(session, [edit.id], EVA).conflicts == ()
    assert all_rows(session) == before


def test_what_others_changed_later_is_told_and_left_by_the_undo(session: Session, filled: Filled) -> None:
    edit = do(session, list(filled.decks), BulkKind.LANGUAGE, "en")
    assert edit is not None
    with recording(session, Author("kim", Reason.FORM)):
        session.get_one(DocumentRow, filled.decks[1]).language = "sv"
    conflicts = undo(session, [edit.id], EVA).conflicts
    assert [(one.key, one.found) for one in conflicts] == [(filled.decks[1], "sv")]
    assert session.get_one(DocumentRow, filled.decks[0]).language == ""


def test_mark_changes_with_what_the_plan_was_made_from(session: Session, filled: Filled) -> None:
    change = BulkChange(BulkKind.LANGUAGE, "en")
    first = plan(session, everything(filled), change)
    assert plan(session, everything(filled), change).mark == first.mark
    session.get_one(DocumentRow, filled.alone).language = "sv"
    session.flush()
    assert plan(session, everything(filled), change).mark != first.mark
    documents.withdraw(session, filled.report, "kim")
    third = plan(session, everything(filled), change)
    assert third.mark != first.mark
    assert plan(session, everything(filled)[:-1], change).mark != third.mark


def test_titles_dates_and_publishers_are_each_its_own(session: Session, filled: Filled) -> None:
    made = plan_each(
        session,
        [
            (filled.decks[0], BulkChange(BulkKind.TITLE, "Granen")),
            (filled.alone, BulkChange(BulkKind.TITLE, "Ensam")),
            (filled.alone, BulkChange(BulkKind.DATE, "2021-05")),
            (filled.report, BulkChange(BulkKind.PUBLISHER, "Föreningen")),
        ],
    )
    before = all_rows(session)
    edit = apply(session, made, ANNA)
    session.expire_all()
    assert session.get_one(TalkRow, filled.talks[0]).topic == "Granen"
    alone = session.get_one(DocumentRow, filled.alone)
    assert (alone.title, alone.file_date, alone.date_is_given) == ("Ensam", "2021-05", True)
    assert session.get_one(DocumentRow, filled.report).publisher == "Föreningen"
    assert edit is not None
    assert edit.id in edits_by_id(session, [edit.id])
    undo(session, [edit.id], EVA)
    assert all_rows(session) == before


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (BulkKind.ADD_REGION, "SE999"),
        (BulkKind.ADD_FOCUS_AREA, "x"),
        (BulkKind.EVENT, "x"),
        (BulkKind.VISIBILITY, "alla"),
        (BulkKind.LANGUAGE, "klingonska"),
    ],
)
def test_what_there_is_not_is_refused(session: Session, filled: Filled, kind: BulkKind, value: str) -> None:
    with pytest.raises(InputError):
        plan(session, everything(filled), BulkChange(kind, value))


def test_event_that_a_file_describes_keeps_what_it_says(session: Session, filled: Filled) -> None:
    row = session.get_one(EventRow, filled.events[0])
    row.source, row.visibility = "/in/seminar.toml", Visibility.MEMBERS.value
    session.flush()
    made = plan(session, everything(filled), BulkChange(BulkKind.VISIBILITY, "public"))
    assert why(made)[filled.decks[0]] is RefusalReason.EVENT_STRICTER
    assert [change.id for change in made.changes] == [filled.alone]
