"""The folder that this program and a confined LibreOffice share. Nothing in it is trusted.

LibreOffice may put links there to lead this program elsewhere, so that files are only made where none was
and only read where no link leads, by the folder's open handle.
"""

import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from archive.errors import PathError, StorageError
from archive.ingest.libreoffice.errors import unreadable

_FULL = "A file could not be copied for LibreOffice. See whether the disk is full, and try again."
# No macros, no links to other files; and what is of no known format is not opened as if it were plain text.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.TypeDetection.Types/Types">
<node oor:name="generic_Text" oor:op="remove"/></item>
</oor:items>
"""
_CHUNK_BYTES = 1024 * 1024


class Exchange:
    """A private folder below `parent` with a fresh LibreOffice profile in it; `remove` takes it away."""

    def __init__(self, parent: Path) -> None:
        """Make the folder. Raises StorageError."""
        try:
            self.folder = Path(tempfile.mkdtemp(prefix="office-", dir=parent)).resolve()
            user = self.folder / "profile" / "user"
            user.mkdir(parents=True)
            (user / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
            self._handle = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise StorageError(_FULL) from error

    def put(self, original: Path, name: str) -> None:
        """Copy `original` in under `name`; a link would let LibreOffice write to it.

        Raises PathError where it cannot be opened, StorageError where the copy cannot be written.
        """
        try:
            source = original.open("rb")
        except OSError as error:
            raise PathError(
                f"{original.name} cannot be opened; check that it is there and readable."
            ) from error
        with source:
            try:
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
                with os.fdopen(os.open(name, flags, 0o600, dir_fd=self._handle), "wb") as copy:
                    shutil.copyfileobj(source, copy, _CHUNK_BYTES)
            except OSError as error:
                raise StorageError(_FULL) from error

    def take(self, name: str, target: Path) -> None:
        """Copy what LibreOffice wrote under `name` to `target`, which must not exist yet.

        Raises FileRejected where it is not a regular file of its own, StorageError.
        """
        try:
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            result = os.fdopen(os.open(name, flags, dir_fd=self._handle), "rb")
        except OSError as error:
            raise unreadable() from error
        with result:
            state = os.fstat(result.fileno())
            if not stat.S_ISREG(state.st_mode) or state.st_size == 0:
                raise unreadable()
            try:
                with target.open("xb") as copy:
                    shutil.copyfileobj(result, copy, _CHUNK_BYTES)
            except OSError as error:
                raise StorageError(_FULL) from error

    def clear(self, *names: str) -> None:
        """Remove files that are not needed any more."""
        for name in names:
            with suppress(OSError):
                os.unlink(name, dir_fd=self._handle)

    def remove(self) -> None:
        """Remove the folder and all in it."""
        with suppress(OSError):
            os.close(self._handle)
        shutil.rmtree(self.folder, ignore_errors=True)
