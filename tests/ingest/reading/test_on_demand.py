import pytest

from archive.errors import ArchiveError, Busy, FileRejected, PictureError
from archive.ingest.reading.on_demand import MakingTurns
from archive.model.extraction import Outcome


def _picture_error(category: Outcome) -> PictureError:
    error = PictureError("It could not be made.")
    error.__cause__ = FileRejected(category, "It took too long.")
    return error


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (FileRejected(Outcome.TIMEOUT, "It took too long."), Busy),
        (_picture_error(Outcome.TIMEOUT), Busy),
        (FileRejected(Outcome.DAMAGED, "It is damaged."), FileRejected),
        (_picture_error(Outcome.DAMAGED), PictureError),
    ],
)
def test_what_takes_too_long_may_be_asked_for_again(raised: ArchiveError, told: type[ArchiveError]) -> None:
    turns = MakingTurns()
    with pytest.raises(told), turns.turn():
        raise raised
    assert turns.waiting == 0
