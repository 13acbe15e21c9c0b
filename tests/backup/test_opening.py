"""Which places are taken for backups, and which folders for an archive that comes back."""

import os
from pathlib import Path

import pytest

from archive.backup.opening import open_place, open_target, refuse_inside
from archive.errors import BackupRefused, InputError
from archive.settings.settings import Settings
from tests.backup.archives import backed_up
from tests.filled_archive import opened


@pytest.mark.parametrize("target", ["", " ", "https://example.org/kopior", "S3://hink/arkiv", "sftp:/kopior"])
def test_what_is_no_folder_and_no_bucket_is_refused(target: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no place of backups"):
        open_place(target, Settings(data=tmp_path))


@pytest.mark.parametrize("target", ["data", "data/kopior", "data/tmp/k", "link/k", "data/../data/k", "."])
def test_place_that_would_be_lost_with_the_archive_is_refused(target: str, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "data")
    with pytest.raises(InputError, match="lost together"):
        open_target(str(tmp_path / target), Settings(data=tmp_path / "data"))


def test_place_beside_the_archive_is_taken(tmp_path: Path) -> None:
    place = open_target(str(tmp_path / "data-kopior åäö"), Settings(data=tmp_path / "data"))
    assert place.name == str(tmp_path / "data-kopior åäö")


def test_nothing_is_restored_into_an_archive_or_a_place_of_backups(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        backed_up(archive, tmp_path / "kept")
    for folder in ("data", "kept"):
        with pytest.raises(BackupRefused, match="inside"):
            refuse_inside(tmp_path / folder / "deep" / "new")
    refuse_inside(tmp_path / "new")
    with pytest.raises(InputError, match="UTF-8"):
        refuse_inside(Path(os.fsdecode(os.fsencode(tmp_path) + b"/nytt\xff")))
