from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from archive.catalogue.database.database import Database
from archive.catalogue.events.new_event import NewEvent
from archive.catalogue.events.save_event import save_event
from archive.ingest.watching.watched_intake import FilePlace, place_of
from archive.model.visibility import Visibility


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path / 'catalogue.db'}")
    yield opened
    opened.close()


def test_folders_say_who_may_see_a_file_and_which_event_it_belongs_to(database: Database) -> None:
    with database.write() as session:
        one = save_event(
            session, NewEvent(title="Grön industri", starts_on=date(2024, 5, 3)), "test"
        ).event_id
        for title in ("Morgon", "Kväll"):
            save_event(session, NewEvent(title=title, starts_on=date(2024, 6, 1)), "test")
    with database.read() as session:

        def place(path: str) -> FilePlace:
            return place_of(session, PurePosixPath(path))

        assert place("a.pptx") == FilePlace()
        assert place("Medlemmar/a.pptx") == FilePlace(Visibility.MEMBERS)
        assert place("medlemmar/personal/a.pptx") == FilePlace(Visibility.STAFF)
        for name in ("grön industri", "2024-05-03", "2024-05-03 Grön industri", one):
            assert place(f"{name}/öppet/a.pptx") == FilePlace(Visibility.PUBLIC, one)
        assert place("2024-06-01/a.pptx") == FilePlace()  # two events that day
        assert place("Grön/a.pptx") == FilePlace()
