"""With the catalogue on PostgreSQL and files in storage that speaks S3, no row and no object has them."""

from dataclasses import replace
from pathlib import Path

import pytest

from archive.app import Archive, open_archive
from archive.backup.folder_place import FolderPlace
from archive.backup.making import back_up
from archive.backup.place import snapshots
from archive.backup.restoring import restore
from archive.catalogue.erasing.people import names_of
from archive.erasing.erasing import ErasureOrder, erase
from archive.erasing.files import search_files
from archive.erasing.names import ErasedNames
from archive.erasing.ordering import erase_again
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.settings.settings import load_settings_of_file
from tests.erasing.person import WORDS, fill
from tests.erasing.server_rows import write_rows
from tests.erasing.traces import traces
from tests.ingest.ingests import settings_for
from tests.servers.versitygw.fixtures import s3_server
from tests.servers.versitygw.server import S3Server

__all__ = ["s3_server"]
pytestmark = pytest.mark.postgresql


def test_nothing_is_left_in_tables_objects_or_an_old_backup(
    postgres_url: str, s3_server: S3Server, tmp_path: Path
) -> None:
    bucket, data = s3_server.make_bucket("radering"), tmp_path / "data"
    place = FolderPlace(tmp_path / "backups")
    store = s3_server.settings("radering")
    with open_archive(settings_for(data, database_url=postgres_url, store=store)) as archive:
        filled = fill(archive, tmp_path / "in")
        back_up(archive, place, _ignored)
        assert write_rows(postgres_url, tmp_path / "before") > 100
        told = "\n".join(traces(tmp_path / "before", *WORDS))
        assert [
            table for table in ("page", "row_change", "import_reading", "upload") if table not in told
        ] == []
        assert traces(bucket, *WORDS)
        _erase(archive, filled.person_id)
        write_rows(postgres_url, tmp_path / "after")
        assert traces(tmp_path / "after", *WORDS) == []
        assert traces(bucket, *WORDS) == []
        assert traces(data, *WORDS) == []
        assert list(archive.problems()) == []
        back_up(archive, place, _ignored)
    restored = restore(place, tmp_path / "new", _ignored, at=snapshots(place)[0], erase_again=erase_again)
    assert len(restored.erased) == 1
    assert traces(tmp_path / "new", *WORDS) == []
    with open_archive(load_settings_of_file(tmp_path / "new")) as again:
        for word in WORDS:
            assert again.search.search(Question(word), Visibility.STAFF).total_slides == 0


def _erase(archive: Archive, person_id: str) -> None:
    with archive.database.read() as session:
        order = ErasureOrder(ErasedNames(names_of(session, person_id)), "asta", "hon bad om det", person_id)
    searched = search_files(archive, order.names, _ignored)
    assert len(searched.uploads) == 2
    erase(archive, replace(order, files=searched.holding, uploads=searched.uploads), _ignored)


def _ignored(what: str, count: int) -> None:
    del what, count
