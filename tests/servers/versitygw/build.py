"""Build the gateway into the cache folder; it takes minutes the first time."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from archive.disk.file_lock import file_lock
from tests.servers.cache import cache_folder

VERSION = "v1.8.0"
_SOURCE = "github.com/versity/versitygw/cmd/versitygw"
_BUILD_MAX_S = 1800


class NotBuilt(Exception):
    """What is missing on this machine."""


def program() -> Path:
    """Return the program, built where it is missing. Raises NotBuilt."""
    folder = cache_folder() / f"versitygw-{VERSION}"
    built = folder / "versitygw"
    if built.is_file():
        return built
    go = shutil.which("go") or shutil.which("/usr/local/go/bin/go")
    if go is None:
        raise NotBuilt("Go is missing, which builds it")
    with file_lock(
        folder.with_name(f"{folder.name}.lock"), _BUILD_MAX_S, "Another run builds the S3 server."
    ):
        if not built.is_file():
            _build(go, folder)
    return built


def _build(go: str, folder: Path) -> None:
    environment = os.environ | {"GOBIN": str(folder), "CGO_ENABLED": "0"}
    command = [go, "install", f"{_SOURCE}@{VERSION}"]
    try:
        subprocess.run(
            command, check=True, env=environment, timeout=_BUILD_MAX_S, capture_output=True, text=True
        )
    except subprocess.CalledProcessError as error:
        raise NotBuilt(f"Go cannot build it: {error.stderr.strip()[-500:]}") from error
    except subprocess.TimeoutExpired as error:
        raise NotBuilt("Go takes too long to build it") from error


def main() -> None:
    """Build it, or say why not."""
    try:
        print(f"The S3 server for tests: {program()}")
    except NotBuilt as error:
        print(f"Tests on storage that speaks S3 are skipped: {error}", file=sys.stderr)
