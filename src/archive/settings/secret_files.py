"""Secrets that stand in files of their own, so that none stands among the settings."""

from pathlib import Path

from archive.errors import SettingsError


def read_file(setting: str, path: Path) -> str:
    """Return the text of a file that a setting names. Raises SettingsError naming the setting."""
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError):
        raise SettingsError(setting, "the file cannot be read") from None


def read_secret(setting: str, path: Path) -> str:
    """Return the secret that a file holds, without the end of its line. Raises SettingsError."""
    return read_file(setting, path).strip("\r\n")
