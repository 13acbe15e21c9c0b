"""Random histories taken back in reverse: the rows are those of the start.

`make bench` runs 5,000 (ARCHIVE_HISTORIES); here a few, with other seeds each time.
"""

import os
from random import SystemRandom

import pytest
from sqlalchemy.orm import Session

from archive.catalogue.database.database import Database
from archive.catalogue.journal import chain
from archive.catalogue.journal.undo import undo
from archive.model.edits import Author, Reason
from tests.catalogue.journal import random_histories
from tests.catalogue.journal.rows import all_rows

EVA = Author("eva", Reason.UNDO)
_HISTORIES = int(os.environ.get("ARCHIVE_HISTORIES", "12"))
_STEPS = 8


def _comes_back(session: Session, seed: int) -> None:
    before = all_rows(session)
    edits = random_histories.run(session, seed, _STEPS)
    for number in reversed(edits):
        outcome = undo(session, [number], EVA)
        assert outcome.conflicts == (), f"seed {seed}"
    assert all_rows(session) == before, f"seed {seed}"


def test_histories_taken_back_edit_by_edit_leave_the_rows_of_the_start(database: Database) -> None:
    with database.write() as session:
        random_histories.begin(session)
        for _ in range(_HISTORIES):
            _comes_back(session, SystemRandom().randrange(2**32))
        assert chain.problems(session) == ()


def test_a_history_taken_back_at_once_leaves_the_rows_of_the_start(session: Session) -> None:
    random_histories.begin(session)
    before = all_rows(session)
    seed = SystemRandom().randrange(2**32)
    edits = random_histories.run(session, seed, _STEPS)
    if edits:
        assert undo(session, edits, EVA).conflicts == (), f"seed {seed}"
    assert all_rows(session) == before, f"seed {seed}"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_undo_of_an_undo_leaves_the_rows_of_the_end(session: Session, seed: int) -> None:
    random_histories.begin(session)
    edits = random_histories.run(session, seed, _STEPS)
    after = all_rows(session)
    outcome = undo(session, edits, EVA)
    assert outcome.edit is not None
    assert undo(session, [outcome.edit], EVA).conflicts == ()
    assert all_rows(session) == after
