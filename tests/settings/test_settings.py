"""Settings that cannot be used are refused with what to write instead."""

from pathlib import Path
from typing import get_args

import pytest

from archive.errors import SettingsError
from archive.index.engines import ENGINES
from archive.settings.sections import SearchSettings
from archive.settings.settings import load_settings


def test_engine_that_is_gone_is_refused_with_what_to_write(tmp_path: Path) -> None:
    (tmp_path / "archive.toml").write_text('[search]\nengine = "whoosh-stock"\n', "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path)
    assert caught.value.field == "search.engine"
    assert caught.value.message == (
        'Setting search.engine: there is no engine "whoosh-stock" any more; write engine = "whoosh" or leave '
        "the line out. Mend it in archive.toml or the environment."
    )


def test_engine_that_never_was_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_SEARCH__ENGINE", "lucene")
    with pytest.raises(SettingsError, match=r'search\.engine: expected one of "whoosh", "opensearch"\.'):
        load_settings(tmp_path)


def test_settings_allow_the_engines_there_are() -> None:
    assert get_args(SearchSettings.model_fields["engine"].annotation) == ENGINES


def test_folder_is_absolute_however_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ARCHIVE_DATA", raising=False)
    assert load_settings().data == tmp_path / "archive-data"
    assert load_settings(Path("elsewhere")).data == tmp_path / "elsewhere"


def test_admins_are_left_a_way_to_sign_in(tmp_path: Path) -> None:
    (tmp_path / "archive.toml").write_text("[accounts]\npasskey=false\nadmin_second_factor=true\n", "utf-8")
    with pytest.raises(SettingsError, match="admins sign in by passkey") as caught:
        load_settings(tmp_path)
    assert caught.value.field == "accounts"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("wrkers = 2", "wrkers: there is no such setting (did you mean workers?)."),
        ("[web]\nprot = 80", "web.prot: there is no such setting (did you mean web.port?)."),
        (
            "[ocr]\nzzz = 1",
            "ocr.zzz: there is no such setting; there are command, confidence_min,",
        ),
        ('workers = "två"', "workers: expected a whole number, such as 8."),
        ("workers = 1.5", "workers: expected a whole number, such as 8."),
        ("workers = 0", "workers: expected a number from 1."),
        ("[web]\nport = 70000", "web.port: expected a number up to 65535."),
        ("[extract]\nwall_time_s = 0", "extract.wall_time_s: expected a number above 0."),
        ('log_format = "xml"', 'log_format: expected one of "console", "json".'),
        ("[web]\nhost = 3", 'web.host: expected text in quotation marks, such as "Arkivet".'),
        (
            "[web]\ntrusted_hosts = 3",
            "web.trusted_hosts: expected a list in square brackets, such as",
        ),
        ("search = 3", "search: expected a section with settings of its own."),
        ('[web]\nbase_url = "arkiv"', "web.base_url: expected the address of the site without a path"),
    ],
)
def test_mistakes_are_told_in_own_words(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "archive.toml").write_text(content, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path)
    assert caught.value.message.startswith(f"Setting {told}")
