import json
import logging
import shutil
from importlib import metadata
from pathlib import Path

import pytest

from archive.analysis.lexicon import build, sources
from archive.analysis.lexicon.lexicon import Lexicon
from archive.analysis.lexicon.sources import WordSource, WordSources
from archive.errors import LexiconMissing, SettingsError, StorageError
from tests.analysis.analyzers import ANALYZER

INSTALLED = sources.find_sources()


def _quick(monkeypatch: pytest.MonkeyPatch, made: list[Path]) -> None:
    """Let a lexicon be copied instead of compiled, which takes a minute or two."""
    folder = build.lexicon_folder()

    def copy(_: WordSources, to: Path) -> None:
        made.append(to)
        for path in folder.iterdir():
            (to / path.name).write_bytes(path.read_bytes())

    monkeypatch.setattr("archive.analysis.lexicon.compile.compile_lexicon", copy)


def test_missing_lexicon_is_made_once_and_said_aloud(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made: list[Path] = []
    _quick(monkeypatch, made)
    monkeypatch.setattr(logging.getLogger("archive"), "propagate", True)
    with caplog.at_level(logging.WARNING):
        assert build.open_lexicon(tmp_path / "lexicon").lemma("gruvorna") == "gruva"
    assert "a minute or two" in caplog.text
    build.open_lexicon(tmp_path / "lexicon")
    assert len(made) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["lexicon"]


def test_licences_are_kept_beside_the_lexicon() -> None:
    notice = (build.lexicon_folder() / "NOTICE").read_text("utf-8")
    for word in ("simplemma", "wordfreq", "LGPL", "CC BY-SA"):
        assert word in notice


def test_failed_build_leaves_the_old_lexicon_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "lexicon"
    _quick(monkeypatch, [])
    build.build_lexicon(folder, INSTALLED)

    def fail(_: WordSources, to: Path) -> None:
        (to / "swedish").write_bytes(b"half")
        raise OSError("disk full")

    monkeypatch.setattr("archive.analysis.lexicon.compile.compile_lexicon", fail)
    with pytest.raises(StorageError, match=r"text\.lexicon"):
        build.build_lexicon(folder, INSTALLED)
    assert Lexicon(folder).lemma("gruvorna") == "gruva"
    assert [path.name for path in tmp_path.iterdir()] == ["lexicon"]


def _assert_refused(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """See that no lexicon is even compiled for a place, and that nothing in it changes."""
    before = sorted((path, path.is_file() and path.read_bytes()) for path in place.parent.rglob("*"))
    made: list[Path] = []
    _quick(monkeypatch, made)
    for make in (lambda: build.open_lexicon(place), lambda: build.build_lexicon(place, INSTALLED)):
        with pytest.raises(SettingsError, match=r"text\.lexicon"):
            make()
    assert made == []
    assert sorted((path, path.is_file() and path.read_bytes()) for path in place.parent.rglob("*")) == before


def test_folder_with_anything_else_in_it_is_never_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data" / "originals").mkdir(parents=True)
    (tmp_path / "data" / "originals" / "deck").write_text("mine")
    _assert_refused(tmp_path / "data", monkeypatch)


def test_file_is_never_replaced_by_the_lexicon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    _assert_refused(tmp_path / "notes.txt", monkeypatch)


def test_old_lexicon_beside_which_something_was_put_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "lexicon"
    _quick(monkeypatch, [])
    build.build_lexicon(folder, INSTALLED)
    meta = json.loads((folder / "lexicon.json").read_text("utf-8"))
    (folder / "lexicon.json").write_text(json.dumps(meta | {"format": 1}), "utf-8")
    (folder / "catalogue.db").write_text("mine")
    _assert_refused(folder, monkeypatch)


def test_lexicon_of_another_format_and_an_empty_folder_are_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "lexicon"
    folder.mkdir()
    _quick(monkeypatch, [])
    build.build_lexicon(folder, INSTALLED)
    meta = json.loads((folder / "lexicon.json").read_text("utf-8"))
    older = {"format": 1, "digest": "0", "sources": {}, "files": [*meta["files"], "of-then"]}
    (folder / "lexicon.json").write_text(json.dumps(older), "utf-8")
    (folder / "of-then").touch()
    assert build.open_lexicon(folder).lemma("gruvorna") == "gruva"
    assert not (folder / "of-then").exists()


def test_link_to_the_lexicon_stays_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "held").mkdir()
    (tmp_path / "lexicon").symlink_to("held")
    _quick(monkeypatch, [])
    build.build_lexicon(tmp_path / "lexicon", INSTALLED)
    assert (tmp_path / "lexicon").is_symlink()
    assert (tmp_path / "held" / "lexicon.json").is_file()


def test_open_lexicon_stays_whole_while_another_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _quick(monkeypatch, [])
    build.build_lexicon(tmp_path / "lexicon", INSTALLED)
    opened = Lexicon(tmp_path / "lexicon")
    build.build_lexicon(tmp_path / "lexicon", INSTALLED)
    assert opened.lemma("städernas") == "stad"
    assert opened.boundaries("gruvnäring")[4][1]


def test_other_sources_are_another_lexicon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _quick(monkeypatch, [])
    newer = WordSources(WordSource("simplemma", "99"), INSTALLED.wordfreq, None, None)
    build.build_lexicon(tmp_path / "lexicon", newer)
    assert build.is_current(tmp_path / "lexicon", newer)
    assert not build.is_current(tmp_path / "lexicon", INSTALLED)
    assert not build.is_current(tmp_path, INSTALLED)
    assert Lexicon(tmp_path / "lexicon").fingerprint != ANALYZER.lexicon.fingerprint


def _install(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    """Let these packages be installed and no others."""

    def version(package: str) -> str:
        if package not in packages:
            raise metadata.PackageNotFoundError(package)
        return "1"

    monkeypatch.setattr(metadata, "version", version)


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _install(monkeypatch, "simplemma", "spylls", "svlang")
    with pytest.raises(LexiconMissing, match="wordfreq is not installed"):
        build.open_lexicon(tmp_path / "lexicon")


def test_dictionary_and_translations_may_be_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    _install(monkeypatch, "simplemma", "wordfreq")
    assert [source.name for source in sources.find_sources()] == ["simplemma", "wordfreq"]


def test_same_words_from_debian_and_from_spylls_are_the_same_source(tmp_path: Path) -> None:
    brought = sources.find_sources().hunspell
    assert brought is not None
    assert brought.path is not None
    for suffix in (".dic", ".aff"):
        lines = brought.path.with_suffix(suffix).read_bytes().replace(b"\n", b" \n")
        (tmp_path / "sv_SE").with_suffix(suffix).write_bytes(lines)
    found = sources.find_sources(debian_hunspell=tmp_path / "sv_SE")
    assert found.hunspell is not None
    assert found.hunspell.path == tmp_path / "sv_SE"
    assert found.digest == INSTALLED.digest


def test_opening_again_maps_nothing_more(tmp_path: Path) -> None:
    shutil.copytree(build.lexicon_folder(), tmp_path / "lexicon")
    first = build.open_lexicon(tmp_path / "lexicon")
    opened = len(list(Path("/proc/self/fd").iterdir()))
    assert build.open_lexicon(tmp_path / "lexicon") is first
    assert len(list(Path("/proc/self/fd").iterdir())) == opened


def test_a_lexicon_that_was_made_anew_is_opened_anew(tmp_path: Path) -> None:
    shutil.copytree(build.lexicon_folder(), tmp_path / "lexicon")
    first = build.open_lexicon(tmp_path / "lexicon")
    shutil.rmtree(tmp_path / "lexicon")
    shutil.copytree(build.lexicon_folder(), tmp_path / "lexicon", copy_function=shutil.copyfile)
    again = build.open_lexicon(tmp_path / "lexicon")
    assert again is not first
    assert again.lemma("husen") == first.lemma("husen") == "hus"
