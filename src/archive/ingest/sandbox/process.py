"""Starting the processes that read files: which interpreter, with which environment."""

import os
import sys

_SYSTEM_VARIABLES = ("SYSTEMROOT", "WINDIR")
"""Without these no program starts on Windows."""


def command(module: str, *arguments: str) -> list[str]:
    """Return the command line that runs `module` of this package in a fresh isolated interpreter."""
    return [sys.executable, "-I", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """Return an environment that holds nothing of this process's own: no key, token or address leaks."""
    kept = {name: os.environ[name] for name in _SYSTEM_VARIABLES if name in os.environ}
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **kept}
