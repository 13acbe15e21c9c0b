"""Looking at everything: each planted fault is named, none where nothing is wrong, and damage is mended."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from archive.app import Archive
from archive.backup.folder_place import FolderPlace
from archive.backup.scrubbing import Verified, verify_all
from archive.catalogue import changes, documents, statistics
from archive.catalogue.events.new_event import NewEvent
from archive.catalogue.events.save_event import save_event
from archive.catalogue.journal.recording import recording
from archive.catalogue.operation import backups, fixity, history
from archive.index.catalogue_reader import read
from archive.index.documents import Batch, IndexDocument
from archive.model.edits import Author, Reason
from archive.store.store import Store
from tests.backup.archives import backed_up, exchange, filled, flip, ignored


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with filled(tmp_path) as made:
        author = Author("anna", Reason.COMMAND)
        for title in ("Hållbara dagar", "Vattnets dag"):
            event = NewEvent(title=title, starts_on=date(2021, 11, 24))
            with made.database.write() as session, recording(session, author):
                save_event(session, event, "anna")
        made.indexer.catch_up()
        yield made


def _looked(archive: Archive) -> Verified:
    return verify_all(archive, ignored)


def _first(store: Store) -> Path:
    return store.path(next(iter(store.digests())))


def _rewrite(archive: Archive, path: Path, data: bytes) -> None:
    exchange(path, data)
    path.chmod(0o444)


def _flip(archive: Archive) -> str:
    path = _first(archive.originals)
    flip(path)
    path.chmod(0o444)
    return f"Original {path.name[:12]}"


def _swap(archive: Archive) -> str:
    first, second = [archive.originals.path(digest) for digest in archive.originals.digests()][:2]
    ours, theirs = first.read_bytes(), second.read_bytes()
    _rewrite(archive, first, theirs)
    _rewrite(archive, second, ours)
    return f"Original {second.name[:12]}"


def _truncate(archive: Archive) -> str:
    path = _first(archive.pictures)
    _rewrite(archive, path, path.read_bytes()[:-1])
    return f"Picture {path.name[:12]}"


def _extra(archive: Archive) -> str:
    return f"Original {archive.originals.put_bytes(b'nobody knows it').sha256[:12]}"


def _orphan(archive: Archive) -> str:
    return f"Picture {archive.pictures.put_bytes(b'of no page').sha256[:12]}"


def _no_picture(archive: Archive) -> str:
    path = _first(archive.pictures)
    path.unlink()
    return f"Picture {path.name[:12]}"


def _mode(archive: Archive) -> str:
    path = _first(archive.originals)
    path.chmod(0o666)
    return f"Original {path.name[:12]}: its mode is 0666"


def _planted(*statements: str) -> Callable[[Archive], None]:
    """Return what changes the catalogue's file behind the archive's back."""

    def plant(archive: Archive) -> None:
        with closing(sqlite3.connect(archive.settings.data / "catalogue.db")) as file:
            for statement in statements:
                file.execute(statement)
            file.commit()

    return plant


def _missing_row(archive: Archive) -> str:
    _planted("DELETE FROM page WHERE rowid = (SELECT max(rowid) FROM page)")(archive)
    return "1 of 2 pages"


def _wrong_count(archive: Archive) -> str:
    _planted("UPDATE version SET page_count = 3 WHERE rowid = 1")(archive)
    return "2 of 3 pages"


def _journal(archive: Archive) -> str:
    _planted("UPDATE edit SET actor = 'berit' WHERE id = 1")(archive)
    return "Edit 1 of the journal"


def _dangling(archive: Archive) -> str:
    _planted("PRAGMA foreign_keys = OFF", "UPDATE version SET document_id = 'gone' WHERE rowid = 1")(archive)
    return "rows (version) refer to rows (document) that are gone"


def _write_to_index(archive: Archive, document: IndexDocument) -> None:
    """Let the index have a document otherwise than the catalogue, though it has followed every change."""
    with archive.database.write() as session:
        changes.record(session, document.id)
    mark = archive.engine.watermark()
    assert mark is not None
    archive.engine.write(Batch([document], replace(mark, seq=mark.seq + 1)))


def _stale_index(archive: Archive) -> str:
    with archive.database.read() as session:
        ours, theirs, *_ = sorted(statistics.indexable(session))
        (other,) = read(session, [theirs]).index(archive.analyzer)
    _write_to_index(archive, replace(other, id=ours, group=ours))
    return f"Index: document {ours} has other words"


def _not_in_index(archive: Archive) -> str:
    with archive.database.read() as session:
        document_id = min(statistics.indexable(session))
    _write_to_index(archive, IndexDocument(id=document_id, group=document_id))
    return f"Index: document {document_id} has 0 of 2 pages"


FAULTS = {
    "flipped bit": _flip,
    "two objects swapped": _swap,
    "truncated": _truncate,
    "extra": _extra,
    "orphan": _orphan,
    "missing picture": _no_picture,
    "wrong mode": _mode,
    "missing row": _missing_row,
    "wrong count": _wrong_count,
    "edited journal line": _journal,
    "dangling version": _dangling,
    "stale index": _stale_index,
    "missing in the index": _not_in_index,
}


def test_nothing_is_told_of_a_clean_archive(archive: Archive) -> None:
    assert _looked(archive) == Verified((), (), 12, _looked(archive).size_bytes, False)
    with archive.database.read() as session:
        noted = backups.last(session, "verified")
    assert noted is not None
    assert noted.problems == 0


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_fault_is_named(fault: str, archive: Archive) -> None:
    named = FAULTS[fault](archive)
    problems = _looked(archive).problems
    assert any(named in problem for problem in problems), problems


def test_damage_comes_back_from_a_backup(archive: Archive, tmp_path: Path) -> None:
    backed_up(archive, tmp_path / "kept")
    _flip(archive)
    _no_picture(archive)
    verified = verify_all(archive, ignored, place=FolderPlace(tmp_path / "kept"))
    assert (len(verified.mended), verified.problems) == (2, ())
    assert _looked(archive).problems == ()


def test_backup_that_is_damaged_itself_mends_nothing(archive: Archive, tmp_path: Path) -> None:
    backed_up(archive, tmp_path / "kept")
    named = _flip(archive)
    for path in (tmp_path / "kept" / "objects").rglob("*"):
        if path.is_file():
            exchange(path, b"other bytes")
    verified = verify_all(archive, ignored, place=FolderPlace(tmp_path / "kept"))
    assert verified.mended == ()
    assert any(named in problem for problem in verified.problems)


def test_look_that_was_stopped_goes_on_and_keeps_what_it_found(archive: Archive) -> None:
    class _Stopped(Exception):
        pass

    def stop(what: str, count: int) -> None:
        if count == 5:
            raise _Stopped

    named = _flip(archive)
    with pytest.raises(_Stopped):
        verify_all(archive, stop)
    read: list[int] = []
    verified = verify_all(archive, lambda _, count: read.append(count))
    assert verified.resumed
    assert read == list(range(6, 13))
    assert any(named in problem for problem in verified.problems)
    assert not _looked(archive).resumed


def test_damage_mending_and_each_look_stay_in_the_log_of_the_document(
    archive: Archive, tmp_path: Path
) -> None:
    backed_up(archive, tmp_path / "kept")
    digest = _first(archive.originals).name
    with archive.database.read() as session:
        ours: list[str] = []
        others: list[str] = []
        for document_id in documents.document_ids(session):
            (version,) = documents.versions(session, document_id)
            (ours if version.original.sha256 == digest else others).append(document_id)
    _flip(archive)
    _looked(archive)
    verify_all(archive, ignored, place=FolderPlace(tmp_path / "kept"))
    with archive.database.read() as session:
        now = datetime.now(UTC)
        log, other = history.log(session, ours[0], now), history.log(session, others[0], now)
    seen = [event.action for event in log.events if event.actor == fixity.ACTOR]
    assert seen == [fixity.MENDED, fixity.DAMAGED, fixity.DAMAGED]
    assert not [event for event in other.events if event.actor == fixity.ACTOR]
    assert log.last_look is not None
    assert (log.last_look.outcome, log.last_look.detail) == ("ok", "0")
