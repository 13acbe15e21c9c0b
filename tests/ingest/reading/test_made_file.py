from io import BytesIO

import pytest

from archive.ingest.extractors.archives import frames
from archive.ingest.reading.made_file import take_made_file
from archive.model.extraction import Outcome

OK = frames.END + Outcome.OK.value.encode()


def test_whole_file_is_written_in_order() -> None:
    file = BytesIO()
    handed_over = [frames.MEMBER + b"{}", frames.CHUNK + b"%PDF-1.7 ", frames.CHUNK + b"rest", OK, OK]
    assert take_made_file(iter(handed_over), file)
    assert file.getvalue() == b"%PDF-1.7 rest"


@pytest.mark.parametrize(
    "ends",
    [
        [],
        [OK],
        [OK, OK, OK],
        [OK, frames.END + Outcome.DAMAGED.value.encode()],
        [OK, OK, frames.CHUNK + b"more"],
    ],
    ids=["none", "one", "three", "damaged", "more after the end"],
)
def test_file_without_its_two_good_ends_is_not_whole(ends: list[bytes]) -> None:
    assert not take_made_file(iter([frames.MEMBER + b"{}", frames.CHUNK + b"%PDF-", *ends]), BytesIO())
