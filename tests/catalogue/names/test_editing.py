"""What somebody is called today, was called, and is written as."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from archive.catalogue.events import events
from archive.catalogue.events.on_the_day import NameThen, name_then
from archive.catalogue.events.people import find_organisation, find_person
from archive.catalogue.journal.undo import undo
from archive.catalogue.names.editing import name_record, save_names
from archive.errors import ChangedMeanwhile, InputError, NotFound
from archive.model.edits import Author, Reason
from archive.model.events import Organisation, Spelling
from archive.model.names import NameFacts, NameKind
from tests.catalogue.conftest import save_event
from tests.catalogue.journal.rows import all_rows

KIM = Author("kim", Reason.FORM)
PERSON, ORGANISATION = NameKind.PERSON, NameKind.ORGANISATION
REGION = Organisation(
    "o",
    "Region Gävleborg",
    (Spelling("Landstinget Gävleborg", "1999", "2014-12-31"), Spelling("Reg. X", is_shown=False)),
)


@pytest.fixture
def carina(session: Session) -> str:
    """A person with a talk."""
    save_event(session)
    identifier = find_person(session, "Carina Åkerberg")
    assert identifier is not None
    return identifier


def test_a_new_name_leaves_the_old_one_as_a_spelling(session: Session, carina: str) -> None:
    save_names(session, PERSON, carina, NameFacts(" Carina   Ek "), KIM)
    assert name_record(session, PERSON, carina).facts == NameFacts(
        "Carina Ek", (Spelling("Carina Åkerberg"),)
    )
    assert find_person(session, "carina ek") == find_person(session, "Carina Åkerberg") == carina
    (talk,) = events.talks_of_person(session, carina, 2)
    assert talk.contributions[0].person_name == "Carina Åkerberg"


def test_a_corrected_name_is_not_kept_with_the_talk(session: Session, carina: str) -> None:
    wrong = Spelling("Carina Åkerberg", is_shown=False)
    save_names(session, PERSON, carina, NameFacts("Karina Åkerberg", (wrong,)), KIM)
    (talk,) = events.talks_of_person(session, carina, 2)
    assert talk.contributions[0].person_name == ""


def test_taking_a_new_name_back_restores_every_row(session: Session, carina: str) -> None:
    before = all_rows(session)
    edit = save_names(session, PERSON, carina, NameFacts("Carina Ek"), KIM)
    assert edit is not None
    assert undo(session, [edit.id], KIM).conflicts == ()
    assert all_rows(session) == before


def test_the_same_names_again_are_no_edit(session: Session, carina: str) -> None:
    new = NameFacts("Carina Åkerberg", (Spelling("C. Åkerberg", "2001"),))
    assert save_names(session, PERSON, carina, new, KIM) is not None
    assert save_names(session, PERSON, carina, new, KIM) is None


def test_who_has_not_seen_the_newest_edit_saves_nothing(session: Session, carina: str) -> None:
    seen = name_record(session, PERSON, carina).edit
    save_names(session, PERSON, carina, NameFacts("Carina Ek"), KIM, seen)
    with pytest.raises(ChangedMeanwhile):
        save_names(session, PERSON, carina, NameFacts("Carina Lind"), KIM, seen)
    assert name_record(session, PERSON, carina).facts.name == "Carina Ek"


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (NameFacts(" "), "letter"),
        (NameFacts("a" * 201), "200 characters"),
        (NameFacts("Lisa Virén"), "Another record has the name"),
        (NameFacts("Carina", (Spelling("lisa virén"),)), "Another record has the name"),
        (NameFacts("Carina", (Spelling("Eva", "igår"),)), "igår is no date"),
        (NameFacts("Carina", (Spelling("Eva", "2019-13"),)), "2019-13 is no date"),
        (NameFacts("Carina", (Spelling("Eva", "2019", "2018-12"),)), "ended before it began"),
        (NameFacts("Carina", (Spelling("Eva", "2010", "2015"), Spelling("Ida", "2014"))), "at the same time"),
        (NameFacts("Carina", tuple(Spelling(f"Eva {n}") for n in range(60))), "At most 50"),
    ],
)
def test_names_that_cannot_be_are_refused(
    session: Session, carina: str, new: NameFacts, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        save_names(session, PERSON, carina, new, KIM)


def test_a_name_that_another_is_written_with_is_refused(session: Session, carina: str) -> None:
    other = find_person(session, "Lisa Virén")
    assert other is not None
    save_names(session, PERSON, other, NameFacts("Lisa Ek"), KIM)
    with pytest.raises(InputError, match="Lisa Virén"):
        save_names(session, PERSON, carina, NameFacts("Lisa Virén"), KIM)


def test_nobody_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound, match="organisation"):
        name_record(session, ORGANISATION, "nobody")


def test_an_organisation_is_recognised_by_an_earlier_name(session: Session, carina: str) -> None:
    del carina
    region = find_organisation(session, "Region Gävleborg")
    assert region is not None
    earlier = Spelling("Landstinget Gävleborg", "1999", "2014")
    save_names(session, ORGANISATION, region, NameFacts("Region Gävleborg", (earlier,)), KIM)
    assert find_organisation(session, "landstinget gävleborg") == region


@pytest.mark.parametrize(
    ("written", "day", "expected"),
    [
        ("", date(2022, 5, 3), None),
        ("", date(2014, 12, 31), NameThen("Landstinget Gävleborg", is_dated=True)),
        ("", date(1999, 1, 1), NameThen("Landstinget Gävleborg", is_dated=True)),
        ("", date(1998, 12, 31), None),
        ("", None, None),
        ("REGION  gävleborg", date(2022, 5, 3), None),
        ("Reg. Gävleborg", date(2022, 5, 3), NameThen("Reg. Gävleborg", is_dated=False)),
        ("Reg. Gävleborg", date(2001, 5, 3), NameThen("Landstinget Gävleborg", is_dated=True)),
        ("reg. x", date(2022, 5, 3), None),
    ],
)
def test_a_talk_shows_the_name_of_its_day(written: str, day: date | None, expected: NameThen | None) -> None:
    assert name_then(REGION, written, day) == expected
