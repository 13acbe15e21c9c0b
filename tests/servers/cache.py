"""The folder in which programs are kept that tests fetch or build once, outside any checkout."""

import os
from pathlib import Path


def cache_folder() -> Path:
    """Return the folder, made where it is missing (`XDG_CACHE_HOME`, else `~/.cache`)."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "archive-tests"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
