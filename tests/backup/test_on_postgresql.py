"""An archive whose catalogue is on a server is backed up from one state of it, and restored into a file."""

from pathlib import Path

import pytest

from archive.backup.folder_place import FolderPlace
from archive.backup.making import back_up
from archive.backup.restoring import restore
from archive.catalogue.database import copying
from archive.model.visibility import Visibility
from tests.backup.archives import add_pictured, ignored
from tests.filled_archive import add, ask, opened

pytestmark = pytest.mark.postgresql


def test_backup_of_a_catalogue_on_a_server_is_one_state_of_it(postgres_url: str, tmp_path: Path) -> None:
    place = FolderPlace(tmp_path / "kept")
    with opened(tmp_path, database_url=postgres_url) as archive:
        for topic in ("Vindkraft", "Kollektivtrafik", "Gruvor"):
            add_pictured(archive, topic, f"{topic} i länet")
        archive.indexer.catch_up()

        def write_meanwhile(what: str, count: int) -> None:
            if what == "originals":
                add(archive, f"Senare {count}", "Senare")

        made = back_up(archive, place, write_meanwhile)
        assert (made.documents, made.originals, made.lacking) == (3, 3, ())
        assert restore(place, tmp_path / "new" / "data", ignored).is_whole
        with opened(tmp_path / "new") as again:
            assert ask(again, "länet", Visibility.STAFF).total_groups == 3
            assert "document" in copying.differences(archive.database, again.database)
            assert "person" not in copying.differences(archive.database, again.database)
            assert list(again.problems()) == []
