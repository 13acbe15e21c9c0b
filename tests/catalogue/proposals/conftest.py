"""An archive with a talk by two speakers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.app import Archive
from archive.catalogue.events.new_event import NewEvent, NewTalk
from archive.catalogue.events.save_event import save_event
from tests.catalogue.proposals.speakers import SPEAKERS
from tests.filled_archive import opened


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as archive:
        yield archive


@pytest.fixture
def talk(archive: Archive) -> str:
    new = NewEvent("Malmdagen", talks=(NewTalk("Gruvor", 1, "Om gruvor.", speakers=SPEAKERS),))
    with archive.database.write() as session:
        return save_event(session, new, "test").talk_ids[0]
