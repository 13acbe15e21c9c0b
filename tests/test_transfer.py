"""An archive is copied whole to other parts and back, and both give the same answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.app import open_archive
from archive.errors import CopyRefused, OriginalDamaged
from archive.model.visibility import Visibility
from archive.settings.settings import Settings
from archive.transfer import copy_archive
from tests.filled_archive import add, ask, opened
from tests.sample_archive import Sample, opened_sample
from tests.servers.versitygw.fixtures import s3_server
from tests.servers.versitygw.server import S3Server

__all__ = ["s3_server"]


class _Interrupted(Exception):
    pass


def _ignored(what: str, count: int) -> None:
    del what, count


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    with opened_sample(tmp_path_factory.mktemp("source")) as built:
        yield built


def test_copy_has_all_and_answers_alike(sample: Sample, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "copy")
    copied = copy_archive(sample.archive, settings, _ignored)
    assert copied.is_whole
    assert copied.originals == len(list(sample.archive.originals.digests())) > 0
    assert copied.pages == 15
    assert copied.same_order == copied.asked > 10
    with open_archive(settings) as copy:
        assert ask(copy, "gemensam", Visibility.STAFF).total_slides == 15
        assert copy.database.epoch == sample.archive.database.epoch
    assert copy_archive(sample.archive, settings, _ignored) == copied  # compared once more


def test_copy_that_was_interrupted_goes_on(sample: Sample, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "copy")
    for stop_at in ("originals", "person", "page"):

        def told(what: str, count: int, stop_at: str = stop_at) -> None:
            if what == stop_at:
                raise _Interrupted

        with pytest.raises(_Interrupted):
            copy_archive(sample.archive, settings, told)
    assert copy_archive(sample.archive, settings, _ignored).is_whole


def test_copy_to_servers_and_back_is_the_same_archive(
    sample: Sample, s3_server: S3Server, postgres_url: str, tmp_path: Path
) -> None:
    s3_server.make_bucket("migrated")
    there = Settings(data=tmp_path / "there", database_url=postgres_url, store=s3_server.settings("migrated"))
    back = Settings(data=tmp_path / "back")
    assert copy_archive(sample.archive, there, _ignored).is_whole
    with open_archive(there) as copy:
        assert copy_archive(copy, back, _ignored).is_whole
    with open_archive(back) as copy:
        assert list(copy.originals.digests()) == list(sample.archive.originals.digests())
        assert list(copy.problems()) == list(sample.archive.problems())


def test_half_sent_upload_goes_along(tmp_path: Path) -> None:
    upload_id = "0" * 32
    with opened(tmp_path) as archive:
        data = b"x" * (17 * 1024 * 1024)
        (tmp_path / "sent").write_bytes(data)
        with (tmp_path / "sent").open("rb") as file:
            archive.receiving.store.append(upload_id, 0, file, len(data))
        settings = Settings(data=tmp_path / "copy")
        copy_archive(archive, settings, _ignored)
    with open_archive(settings) as copy:
        assert copy.receiving.store.path(upload_id).read_bytes() == data


def test_damaged_original_is_not_copied(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        add(archive, "Skadad", "bild")
        (sha256,) = archive.originals.digests()
        path = archive.originals.path(sha256)
        path.chmod(0o644)
        path.write_bytes(b"annat")
        with pytest.raises(OriginalDamaged, match=sha256[:12]):
            copy_archive(archive, Settings(data=tmp_path / "copy"), _ignored)


@pytest.mark.parametrize("change", ["data", "catalogue"])
def test_copy_onto_itself_is_refused(tmp_path: Path, change: str) -> None:
    with opened(tmp_path) as archive:
        folder = archive.settings.data if change == "data" else tmp_path / "copy"
        address = f"sqlite:///{archive.settings.data.resolve() / 'catalogue.db'}"
        with pytest.raises(CopyRefused, match="the same"):
            copy_archive(archive, Settings(data=folder, database_url=address), _ignored)
