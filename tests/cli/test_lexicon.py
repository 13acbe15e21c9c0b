import shutil
from pathlib import Path

from archive.analysis.lexicon.build import lexicon_folder
from tests.analysis.analyzers import ANALYZER
from tests.cli.commands import assert_one_line, run_apart


def test_lexicon_as_new_as_its_sources_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "lexicon"
    shutil.copytree(lexicon_folder(), folder)
    before = (folder / "lexicon.json").stat().st_mtime_ns
    told = run_apart(tmp_path, "lexicon", "build", ARCHIVE_TEXT__LEXICON=str(folder))
    assert (told.code, told.err) == (0, "")
    assert "as new as its sources" in told.out
    assert (folder / "lexicon.json").stat().st_mtime_ns == before


def test_lexicon_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    told = run_apart(tmp_path, "lexicon", "build", ARCHIVE_TEXT__LEXICON=str(tmp_path / "file" / "lexicon"))
    assert told.code == 1
    assert "Making the Swedish lexicon" in told.err
    assert "cannot be written" in told.err.splitlines()[-1]


def test_lexicon_of_an_archive_lies_where_its_settings_say(tmp_path: Path) -> None:
    shutil.copytree(lexicon_folder(), tmp_path / "words")
    (tmp_path / "archive.toml").write_text(f'[text]\nlexicon = "{tmp_path / "words"}"\n', "utf-8")
    told = run_apart(tmp_path, "analyze", "--json", "gruvorna")
    assert ANALYZER.lexicon.fingerprint in told.json["fingerprint"]
    assert told.err == ""


def test_wrong_subcommand_is_told_in_one_line(tmp_path: Path) -> None:
    assert_one_line(run_apart(tmp_path, "lexicon", "mend"), "mend")
