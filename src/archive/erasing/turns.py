"""One erasure at a time, in whichever process."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from archive.app import Archive
from archive.disk.file_lock import file_lock
from archive.errors import Busy

_LOCK: Final = ".erasing.lock"
_BUSY: Final = "Another erasure goes on. Try again when it has ended."


@contextmanager
def only_one(archive: Archive) -> Iterator[None]:
    """Hold the turn at erasing while the context lasts. Raises Busy: another process, or thread, has it."""
    lock = archive.settings.data / _LOCK
    with archive.database.turn("erasing").closing() as turn, file_lock(lock, 0, _BUSY):
        if not turn.is_ours():
            raise Busy(_BUSY)
        yield
