"""A registry whose readers find another kernel: media type "lacking/<name>" or "refusing/<name>"."""

from collections.abc import Iterable
from pathlib import Path

from archive.ingest.sandbox.linux import landlock, seccomp
from tests.ingest.sandbox import hostile_readers


def _refuse(rules: Iterable[tuple[Path, landlock.Access]], abi: int | None = None) -> None:
    raise PermissionError


def load(task: str, media_type: str) -> object:
    kernel, _, name = media_type.partition("/")
    if kernel == "lacking":
        landlock.version = lambda: 0
        seccomp.is_available = lambda: False
    else:
        landlock.restrict = _refuse
    return hostile_readers.load(task, "test/" + name)


def preload() -> None:
    pass
