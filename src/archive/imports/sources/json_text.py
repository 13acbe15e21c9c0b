"""JSON that others wrote, looked into without trust: what is not of the kind expected is not there."""

import json
from typing import Any

from archive.errors import InputError

_NOT_JSON = "The JSON cannot be read. Give the address or the file once more."


def loaded(body: bytes) -> Any:
    """Return what JSON says. Raises InputError."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise InputError(_NOT_JSON) from None


def part(value: Any, *names: str) -> Any:
    """Return what is found by names one after another, None where there is none."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def items(value: Any, *names: str) -> list[dict[str, Any]]:
    """Return the objects of a list."""
    found = part(value, *names) if names else value
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
