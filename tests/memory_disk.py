"""Puts the folders of a run of tests on the memory disk (`/dev/shm`), where nobody waits for a disk.

The archive and the servers that tests start make sure, hundreds of thousands of times, that what they wrote
is on the disk. Tests end processes, never the machine: what they read back is the same. A machine without
room in its memory takes the disk, as does a run that was told where (`--basetemp`, `PYTEST_DEBUG_TEMPROOT`).
"""

import os
import tempfile
from pathlib import Path
from typing import Final

import psutil

_DISK: Final = Path("/dev/shm")
_ROOT: Final = "PYTEST_DEBUG_TEMPROOT"
# A whole run leaves 2 GB, most of it cleared away after each test.
_FREE_MIN_BYTES: Final = 3 << 30
_MEMORY_MIN_BYTES: Final = 6 << 30


def use_memory_disk() -> None:
    """Have pytest make the run's folders there, if there is room. Its processes inherit it."""
    if _ROOT not in os.environ and _has_room():
        os.environ[_ROOT] = str(_DISK)


def temporary_root() -> Path:
    """Return the folder for what is shared by all of a run, and cannot be in pytest's folders."""
    return Path(os.environ.get(_ROOT) or tempfile.gettempdir())


def _has_room() -> bool:
    try:
        disk = os.statvfs(_DISK)
    except OSError:
        return False
    # Tests write programs, and run them.
    takes_programs = not disk.f_flag & os.ST_NOEXEC and os.access(_DISK, os.W_OK | os.X_OK)
    is_large = disk.f_bavail * disk.f_frsize >= _FREE_MIN_BYTES
    return takes_programs and is_large and psutil.virtual_memory().available >= _MEMORY_MIN_BYTES
