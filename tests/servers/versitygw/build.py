"""Build the gateway into the cache folder; it takes minutes the first time."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.servers.cache import cache_folder, locked

VERSION = "v1.8.0"
_SOURCE = "github.com/versity/versitygw/cmd/versitygw"
_BUILD_MAX_S = 1800


def program() -> Path | None:
    """Return the program, built where it is missing; None where there is no Go."""
    folder = cache_folder() / f"versitygw-{VERSION}"
    built = folder / "versitygw"
    if built.is_file():
        return built
    go = shutil.which("go") or shutil.which("/usr/local/go/bin/go")
    if go is None:
        return None
    with locked(folder.with_suffix(".lock")):
        if not built.is_file():
            environment = os.environ | {"GOBIN": str(folder), "CGO_ENABLED": "0"}
            subprocess.run(
                [go, "install", f"{_SOURCE}@{VERSION}"], check=True, env=environment, timeout=_BUILD_MAX_S
            )
    return built
