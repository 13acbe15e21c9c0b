"""Where originals are kept, as settings say it."""

from pathlib import Path

import pytest

from archive.errors import SettingsError
from archive.settings.settings import load_settings


def _load(folder: Path, toml: str) -> str:
    folder.joinpath("archive.toml").write_text(toml, "utf-8")
    store = load_settings(folder).store
    return f"{store.bucket} {store.prefix} {store.region}"


def test_one_line_names_the_bucket(tmp_path: Path) -> None:
    assert _load(tmp_path, 'store = "s3://hink/arkivet/2024/"') == "hink arkivet/2024 us-east-1"


def test_one_line_and_the_environment_go_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_STORE__REGION", "eu-north-1")
    assert _load(tmp_path, 'store = "s3://hink"') == "hink  eu-north-1"


def test_without_it_nothing_is_elsewhere(tmp_path: Path) -> None:
    assert _load(tmp_path, "") == "  us-east-1"


@pytest.mark.parametrize(
    ("toml", "field"),
    [
        ('store = "/srv/files"', "store.url"),
        ('store = "s3://Hink/x"', "store.url"),
        ('store = "s3://hink/a//b"', "store.url"),
        ('store = "s3://hink/../b"', "store.url"),
        ('store = "s3://hink/a?b=c"', "store.url"),
        ('[store]\nurl = "s3://hink"\nendpoint = "http://s3.example.org"', "store.endpoint"),
        ('[store]\nurl = "s3://hink"\nendpoint = "s3.example.org"', "store.endpoint"),
        ('[store]\nurl = "s3://hink"\naccess_key_id = "a"', "store"),
        ('[store]\nurl = "s3://hink"\nkms_key_id = "a"', "store"),
        ('[store]\nurl = "s3://hink"\nencrytion = "AES256"', "store.encrytion"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, toml: str, field: str) -> None:
    with pytest.raises(SettingsError) as raised:
        _load(tmp_path, toml)
    assert raised.value.field == field


def test_secret_is_never_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_STORE__SECRET_ACCESS_KEY", "mycket-hemligt")
    monkeypatch.setenv("ARCHIVE_STORE__ACCESS_KEY_ID", "arkivet")
    settings = load_settings(tmp_path)
    assert settings.store.secret_access_key.get_secret_value() == "mycket-hemligt"
    assert "mycket-hemligt" not in f"{settings!r} {settings} {settings.model_dump_json()}"
