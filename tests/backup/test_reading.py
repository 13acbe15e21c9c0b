"""Which backups stay, and that no object goes which one of them names."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from archive.backup.folder_place import FolderPlace
from archive.backup.place import object_digests, snapshots
from archive.backup.reading import kept, parse_rules, remove_old
from archive.backup.restoring import restore
from archive.errors import InputError
from tests.backup.archives import backed_up, exchange, filled, ignored


def _names(days: int, a_day: int = 2) -> tuple[str, ...]:
    begin = datetime(2026, 1, 1)  # noqa: DTZ001 - names have no zone
    step = timedelta(hours=24 / a_day)
    return tuple(f"{begin + step * number:%Y%m%dT%H%M%SZ}" for number in range(days * a_day))


def test_newest_of_each_day_week_and_month_stays() -> None:
    names = _names(days=90)
    stays = sorted(kept(names, parse_rules("7d,4w,12m")))
    assert [name[:8] for name in stays] == [
        *("20260131", "20260228", "20260315", "20260322"),
        *(f"202603{day}" for day in range(25, 32)),
    ]
    assert all(name.endswith("T120000Z") for name in stays)


def test_newest_stays_whatever_the_rules() -> None:
    names = ("20260101T000000Z", "20260101T000000Z-2", "20260101T000000Z-10")
    assert kept(names, {"m": 1}) == {"20260101T000000Z-10"}


@pytest.mark.parametrize("text", ["7", "d", "0d", "7d;4w", "7x", " "])
def test_rule_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_rules(text)


def test_objects_of_removed_backups_go_unless_another_names_them(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path / "kept")
    with filled(tmp_path) as archive:
        gone = archive.pictures.put_bytes(b"soon gone").sha256
        with archive.database.write() as session:
            session.connection().exec_driver_sql("UPDATE version SET drawn_sha256 = ?", (gone,))
        backed_up(archive, tmp_path / "kept")
        with archive.database.write() as session:
            session.connection().exec_driver_sql("UPDATE version SET drawn_sha256 = ''")
        newest = backed_up(archive, tmp_path / "kept").name
    removed = remove_old(place, {"d": 1})
    assert (len(removed.snapshots), removed.objects) == (1, 1)
    assert snapshots(place) == (newest,)
    assert gone not in object_digests(place)
    assert restore(place, tmp_path / "new", ignored).is_whole


def test_nothing_that_an_unreadable_backup_may_name_is_removed(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path / "kept")
    with filled(tmp_path, documents=1) as archive:
        name = backed_up(archive, tmp_path / "kept").name
    objects = object_digests(place)
    exchange(tmp_path / "kept" / "snapshots" / name / "manifest.json", b"{}")
    assert remove_old(place, {"d": 1}).unreadable == name
    assert object_digests(place) == objects
