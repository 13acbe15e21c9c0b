"""Similar slides: of other talks, never what the visitor may not see."""

import pytest

from archive.app import Archive
from archive.catalogue import records
from archive.model.visibility import Visibility
from tests.web.conftest import archive, built  # noqa: F401 - fixtures
from tests.web.web_archive import Built


def similar(archive: Archive, document: str, number: int, visitor: Visibility) -> set[str]:  # noqa: F811
    with archive.database.read() as session:
        record = records.record(session, document)
        groups = archive.search.similar(session, record, number, visitor)
    return {group.record.document.id for group in groups}


def test_slides_of_other_talks_that_say_much_the_same(archive: Archive, built: Built) -> None:  # noqa: F811
    found = similar(archive, built.railway, 2, Visibility.PUBLIC)
    assert found
    assert built.railway not in found


def test_hidden_slides_and_talks_are_not_among_them(archive: Archive, built: Built) -> None:  # noqa: F811
    assert built.board not in similar(archive, built.strategy, 2, Visibility.PUBLIC)
    assert built.board in similar(archive, built.strategy, 2, Visibility.STAFF)


@pytest.mark.parametrize("number", [0, 4, 999])
def test_a_slide_that_is_not_there_or_hidden_has_none(archive: Archive, built: Built, number: int) -> None:  # noqa: F811
    assert similar(archive, built.strategy, number, Visibility.PUBLIC) == set()
