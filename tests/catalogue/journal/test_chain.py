"""The journal's chain: what somebody changes or removes is found."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from archive.catalogue.journal import chain
from archive.catalogue.journal.recording import recording
from archive.catalogue.tables.events import PersonRow
from archive.model.edits import Author, Reason


@pytest.fixture
def three_edits(session: Session) -> Session:
    for name in ("Åke", "Eva", "Ove"):
        with recording(session, Author("kim", Reason.FORM)):
            session.add(PersonRow(id=name, name=name, name_key=name.casefold()))
    return session


def test_a_journal_as_it_was_written_has_no_problem(three_edits: Session) -> None:
    assert chain.problems(three_edits) == ()


@pytest.mark.parametrize(
    ("statement", "edit"),
    [
        ("UPDATE edit SET actor = 'eva' WHERE id = 2", 2),
        ("UPDATE edit SET at = '2020-01-01T00:00:00.000000Z' WHERE id = 2", 2),
        ("UPDATE edit SET undoes = '[1]' WHERE id = 3", 3),
        ('UPDATE row_change SET after = \'{"name": "x"}\' WHERE edit_id = 1', 1),
        ("DELETE FROM row_change WHERE edit_id = 3", 3),
    ],
)
def test_an_edit_that_was_changed_is_named(three_edits: Session, statement: str, edit: int) -> None:
    three_edits.execute(text(statement))
    three_edits.expire_all()
    assert chain.problems(three_edits) == (f"Edit {edit} of the journal is not as it was written.",)


def test_an_edit_that_is_missing_is_told_by_the_next(three_edits: Session) -> None:
    three_edits.execute(text("DELETE FROM row_change WHERE edit_id = 2"))
    three_edits.execute(text("DELETE FROM edit WHERE id = 2"))
    three_edits.expire_all()
    assert chain.problems(three_edits) == (
        "The journal is broken before edit 3: an edit is missing or was changed.",
    )
