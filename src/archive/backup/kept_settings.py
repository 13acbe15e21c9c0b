"""The settings that a backup keeps: none that is secret, and none that only one machine can mean."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import SecretStr, ValidationError

from archive.settings.settings import Settings

# Secrets, addresses of servers and folders: whoever restores says anew what they are there.
_LEFT_OUT: Final[tuple[str, ...]] = (
    "data",
    "database_url",
    "database",
    "store",
    "opensearch",
    "mail",
    "oidc",
    "watch",
)
_HEADING: Final = "# Written by archive restore: the settings that the backup had.\n"
_MISSING: Final = (
    "# The archive also had settings for {}.\n"
    "# They hold secrets or say where things are: set them anew if you need them.\n"
)


def kept_settings(settings: Settings) -> tuple[dict[str, Any], list[str]]:
    """Return the settings that are not as by default and may be kept, and the names of those left out."""
    given = settings.model_dump(exclude_defaults=True)
    left_out: list[str] = [name for name in _LEFT_OUT if name in given and name != "data"]
    kept = {name: value for name, value in given.items() if name not in _LEFT_OUT}
    for name in [name for name, value in kept.items() if isinstance(value, dict)]:
        section = {key: value for key, value in kept[name].items() if _may_be_kept(value)}
        left_out += [f"{name}.{key}" for key in kept[name] if key not in section]
        kept[name] = section
    if kept.get("search", {}).pop("engine", None):
        left_out.append("search.engine")
    while (refused := _refused(kept)) is not None:  # a setting may need one that was left out
        left_out.append(refused)
        del kept[refused]
    plain = json.loads(json.dumps(kept))
    return {name: value for name, value in plain.items() if value != {}}, sorted(left_out)


def settings_file(kept: Mapping[str, Any], left_out: list[str]) -> str:
    """Return an `archive.toml` with settings, and in words which ones are to be set anew."""
    lines = [_HEADING]
    if left_out:
        lines.append(_MISSING.format(", ".join(left_out)))
    plain = {name: value for name, value in kept.items() if not isinstance(value, dict)}
    lines += [f"{name} = {_toml(value)}\n" for name, value in plain.items()]
    for name, section in kept.items():
        if isinstance(section, dict):
            lines.append(f"\n[{name}]\n")
            lines += [f"{key} = {_toml(value)}\n" for key, value in section.items()]
    return "".join(lines)


def _may_be_kept(value: object) -> bool:
    return value is not None and not isinstance(value, (SecretStr, Path, dict))


def _refused(kept: Mapping[str, Any]) -> str | None:
    """Return the first name whose value cannot be used without what was left out."""
    try:
        _Plain.model_validate(dict(kept))
    except ValidationError as error:
        return str(error.errors()[0]["loc"][0])
    return None


class _Plain(Settings):
    reads_environment = False


def _toml(value: object) -> str:
    """Return a value as TOML writes it; strings of JSON are strings of TOML, too."""
    return json.dumps(value, ensure_ascii=True)
