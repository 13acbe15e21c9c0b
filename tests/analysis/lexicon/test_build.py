import logging
import shutil
from importlib import metadata
from pathlib import Path

import pytest

from archive.analysis.lexicon import build, sources
from archive.analysis.lexicon.lexicon import Lexicon
from archive.analysis.lexicon.sources import Source, Sources
from archive.errors import LexiconMissing, StorageError
from tests.analysis.analyzers import ANALYZER

INSTALLED = sources.find_sources()


def _quick(monkeypatch: pytest.MonkeyPatch, made: list[Path]) -> None:
    """Let a lexicon be copied instead of compiled, which takes a minute or two."""
    folder = build.lexicon_folder()

    def copy(_: Sources, to: Path) -> None:
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

    def fail(_: Sources, to: Path) -> None:
        (to / "swedish").write_bytes(b"half")
        raise OSError("disk full")

    monkeypatch.setattr("archive.analysis.lexicon.compile.compile_lexicon", fail)
    with pytest.raises(StorageError, match=r"text\.lexicon"):
        build.build_lexicon(folder, INSTALLED)
    assert Lexicon(folder).lemma("gruvorna") == "gruva"
    assert [path.name for path in tmp_path.iterdir()] == ["lexicon"]


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
    newer = Sources(Source("simplemma", "99"), INSTALLED.wordfreq, None, None)
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
