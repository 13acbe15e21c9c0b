"""A backup of an archive that is in use: whole, each object once, never half, never another's."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from archive.app import Archive
from archive.backup.checking import check
from archive.backup.folder_place import FolderPlace
from archive.backup.making import back_up
from archive.backup.place import object_digests, object_key, snapshots
from archive.backup.reading import manifest_of
from archive.backup.restoring import restore
from archive.catalogue.uploads import uploads
from archive.errors import BackupDamaged, BackupRefused, Busy, StorageError
from archive.model.uploads import NewUpload
from tests.backup.archives import add_pictured, backed_up, exchange, files_below, filled, flip, ignored
from tests.filled_archive import ask, opened


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with filled(tmp_path) as made:
        yield made


def test_second_backup_only_adds_what_is_new(archive: Archive, tmp_path: Path) -> None:
    first = backed_up(archive, tmp_path / "kept")
    assert (first.documents, first.originals, first.pictures, first.added) == (4, 4, 8, 12)
    assert first.questions > 10
    add_pictured(archive, "Ny", "Nya ord om vatten")
    second = backed_up(archive, tmp_path / "kept")
    assert (second.documents, second.originals, second.pictures, second.added) == (5, 5, 10, 3)
    place = FolderPlace(tmp_path / "kept")
    assert snapshots(place) == tuple(sorted((first.name, second.name), key=lambda name: (len(name), name)))
    named = {*archive.originals.digests(), *archive.pictures.digests()}
    assert object_digests(place) == named


def test_manifest_says_what_there_is_without_secrets(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hemligt")
    mail = {"host": "mail.example.org", "sender": "arkiv@example.org", "user": "arkiv"}
    mail |= {"password_file": str(secret)}
    with opened(tmp_path, mail=mail, web={"site_name": "Länets arkiv"}, workers=1) as archive:
        made = backed_up(archive, tmp_path / "kept")
    written = files_below(tmp_path / "kept" / "snapshots" / made.name)
    told = json.loads(written["manifest.json"])
    assert told["settings"] == {"workers": 1, "web": {"site_name": "Länets arkiv"}}
    assert told["settings_left_out"] == ["mail"]
    assert told["tables"]["document"] == 0
    assert b"mail.example.org" not in written["manifest.json"]


def test_upload_that_is_on_its_way_comes_along(archive: Archive, tmp_path: Path) -> None:
    with archive.database.write() as session:
        upload = uploads.add(session, NewUpload("anna", "Ny.pptx", 100))
    archive.receiving.store.append(upload.id, 0, BytesIO(b"x" * 60), 60)
    backed_up(archive, tmp_path / "kept")
    restore(FolderPlace(tmp_path / "kept"), tmp_path / "new" / "data", ignored)
    with opened(tmp_path / "new") as restored:
        assert restored.receiving.store.size_bytes(upload.id) == 60
        with restored.database.read() as session:
            assert uploads.find(session, upload.id).given.filename == "Ny.pptx"


def test_half_backup_is_not_seen_and_the_next_one_clears_it(archive: Archive, tmp_path: Path) -> None:
    first = backed_up(archive, tmp_path / "kept")
    place = FolderPlace(tmp_path / "kept")
    before = files_below(tmp_path / "kept")
    (tmp_path / "half").write_bytes(b"half")
    place.put_in_snapshot("20990101T000000Z", "catalogue.db", tmp_path / "half")
    (tmp_path / "kept" / "objects" / "new-1").write_bytes(b"half")
    assert snapshots(place) == (first.name,)
    second = backed_up(archive, tmp_path / "kept")
    after = files_below(tmp_path / "kept")
    assert {name: after[name] for name in before} == before
    assert {name.split("/")[1] for name in after if name.startswith("snapshots/")} == {
        first.name,
        second.name,
    }
    assert not [name for name in after if name.startswith(("unfinished/", "objects/new-"))]


def test_two_at_once_do_not_write_to_one_place(archive: Archive, tmp_path: Path) -> None:
    backed_up(archive, tmp_path / "kept")
    with FolderPlace(tmp_path / "kept").locked(), pytest.raises(Busy):
        backed_up(archive, tmp_path / "kept")


def test_folder_of_somebody_else_is_left_alone(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "letter").write_text("mine")
    with pytest.raises(BackupRefused, match="no backup of the archive"):
        backed_up(archive, tmp_path / "theirs")
    assert files_below(tmp_path / "theirs") == {"letter": b"mine"}


def test_backups_of_another_archive_are_left_alone(archive: Archive, tmp_path: Path) -> None:
    with opened(tmp_path / "other") as other:
        backed_up(other, tmp_path / "kept")
    before = files_below(tmp_path / "kept")
    with pytest.raises(BackupRefused, match="another archive"):
        backed_up(archive, tmp_path / "kept")
    assert files_below(tmp_path / "kept") == before


def test_place_that_lost_its_backups_is_not_filled_anew_unasked(archive: Archive, tmp_path: Path) -> None:
    backed_up(archive, tmp_path / "kept")
    (tmp_path / "kept").rename(tmp_path / "pulled out")
    with pytest.raises(BackupRefused, match="connected"):
        backed_up(archive, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()
    assert back_up(archive, FolderPlace(tmp_path / "kept"), ignored, anew=True).added == 12


def test_damaged_original_is_named_and_never_kept_under_its_name(archive: Archive, tmp_path: Path) -> None:
    damaged, gone, *_ = list(archive.originals.digests())
    flip(archive.originals.path(damaged))
    archive.originals.path(gone).unlink()
    made = backed_up(archive, tmp_path / "kept")
    place = FolderPlace(tmp_path / "kept")
    assert set(made.lacking) == {damaged, gone}
    assert not object_digests(place) & {damaged, gone}
    assert set(manifest_of(place, made.name).lacking) == {damaged, gone}
    restored = restore(place, tmp_path / "new", ignored)
    assert not restored.is_whole
    assert not restored.lost


def test_original_damaged_after_a_backup_stays_whole_in_the_next(archive: Archive, tmp_path: Path) -> None:
    backed_up(archive, tmp_path / "kept")
    for digest in archive.originals.digests():
        exchange(archive.originals.path(digest), b"other bytes")
    assert not backed_up(archive, tmp_path / "kept").lacking
    assert restore(FolderPlace(tmp_path / "kept"), tmp_path / "new", ignored).is_whole


def test_what_was_removed_meanwhile_is_not_named(archive: Archive, tmp_path: Path) -> None:
    removed: list[str] = []

    def erase_one(what: str, count: int) -> None:
        """Let an import's page, which nothing else refers to, go between the catalogue and its objects."""
        if what == "catalogue" and not removed:
            removed.append(extra.sha256)
            with archive.database.write() as session:
                session.connection().exec_driver_sql("DELETE FROM original WHERE sha256 = ?", (extra.sha256,))
            archive.originals.remove(extra.sha256)

    extra = archive.originals.put_bytes(b"somebody's letter")
    with archive.database.write() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO original VALUES (?, 17, 'text/html', '2026-01-01 00:00:00.000000')", (extra.sha256,)
        )
    made = back_up(archive, FolderPlace(tmp_path / "kept"), erase_one)
    assert removed
    assert not made.lacking
    assert made.originals == 4


def test_archive_whose_index_is_gone_is_backed_up(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "data" / "index" / "current").unlink()
    assert backed_up(archive, tmp_path / "kept").documents == 4
    restored = restore(FolderPlace(tmp_path / "kept"), tmp_path / "new" / "data", ignored)
    assert restored.is_whole
    with opened(tmp_path / "new") as again:
        assert ask(again, "vindkraft").total_groups == 1


def test_place_that_goes_away_meanwhile_is_one_line_and_whole_when_it_is_back(
    archive: Archive, tmp_path: Path
) -> None:
    first = backed_up(archive, tmp_path / "kept").name
    add_pictured(archive, "Ny", "Nya ord om vatten")

    def pull_out(what: str, count: int) -> None:
        if what == "catalogue":
            (tmp_path / "kept").rename(tmp_path / "pulled out")

    place = FolderPlace(tmp_path / "kept")
    with pytest.raises(StorageError, match="connected"):
        back_up(archive, place, pull_out)
    assert not (tmp_path / "kept").exists()
    (tmp_path / "pulled out").rename(tmp_path / "kept")
    assert snapshots(place) == (first,)
    assert restore(place, tmp_path / "new", ignored).is_whole
    assert backed_up(archive, tmp_path / "kept").added == 3


def test_object_that_is_cut_off_in_the_place_is_written_anew(archive: Archive, tmp_path: Path) -> None:
    backed_up(archive, tmp_path / "kept")
    digest = next(iter(archive.originals.digests()))
    exchange(tmp_path / "kept" / object_key(digest), b"cut")
    made = backed_up(archive, tmp_path / "kept")
    assert (made.added, set(made.replaced)) == (1, {digest})
    assert restore(FolderPlace(tmp_path / "kept"), tmp_path / "new", ignored).is_whole


def test_damage_that_a_check_found_is_mended_by_the_next_backup(archive: Archive, tmp_path: Path) -> None:
    place = FolderPlace(tmp_path / "kept")
    backed_up(archive, tmp_path / "kept")
    flipped, gone, lost, *_ = list(archive.originals.digests())
    flip(tmp_path / "kept" / object_key(flipped))
    flip(tmp_path / "kept" / object_key(lost))
    (tmp_path / "kept" / object_key(gone)).unlink()
    ours = archive.originals.path(lost)
    ours.rename(tmp_path / "away")
    with pytest.raises(BackupDamaged, match="3 objects") as told:
        check(archive, place, ignored)
    assert set(told.value.objects) == {flipped, gone, lost}
    made = backed_up(archive, tmp_path / "kept")
    assert (set(made.replaced), made.lacking) == ({flipped, gone}, (lost,))
    (tmp_path / "away").rename(ours)
    assert backed_up(archive, tmp_path / "kept").replaced == {lost}
    assert check(archive, place, ignored).is_whole
    assert not backed_up(archive, tmp_path / "kept").replaced


def test_lock_that_cannot_be_opened_is_a_place_that_cannot_be_written(
    archive: Archive, tmp_path: Path
) -> None:
    backed_up(archive, tmp_path / "kept")
    (tmp_path / "kept" / "lock").unlink()
    (tmp_path / "kept" / "lock").mkdir()
    with pytest.raises(StorageError, match="cannot be written"):
        backed_up(archive, tmp_path / "kept")
