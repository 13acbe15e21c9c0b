"""The catalogue's address, with a password out of a file, and without one for people."""

from pathlib import Path
from typing import Any

import pytest

from archive.catalogue.database.address import catalogue_address, shown_address
from archive.errors import SettingsError
from archive.settings.database import DatabaseSettings
from archive.settings.settings import Settings

_SECRET = "p@ss/w:rd"


def _settings(tmp_path: Path, **values: Any) -> Settings:
    return Settings(data=tmp_path, **values)


def test_without_a_setting_it_is_a_file_in_the_archive(tmp_path: Path) -> None:
    assert catalogue_address(_settings(tmp_path)) == f"sqlite:///{tmp_path.resolve()}/catalogue.db"


def test_password_comes_out_of_a_file_and_is_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(_SECRET + "\n")
    url = "postgresql+psycopg://archive@db.example.org/archive?sslmode=require"
    settings = _settings(tmp_path, database_url=url, database=DatabaseSettings(password_file=file))
    assert "p%40ss%2Fw%3Ard" in catalogue_address(settings)
    assert shown_address(settings) == "postgresql+psycopg://archive:***@db.example.org/archive"


@pytest.mark.parametrize(
    "url",
    ["postgresql+psycopg://archive:hemligt@db/archive", "postgresql+psycopg://db/archive?password=hemligt"],
)
def test_password_in_the_address_is_never_shown(tmp_path: Path, url: str) -> None:
    settings = _settings(tmp_path, database_url=url)
    assert catalogue_address(settings) == url
    assert "hemligt" not in shown_address(settings) + repr(settings) + str(settings)


def test_password_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    settings = _settings(
        tmp_path, database_url="postgresql+psycopg://db/a", database=DatabaseSettings(password_file=tmp_path)
    )
    with pytest.raises(SettingsError, match=r"database\.password_file"):
        catalogue_address(settings)
