"""Records merged into one and taken apart again."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.events import directory, events
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.people import find_organisation, find_person
from archive.catalogue.journal.undo import undo
from archive.catalogue.names.distinct import distinct_pairs, tell_apart
from archive.catalogue.names.listing import name_entries, present_id
from archive.catalogue.names.merging import merge, merge_preview, past_merges
from archive.catalogue.tables.journal import ChangeRow
from archive.errors import InputError, NotFound
from archive.model.edits import Author, Edit, Reason
from archive.model.events import Contribution, Spelling
from archive.model.names import NameKind
from tests.catalogue.conftest import put, save_event
from tests.catalogue.journal.rows import all_rows

KIM = Author("kim", Reason.MERGE)
EVA = Author("eva", Reason.UNDO)
PERSON, ORGANISATION = NameKind.PERSON, NameKind.ORGANISATION


def _talk(topic: str, *speakers: NewSpeaker, position: int = 1) -> NewTalk:
    return NewTalk(topic, position, speakers=speakers)


def _saved(session: Session, *talks: NewTalk) -> tuple[str, ...]:
    title = "Möte om " + talks[0].topic
    return save_event(session, NewEvent(title, starts_on=date(2022, 5, 3), talks=talks)).talk_ids


def _person(session: Session, name: str) -> str:
    identifier = find_person(session, name)
    assert identifier is not None
    return identifier


def _merged(session: Session, kind: NameKind, keeper: str, *others: str) -> Edit:
    edit = merge(session, kind, keeper, others, KIM)
    assert edit is not None
    return edit


def _spellings(contribution: Contribution) -> tuple[Spelling, ...]:
    assert contribution.person is not None
    return contribution.person.spellings


@pytest.fixture
def two(session: Session) -> tuple[str, str]:
    """Two records of one person, each with a talk."""
    _saved(session, _talk("Kol", NewSpeaker("Carina Åkerberg", "strateg", "Region Gävleborg")))
    _saved(session, _talk("Skog", NewSpeaker("C. Åkerberg", "", "Reg. Gävleborg")))
    return _person(session, "Carina Åkerberg"), _person(session, "C. Åkerberg")


def test_merged_people_have_one_record_with_all_talks(session: Session, two: tuple[str, str]) -> None:
    keeper, gone = two
    _merged(session, PERSON, keeper, gone)
    assert {talk.topic for talk in events.talks_of_person(session, keeper, 2)} == {"Kol", "Skog"}
    assert [one.name for one in directory.people(session, 2)] == ["Carina Åkerberg"]
    with pytest.raises(NotFound):
        events.person(session, gone, 2)
    assert present_id(session, PERSON, gone) == keeper


def test_the_name_as_it_stood_stays_with_the_talk(session: Session, two: tuple[str, str]) -> None:
    keeper, gone = two
    _merged(session, PERSON, keeper, gone)
    by_topic = {talk.topic: talk.contributions[0] for talk in events.talks_of_person(session, keeper, 2)}
    assert by_topic["Skog"].person_name == "C. Åkerberg"
    assert by_topic["Kol"].person_name == ""
    assert [one.name for one in _spellings(by_topic["Kol"])] == ["C. Åkerberg"]


def test_a_wrong_name_is_found_and_not_shown(session: Session, two: tuple[str, str]) -> None:
    keeper, gone = two
    merge(session, PERSON, keeper, [gone], KIM, wrong=[gone])
    contributions = [one for talk in events.talks_of_person(session, keeper, 2) for one in talk.contributions]
    assert {one.person_name for one in contributions} == {""}
    assert not any(one.is_shown for one in _spellings(contributions[0]))
    assert find_person(session, "c. åkerberg") == keeper


def test_who_is_named_by_an_old_spelling_is_recognised(session: Session, two: tuple[str, str]) -> None:
    keeper, gone = two
    _merged(session, PERSON, keeper, gone)
    _saved(session, _talk("Vatten", NewSpeaker("C. ÅKERBERG")))
    assert {talk.topic for talk in events.talks_of_person(session, keeper, 2)} == {"Kol", "Skog", "Vatten"}


def test_the_same_seminar_saved_again_changes_nothing(session: Session, two: tuple[str, str]) -> None:
    keeper, gone = two
    _merged(session, PERSON, keeper, gone)
    before = all_rows(session)
    _saved(session, _talk("Skog", NewSpeaker("C. Åkerberg", "", "Reg. Gävleborg")))
    assert all_rows(session) == before


def test_a_form_with_the_name_of_today_keeps_the_name_of_that_day(
    session: Session, two: tuple[str, str]
) -> None:
    keeper, gone = two
    _merged(session, PERSON, keeper, gone)
    _saved(session, _talk("Skog", NewSpeaker("Carina Åkerberg", "chef", "Reg. Gävleborg")))
    written = {one.topic: one.contributions[0] for one in events.talks_of_person(session, keeper, 2)}
    assert (written["Skog"].role, written["Skog"].person_name) == ("chef", "C. Åkerberg")


@pytest.mark.parametrize("kind", list(NameKind))
def test_unmerging_brings_every_row_back(session: Session, kind: NameKind, two: tuple[str, str]) -> None:
    del two
    third = "Åkerberg, Carina" if kind is PERSON else "Region Gävleborg (RG)"
    person = NewSpeaker(third) if kind is PERSON else NewSpeaker("Ove Ek", organisation=third)
    _saved(session, _talk("Vatten", person))
    keeper, first, second = sorted(entry.id for entry in name_entries(session, kind))[:3]
    tell_apart(session, kind, [first, second], Author("kim", Reason.FORM))
    before = all_rows(session)
    edits = [_merged(session, kind, first, second), _merged(session, kind, keeper, first)]
    assert present_id(session, kind, second) == keeper
    for edit in reversed(edits):
        assert undo(session, [edit.id], EVA).conflicts == ()
    assert all_rows(session) == before


def test_merging_changes_the_documents_of_all_talks_for_the_index(session: Session) -> None:
    (talk,) = _saved(session, _talk("Kol", NewSpeaker("Carina Åkerberg")))
    (other,) = _saved(session, _talk("Skog", NewSpeaker("C. Åkerberg")))
    documents = {put(session, "a", "/in/a.pptx", talk_id=talk), put(session, "b", "/b.pptx", talk_id=other)}
    before = session.scalars(select(ChangeRow.seq)).all()
    _merged(session, PERSON, _person(session, "Carina Åkerberg"), _person(session, "C. Åkerberg"))
    changed = session.scalars(select(ChangeRow.document_id).where(ChangeRow.seq > max(before)))
    assert set(changed) == documents


def test_a_talk_that_names_both_names_the_keeper_once_then(session: Session) -> None:
    speakers = NewSpeaker("C. Åkerberg"), NewSpeaker("Ove Ek"), NewSpeaker("Carina Åkerberg", "strateg")
    _saved(session, _talk("Kol", *speakers))
    keeper, gone = _person(session, "Carina Åkerberg"), _person(session, "C. Åkerberg")
    before = all_rows(session)
    assert merge_preview(session, PERSON, keeper, [gone]).twice_count == 1
    edit = _merged(session, PERSON, keeper, gone)
    (talk,) = events.talks_of_person(session, keeper, 2)
    assert [(one.name, one.role) for one in talk.contributions] == [
        ("Ove Ek", ""),
        ("Carina Åkerberg", "strateg"),
    ]
    undo(session, [edit.id], EVA)
    assert all_rows(session) == before


def test_a_talk_with_both_in_two_roles_keeps_both(session: Session) -> None:
    speakers = NewSpeaker("C. Åkerberg", "moderator"), NewSpeaker("Carina Åkerberg", "strateg")
    _saved(session, _talk("Kol", *speakers))
    keeper = _person(session, "Carina Åkerberg")
    _merged(session, PERSON, keeper, _person(session, "C. Åkerberg"))
    (talk,) = events.talks_of_person(session, keeper, 2)
    assert {one.role for one in talk.contributions} == {"moderator", "strateg"}


def test_what_moves_is_told_before(session: Session, two: tuple[str, str]) -> None:
    keeper, gone = two
    before = all_rows(session)
    preview = merge_preview(session, PERSON, keeper, [gone, keeper])
    assert (preview.keeper.facts.name, preview.twice_count) == ("Carina Åkerberg", 0)
    (moved,) = preview.moved
    assert (moved.name, moved.talk_count, moved.talks, moved.address_count) == (
        "C. Åkerberg",
        1,
        ["Skog"],
        1,
    )
    assert all_rows(session) == before


def test_merges_that_can_be_taken_back_are_told(session: Session, two: tuple[str, str]) -> None:
    keeper, gone = two
    edit = _merged(session, PERSON, keeper, gone)
    (past,) = past_merges(session, PERSON, keeper)
    assert (past.edit, past.actor, past.names) == (edit.id, "kim", ("C. Åkerberg",))
    undo(session, [edit.id], EVA)
    assert past_merges(session, PERSON, keeper) == []


def test_the_keeper_is_distinct_from_whom_the_other_was(session: Session, two: tuple[str, str]) -> None:
    keeper, gone = two
    _saved(session, _talk("Vatten", NewSpeaker("Carin Åkerberg")))
    other = _person(session, "Carin Åkerberg")
    tell_apart(session, PERSON, [gone, other], KIM)
    _merged(session, PERSON, keeper, gone)
    (pair,) = distinct_pairs(session, PERSON)
    assert set(pair) == {keeper, other}


def test_one_name_alone_is_not_merged(session: Session, two: tuple[str, str]) -> None:
    keeper, _ = two
    with pytest.raises(InputError, match="two names"):
        merge(session, PERSON, keeper, [keeper], KIM)
    with pytest.raises(NotFound):
        merge(session, PERSON, keeper, ["nobody"], KIM)


def test_merged_organisations_keep_two_speakers_of_one_talk(session: Session, two: tuple[str, str]) -> None:
    del two
    keeper = find_organisation(session, "Region Gävleborg")
    gone = find_organisation(session, "Reg. Gävleborg")
    assert keeper
    assert gone
    _saved(
        session,
        _talk(
            "Vatten",
            NewSpeaker("Ove Ek", "", "Region Gävleborg"),
            NewSpeaker("Eva Ås", "", "Reg. Gävleborg"),
        ),
    )
    _merged(session, ORGANISATION, keeper, gone)
    talks = {talk.topic: talk for talk in events.talks_of_organisation(session, keeper, 2)}
    assert [one.organisation_name for one in talks["Vatten"].contributions] == ["", "Reg. Gävleborg"]
