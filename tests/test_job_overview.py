"""What became of the files, in one answer."""

from pathlib import Path

from archive.app import Archive
from archive.app.job_overview import Overviews
from archive.catalogue.operation import failed
from archive.model.extraction import Outcome
from archive.model.jobs import JobKind
from tests.catalogue.operation.planted import end
from tests.filled_archive import add, opened, save_picture


def _overviews(archive: Archive) -> Overviews:
    return Overviews(archive.database, archive.pictures, archive.engine, archive.indexer, archive.settings)


def test_index_that_is_behind_tells_changes_and_seconds(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        add(archive, "ett", "sidan ett")
        add(archive, "två", "sidan två")
        behind = _overviews(archive).lag()
        archive.indexer.catch_up()
        caught_up = _overviews(archive).lag()
    assert (behind.changes > 0, behind.seconds > 0, behind.is_ok) == (True, True, True)
    assert (caught_up.changes, caught_up.seconds, caught_up.is_ok) == (0, 0.0, True)


def test_index_that_is_gone_is_told(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        add(archive, "ett", "sidan ett")
        archive.indexer.catch_up()
        (archive.settings.data / "index" / "current").unlink()
        assert not _overviews(archive).lag().is_ok


def test_disk_is_told_by_part_and_kept_for_a_while(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        document_id = add(archive, "ett", "sidan ett", data="x" * 5000)
        archive.indexer.catch_up()
        overviews = _overviews(archive)
        look = overviews.look()
        assert look.disk.originals_bytes == 5000
        assert look.disk.pictures_bytes == 0
        assert look.disk.index_bytes == archive.engine.size_bytes() > 0
        assert look.disk.free_bytes > 0
        save_picture(archive, document_id, 1, "ord")
        add(archive, "två", "sidan två", data="y" * 5000)
        assert overviews.look().disk.originals_bytes == 5000
        assert _overviews(archive).look().disk.originals_bytes == 10_000


def test_pictures_are_estimated_from_those_that_are_there(tmp_path: Path) -> None:
    from archive.catalogue import pages
    from archive.model.pages import Picture
    from tests.filled_archive import version_of

    with opened(tmp_path) as archive:
        document_id = add(archive, "ett", "sidan ett", "sidan två")
        large, small = archive.pictures.put_bytes(b"l" * 900), archive.pictures.put_bytes(b"s" * 100)
        version_id = version_of(archive, document_id)
        with archive.database.write() as session:
            for number in (1, 2):
                picture = Picture(number, 960, 540, 1280, 720, large.sha256, small.sha256, ())
                pages.save_picture(session, version_id, picture)
            pages.finish_pictures(session, version_id, "", "")
        assert _overviews(archive).look().disk.pictures_bytes == 2000


def test_totals_and_waiting_jobs(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        add(archive, "ett", "sidan ett", "sidan två")
        overviews = _overviews(archive)
        assert overviews.totals().documents == {"ok": 1}
        assert overviews.totals().pages == {"ok": 2}
        waiting = {one.kind: one.count for one in overviews.look().waiting}
    assert waiting == {JobKind.EXTRACT: 1, JobKind.RENDER: 1, JobKind.OCR: 0}


def test_new_failure_and_new_try_show_at_once(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        overviews = _overviews(archive)
        assert overviews.look(5).failed == {}
        with archive.database.write() as session:
            document_id = end(session, "/in/a.pdf", Outcome.CRASH)
        assert overviews.look().failed[Outcome.CRASH].first == ()
        (one,) = overviews.look(5).failed[Outcome.CRASH].first
        assert not one.is_asked_for
        with archive.database.write() as session:
            failed.retry_one(session, document_id, "kim")
        (one,) = overviews.look(5).failed[Outcome.CRASH].first
        assert one.is_asked_for
