"""A folder for what all processes of a run of tests share; pytest clears it away with its other folders."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

_folders: list[Path] = []


@pytest.fixture(scope="session", autouse=True)
def share_run_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Name the folder: each of several processes has one of its own below it."""
    own = tmp_path_factory.getbasetemp()
    _folders.append(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)
    yield
    _folders.clear()


def made_once(name: str, make: Callable[[], bytes]) -> bytes:
    """Return the bytes that one of the processes has made under a name; outside of a run they are made."""
    if not _folders:
        return make()
    place = _folders[0] / name
    if not place.exists():
        own = place.with_name(f"{name}.{os.getpid()}")
        own.write_bytes(make())
        own.replace(place)
    return place.read_bytes()
