import ast
import os
import shutil
import time
from pathlib import Path

from archive.disk import own_folders

SOURCE = Path(own_folders.__file__).parents[1]


def _fill(folder: Path) -> None:
    (folder / "below" / "deeper").mkdir(parents=True)
    (folder / "below" / "deeper" / "file").write_text("mine")
    (folder / "file").write_text("mine")


def _age(path: Path) -> None:
    long_ago = time.time() - 3600
    os.utime(path, (long_ago, long_ago), follow_symlinks=False)


def test_folder_that_was_made_is_removed_with_all_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "gen-1"
    own_folders.make(folder, "generation")
    _fill(folder)
    assert own_folders.remove(folder, "generation")
    assert not folder.exists()


def test_folder_of_somebody_else_is_never_removed(tmp_path: Path) -> None:
    folder = tmp_path / "gen-1"
    _fill(folder)
    assert not own_folders.remove(folder, "generation")
    assert (folder / "below" / "deeper" / "file").read_text() == "mine"


def test_marker_of_another_purpose_does_not_count(tmp_path: Path) -> None:
    folder = tmp_path / "gen-1"
    own_folders.make(folder, "work")
    _fill(folder)
    assert not own_folders.remove(folder, "generation")
    assert (folder / "file").exists()


def test_link_to_a_folder_of_the_archive_is_not_followed(tmp_path: Path) -> None:
    own_folders.make(tmp_path / "held", "generation")
    _fill(tmp_path / "held")
    (tmp_path / "gen-1").symlink_to("held")
    own_folders.remove(tmp_path / "gen-1", "generation")
    assert (tmp_path / "held" / "file").exists()


def test_links_in_a_removed_folder_are_removed_and_not_what_they_lead_to(tmp_path: Path) -> None:
    _fill(tmp_path / "theirs")
    own_folders.make(tmp_path / "gen-1", "generation")
    (tmp_path / "gen-1" / "link").symlink_to(tmp_path / "theirs")
    assert own_folders.remove(tmp_path / "gen-1", "generation")
    assert (tmp_path / "theirs" / "file").exists()


def test_folder_whose_maker_was_killed_before_it_was_marked_is_removed(tmp_path: Path) -> None:
    (tmp_path / "gen-1").mkdir()
    assert own_folders.remove(tmp_path / "gen-1", "generation")
    assert own_folders.remove(tmp_path / "gen-1", "generation")


def test_folder_that_is_there_is_taken_only_where_it_is_empty(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    _fill(tmp_path / "theirs")
    assert own_folders.take(tmp_path / "new" / "below", "work")
    assert own_folders.take(tmp_path / "empty", "work")
    assert not own_folders.take(tmp_path / "theirs", "work")
    _fill(tmp_path / "empty")
    assert own_folders.take(tmp_path / "empty", "work")


def test_only_old_things_are_cleared_and_the_marker_stays(tmp_path: Path) -> None:
    folder = tmp_path / "tmp"
    own_folders.make(folder, "work")
    _fill(folder)
    (folder / "young").touch()
    for name in ("below", "file", own_folders.marker("work")):
        _age(folder / name)
    assert own_folders.clear(folder, "work", older_than_s=600) == 2
    assert {path.name for path in folder.iterdir()} == {"young", own_folders.marker("work")}


def test_folder_of_somebody_else_is_never_cleared(tmp_path: Path) -> None:
    _fill(tmp_path / "tmp")
    for path in (tmp_path / "tmp").iterdir():
        _age(path)
    assert own_folders.clear(tmp_path / "tmp", "work", older_than_s=600) == 0
    assert len(list((tmp_path / "tmp").iterdir())) == 2


_OF_THIS_PROCESS = {
    "index/whoosh/directory/storage.py": "Whoosh's temporary folder inside a generation",
    "index/whoosh/writer/writer.py": "parts that mkdtemp made inside a generation",
    "ingest/libreoffice/running.py": "the folder that mkdtemp made for one LibreOffice",
    "ingest/libreoffice/serve.py": "the same, where the process that made it is gone",
}


def test_folders_are_deleted_nowhere_else() -> None:
    elsewhere = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if any(
            isinstance(node, ast.Attribute) and node.attr in ("rmtree", "rmdir", "removedirs")
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
        )
    }
    assert elsewhere == {"disk/own_folders.py", *_OF_THIS_PROCESS}


def test_what_a_killed_process_has_left_is_cleared_at_once(tmp_path: Path) -> None:
    own_folders.make(tmp_path / "tmp", "work")
    _fill(tmp_path / "tmp" / "younger")
    with own_folders.working(tmp_path / "tmp", "backup-") as folder:
        _fill(folder)
        shutil.copytree(folder, tmp_path / "tmp" / "backup-left")
        own_folders.clear_ended(tmp_path / "tmp", "work")
        assert (folder / "below" / "deeper" / "file").exists()
    names = sorted(path.name for path in (tmp_path / "tmp").iterdir())
    assert names == [own_folders.marker("work"), "younger"]


def test_old_folder_of_a_process_that_is_at_work_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "tmp"
    own_folders.make(folder, "work")
    with own_folders.working(folder, "backup-") as at_work:
        os.utime(at_work, (0, 0))
        assert own_folders.clear(folder, "work", older_than_s=600) == 0
        assert at_work.is_dir()
        left = shutil.copytree(at_work, folder / "backup-killed")
        os.utime(left, (0, 0))
        assert own_folders.clear(folder, "work", older_than_s=600) == 1
        assert not left.exists()
