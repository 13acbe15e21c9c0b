"""Settings that have been renamed are still accepted under their old names."""

from pathlib import Path

import pytest

from archive.errors import SettingsError
from archive.settings.settings import load_settings


def _write(data: Path, text: str) -> None:
    (data / "archive.toml").write_text(text, "utf-8")


def test_file_may_use_the_old_names(tmp_path: Path) -> None:
    _write(
        tmp_path,
        "[search]\npages_max = 7\n[extract]\npages_max = 30\nwall_time_s = 9\n[ocr]\npages_max = 5\n",
    )
    settings = load_settings(tmp_path)
    assert settings.search.result_pages_max == 7
    assert (settings.extract.document_pages_max, settings.extract.wall_time_s) == (30, 9)
    assert settings.ocr.pages_max == 5


def test_environment_may_use_the_old_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_SEARCH__PAGES_MAX", "7")
    monkeypatch.setenv("ARCHIVE_EXTRACT", '{"pages_max": 30}')
    settings = load_settings(tmp_path)
    assert (settings.search.result_pages_max, settings.extract.document_pages_max) == (7, 30)


@pytest.mark.parametrize("in_file", ["pages_max", "result_pages_max"])
@pytest.mark.parametrize("in_environment", ["PAGES_MAX", "RESULT_PAGES_MAX"])
def test_environment_wins_over_the_file_under_either_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_file: str, in_environment: str
) -> None:
    _write(tmp_path, f"[search]\n{in_file} = 7\ngroups_per_page = 3\n")
    monkeypatch.setenv(f"ARCHIVE_SEARCH__{in_environment}", "8")
    settings = load_settings(tmp_path)
    assert (settings.search.result_pages_max, settings.search.groups_per_page) == (8, 3)


def test_current_name_counts_where_a_file_has_both(tmp_path: Path) -> None:
    _write(tmp_path, "[search]\npages_max = 7\nresult_pages_max = 8\n")
    assert load_settings(tmp_path).search.result_pages_max == 8


def test_old_name_with_a_bad_value_is_refused_under_the_current_name(tmp_path: Path) -> None:
    _write(tmp_path, "[search]\npages_max = 0\n")
    with pytest.raises(SettingsError, match=r"search\.result_pages_max: expected a number from 1"):
        load_settings(tmp_path)


def test_section_that_is_no_section_is_refused(tmp_path: Path) -> None:
    _write(tmp_path, "search = 3\n")
    with pytest.raises(SettingsError, match="search: expected a section"):
        load_settings(tmp_path)
