import os
from pathlib import Path

import pytest

from archive.errors import PathError
from archive.ingest.intake.sources import (
    SeminarFolder,
    SingleFile,
    SymbolicLink,
    find_sources,
    path_text,
    require_paths,
)


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def singles(*paths: Path) -> list[Path]:
    return [one.path for one in find_sources(paths) if isinstance(one, SingleFile)]


def seminars(*paths: Path) -> dict[str, list[str]]:
    """Return the names of the other files by the name of the seminar's folder."""
    return {
        one.seminar_file.parent.name: [str(path.relative_to(one.seminar_file.parent)) for path in one.others]
        for one in find_sources(paths)
        if isinstance(one, SeminarFolder)
    }


def test_folder_is_walked_in_the_order_of_names(tmp_path: Path) -> None:
    put(tmp_path, "b/2.pdf", "b/1.pdf", "a/djupt/ner/3.pptx", "0.pdf")
    relative = [str(path.relative_to(tmp_path)) for path in singles(tmp_path)]
    assert relative == ["0.pdf", "a/djupt/ner/3.pptx", "b/1.pdf", "b/2.pdf"]


def test_hidden_files_and_lock_files_are_passed_by(tmp_path: Path) -> None:
    put(tmp_path, "syns.pptx", ".dold.pptx", ".git/objekt.pdf", "~$syns.pptx")
    assert singles(tmp_path) == [tmp_path / "syns.pptx"]


def test_hidden_file_that_is_named_itself_is_taken(tmp_path: Path) -> None:
    put(tmp_path, ".dold.pptx")
    assert singles(tmp_path / ".dold.pptx") == [tmp_path / ".dold.pptx"]


def test_missing_path_is_told_before_anything_else(tmp_path: Path) -> None:
    put(tmp_path, "finns.pdf")
    with pytest.raises(PathError, match=r"saknas: there is no such file or folder"):
        find_sources([tmp_path / "finns.pdf", tmp_path / "saknas"])


def test_pipe_is_neither_file_nor_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rör")
    put(tmp_path, "fil.pdf")
    with pytest.raises(PathError, match="neither a file nor a folder"):
        require_paths([tmp_path / "rör"])
    assert singles(tmp_path) == [tmp_path / "fil.pdf"]


def test_same_file_by_several_ways_is_given_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "mapp/a.pdf")
    (tmp_path / "mapp" / "genväg.pdf").symlink_to(tmp_path / "mapp" / "a.pdf")
    monkeypatch.chdir(tmp_path)
    found = singles(Path("mapp/a.pdf"), tmp_path / "mapp", Path("mapp/../mapp"), tmp_path / "mapp/genväg.pdf")
    assert found == [tmp_path / "mapp" / "a.pdf"]


def test_link_that_is_named_itself_is_a_file_with_its_own_name(tmp_path: Path) -> None:
    put(tmp_path, ".objekt/sha256-abc")
    (tmp_path / "fint namn.pptx").symlink_to(tmp_path / ".objekt" / "sha256-abc")
    assert singles(tmp_path / "fint namn.pptx") == [tmp_path / "fint namn.pptx"]


def test_links_in_a_folder_are_given_as_links_and_nothing_behind_them(tmp_path: Path) -> None:
    put(tmp_path, "privat/lön.pdf", "in/a.pdf", "in/seminarium/seminar.toml")
    for name, target in (("lön.pdf", "privat/lön.pdf"), ("mapp", "privat"), ("tom.pdf", "borta.pdf")):
        (tmp_path / "in" / name).symlink_to(tmp_path / target)
    (tmp_path / "in" / "seminarium" / "b.pdf").symlink_to(tmp_path / "privat" / "lön.pdf")
    (tmp_path / "in" / ".dold").symlink_to(tmp_path / "privat")
    assert singles(tmp_path / "in") == [tmp_path / "in" / "a.pdf"]
    assert seminars(tmp_path / "in") == {"seminarium": []}
    links = [
        str(one.path.relative_to(tmp_path))
        for one in find_sources([tmp_path / "in"])
        if isinstance(one, SymbolicLink)
    ]
    assert links == ["in/lön.pdf", "in/mapp", "in/tom.pdf", "in/seminarium/b.pdf"]


def test_links_in_a_circle_and_into_nothing_are_harmless(tmp_path: Path) -> None:
    put(tmp_path, "mapp/a.pdf")
    (tmp_path / "mapp" / "runt").symlink_to(tmp_path)
    (tmp_path / "mapp" / "slinga").symlink_to(tmp_path / "mapp" / "slinga")
    (tmp_path / "mapp" / "tom.pdf").symlink_to(tmp_path / "borta.pdf")
    assert singles(tmp_path) == [tmp_path / "mapp" / "a.pdf"]
    with pytest.raises(PathError, match="no such file"):
        find_sources([tmp_path / "mapp" / "slinga"])


def test_folder_with_a_seminar_file_is_a_seminar(tmp_path: Path) -> None:
    put(tmp_path, "lös.pdf", "malm/seminar.toml", "malm/b.pdf", "malm/a.pptx", "malm/.dold")
    assert seminars(tmp_path) == {"malm": ["a.pptx", "b.pdf"]}
    assert singles(tmp_path) == [tmp_path / "lös.pdf"]


def test_seminar_file_that_is_named_means_its_folder(tmp_path: Path) -> None:
    put(tmp_path, "malm/seminar.toml", "malm/a.pptx", "annat.pdf")
    named = tmp_path / "malm" / "seminar.toml"
    assert seminars(named) == {"malm": ["a.pptx"]}
    assert len(find_sources([named, tmp_path / "malm"])) == 1


def test_files_below_a_seminar_belong_to_it_unless_a_nearer_one_is_there(tmp_path: Path) -> None:
    put(tmp_path, "malm/seminar.toml", "malm/bilder/a.pptx", "malm/2019/seminar.toml", "malm/2019/b.pptx")
    assert seminars(tmp_path) == {"malm": ["bilder/a.pptx"], "2019": ["b.pptx"]}
    assert singles(tmp_path) == []


def test_an_archives_own_folder_is_passed_by(tmp_path: Path) -> None:
    put(
        tmp_path, "a.pdf", *(f"archive-data/{one}/ab/cd" for one in ("originals", "pictures", "index", "tmp"))
    )
    put(tmp_path, "archive-data/catalogue.db")
    assert singles(tmp_path) == [tmp_path / "a.pdf"]


def test_folder_that_cannot_be_read_is_given_so_that_it_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "öppen/a.pdf", "låst/b.pdf")
    scan = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("låst"):
            raise PermissionError(13, "no", str(path))
        return scan(path)

    monkeypatch.setattr("os.scandir", refuse)
    assert sorted(singles(tmp_path)) == [tmp_path / "låst", tmp_path / "öppen" / "a.pdf"]


def test_name_that_is_not_utf8_can_be_written_as_text() -> None:
    assert path_text(Path(os.fsdecode(b"/in/\xc5re.pdf"))) == "/in/\\xc5re.pdf"
    assert path_text(Path("/in/å\x1b[2J.pdf")) == "/in/å\\x1b[2J.pdf"
