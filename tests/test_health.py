"""What `archive status` and /healthz say of an archive."""

import sqlite3
from contextlib import closing
from pathlib import Path

from archive.catalogue.events.new_event import NewEvent
from archive.catalogue.events.save_event import save_event
from archive.catalogue.journal.recording import recording
from archive.health import check_health
from archive.model.edits import Author, Reason
from archive.model.jobs import JobKind
from archive.settings.sections import OcrSettings, PictureSettings
from archive.settings.settings import Settings
from tests.filled_archive import add, opened


def test_archive_in_order_is_well(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        health = archive.health()
    assert health.is_ok
    assert (health.database_ok, health.index_ok, health.index_lag) == (True, True, 0)
    assert health.pending == dict.fromkeys(JobKind, 0)


def test_jobs_that_wait_and_changes_that_the_index_lacks_are_counted(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        add(archive, "ett", "sidan ett")
        health = archive.health()
        archive.indexer.catch_up()
        assert archive.health().index_lag == 0
    assert health.is_ok, "an index that is behind still answers"
    assert health.index_lag > 0
    assert health.pending[JobKind.RENDER] == 1


def test_index_that_is_gone_is_not_well(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        add(archive, "ett", "sidan ett")
        archive.indexer.catch_up()
        (archive.settings.data / "index" / "current").unlink()
        health = archive.health()
    assert (health.is_ok, health.database_ok, health.index_ok) == (False, True, False)


def test_damaged_catalogue_is_not_well(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        archive.database.close()
        (archive.settings.data / "catalogue.db").write_bytes(b"no database" * 1000)
        health = archive.health()
    assert (health.is_ok, health.database_ok, health.pending) == (False, False, {})


def test_missing_system_parts_have_the_names_of_their_packages(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        settings = Settings(
            data=archive.settings.data,
            pictures=PictureSettings(office_command="/no/such/soffice"),
            ocr=OcrSettings(command="/no/such/tesseract"),
        )
        health = check_health(archive.database, archive.indexer, settings)
    assert health.missing_parts == (
        "libreoffice-impress-nogui",
        "libreoffice-writer-nogui",
        "tesseract-ocr",
        "tesseract-ocr-swe",
    )


def test_a_journal_that_somebody_changed_is_a_problem(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        with archive.database.write() as session, recording(session, Author("kim", Reason.FORM)):
            save_event(session, NewEvent("Höstmöte"), "kim")
        assert list(archive.problems()) == []
        with closing(sqlite3.connect(archive.settings.data / "catalogue.db")) as connection, connection:
            connection.execute("UPDATE edit SET actor = 'eva'")
        assert list(archive.problems()) == ["Edit 1 of the journal is not as it was written."]
