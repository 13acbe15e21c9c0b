"""An export is made next to where it will be, goes on after an interruption, and is never over something."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from archive.app import Archive
from archive.errors import Busy, CopyRefused, PathError, StorageError
from archive.export.exporting import export_archive
from tests.export.leaving import Out, ignored, read
from tests.export.second_reader import SecondReader
from tests.filled_archive import add, opened, slide


class _Stopped(Exception):
    pass


@pytest.mark.parametrize("stop_at", ["focus_areas", "pages", "edits", "files"])
def test_interrupted_export_goes_on_and_has_nothing_of_before(
    archive: tuple[Archive, str], out: Out, tmp_path: Path, stop_at: str
) -> None:
    def stop(what: str, count: int) -> None:
        if what == stop_at:
            raise _Stopped

    target, unfinished = tmp_path / "out", tmp_path / "out.unfinished"
    with pytest.raises(_Stopped):
        export_archive(archive[0], target, with_withdrawn=True, told=stop)
    assert not target.exists()
    assert unfinished.stat().st_mode & 0o077 == 0
    export_archive(archive[0], target, with_withdrawn=False, told=ignored)
    assert not unfinished.exists()
    assert SecondReader(target).all_is_there() == out.reader.all_is_there()
    assert bool(read(target, "check").returncode) is False


def test_copied_files_are_taken_over_from_an_interrupted_export(
    archive: tuple[Archive, str], tmp_path: Path
) -> None:
    def stop(what: str, count: int) -> None:
        if what == "files":
            raise _Stopped

    with pytest.raises(_Stopped):
        export_archive(archive[0], tmp_path / "out", with_withdrawn=False, told=stop)
    copied = {
        path.name: path.stat().st_ino for path in (tmp_path / "out.unfinished/data/originals").rglob("*.pptx")
    }
    assert copied
    with suppress(_Stopped):  # twice, so that files come from both attempts
        export_archive(archive[0], tmp_path / "out", with_withdrawn=False, told=stop)
    export_archive(archive[0], tmp_path / "out", with_withdrawn=False, told=ignored)
    assert {
        path.name: path.stat().st_ino for path in (tmp_path / "out/data/originals").rglob("*.pptx")
    } == copied


def _file(folder: Path) -> None:
    (folder / "out").write_text("mine")


def _folder(folder: Path) -> None:
    (folder / "out").mkdir()


def _link(folder: Path) -> None:
    (folder / "out").symlink_to(folder / "nowhere")


def _others_unfinished(folder: Path) -> None:
    (folder / "out.unfinished" / "data").mkdir(parents=True)
    (folder / "out.unfinished" / "data" / "mine.txt").write_text("mine")


def _file_in_the_way(folder: Path) -> None:
    (folder / "out.unfinished").write_text("mine")


def _of_another_archive(folder: Path) -> None:
    (folder / "out.unfinished" / "work").mkdir(parents=True)
    (folder / "out.unfinished" / "work" / "export.json").write_text('{"epoch": "another"}')


@pytest.mark.parametrize(
    "make", [_file, _folder, _link, _others_unfinished, _file_in_the_way, _of_another_archive]
)
def test_nothing_that_is_there_is_touched(
    archive: tuple[Archive, str], tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path)
    before = sorted((str(path), path.lstat().st_mtime_ns) for path in tmp_path.rglob("*"))
    with pytest.raises(CopyRefused):
        export_archive(archive[0], tmp_path / "out", with_withdrawn=False, told=ignored)
    assert sorted((str(path), path.lstat().st_mtime_ns) for path in tmp_path.rglob("*")) == before


def test_places_where_no_export_can_be_are_refused(archive: tuple[Archive, str], tmp_path: Path) -> None:
    for target in (tmp_path / "no" / "such", archive[0].settings.data / "out"):
        with pytest.raises(PathError):
            export_archive(archive[0], target, with_withdrawn=False, told=ignored)


def test_place_that_cannot_be_written_is_one_line(archive: tuple[Archive, str]) -> None:
    with pytest.raises(StorageError, match="cannot be written"):
        export_archive(archive[0], Path("/proc/out"), with_withdrawn=False, told=ignored)


def test_second_export_to_the_same_place_waits_for_nothing(
    archive: tuple[Archive, str], tmp_path: Path
) -> None:
    refused = []

    def second(what: str, count: int) -> None:
        if what == "files":
            with pytest.raises(Busy) as told:
                export_archive(archive[0], tmp_path / "out", with_withdrawn=False, told=ignored)
            refused.append(told.value)

    export_archive(archive[0], tmp_path / "out", with_withdrawn=False, told=second)
    assert len(refused) == 1


def test_what_comes_meanwhile_is_not_half_in_it(tmp_path: Path) -> None:
    """While records are written, others write: the export has the catalogue as it was when it began."""
    with opened(tmp_path) as archive:
        add(archive, "först", slide("Först"))

        def write(what: str, count: int) -> None:
            if what == "documents":
                add(archive, "sedan", slide("Sedan"))

        export_archive(archive, tmp_path / "out", with_withdrawn=False, told=write)
        reader = SecondReader(tmp_path / "out")
        assert [one["title"] for one in reader.records("documents")] == ["först"]
        assert reader.all_is_there() == {"original_file": 1, "text_file": 1}
