"""A running office process, as its parent sees it: orders go in, untrusted answers come out."""

import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from archive.errors import ArchiveError, PathError, StorageError
from archive.ingest.framing import FrameTooLarge, read_frame
from archive.ingest.libreoffice.errors import (
    crashed,
    not_confined,
    not_started,
    too_much,
    too_slow,
    unreadable,
)
from archive.ingest.libreoffice.messages import (
    ANSWER_MAX_BYTES,
    ConversionOrder,
    ConversionOutcome,
    encode_order,
)
from archive.ingest.sandbox import launch, processes
from archive.ingest.sandbox.processes import end_session, is_readable

_FULL = "A file could not be copied for LibreOffice. See whether the disk is full, and try again."
# No macros, no links to other files; and what is of no known format is not opened as if it were plain text.
# The version is one that no LibreOffice is newer than: in a profile of an older one each start first tries a
# hundred ways to draw on the display, which costs twice what the rest of the start does.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.TypeDetection.Types/Types">
<node oor:name="generic_Text" oor:op="remove"/></item>
<item oor:path="/org.openoffice.Setup/Product">
<prop oor:name="ooSetupLastVersion" oor:op="fuse"><value>1000.0</value></prop></item>
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


_START_TIMEOUT_S = 60.0
_END_TIMEOUT_S = 5.0
_MODULE = "archive.ingest.libreoffice.serve"


class _UntrustedAnswer(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    outcome: Literal[
        ConversionOutcome.READY,
        ConversionOutcome.DONE,
        ConversionOutcome.LOCKED,
        ConversionOutcome.UNREADABLE,
        ConversionOutcome.UNWRITTEN,
    ]


class RunningOffice:
    """LibreOffice in a confined process of its own, which lives in `home` and writes only there."""

    def __init__(self, program_folder: Path, home: Path, memory_max_bytes: int, cpu_time_s: int) -> None:
        """Start it and wait until it is ready. Raises PartMissing where it cannot be started."""
        home = home.absolute()  # the process runs in it
        options = ["--program-folder", str(program_folder.absolute()), "--home", str(home)]
        options += ["--memory-max-bytes", str(memory_max_bytes), "--cpu-time-s", str(cpu_time_s)]
        self._process = _popen(processes.command(_MODULE, *options), home)
        try:
            answer = self._answer(_START_TIMEOUT_S)
        except ArchiveError:
            self.stop()
            raise _start_failure(self._process.returncode) from None
        if answer is not ConversionOutcome.READY:
            self.stop()
            raise not_started()

    @property
    def pid(self) -> int:
        """Return the process number."""
        return self._process.pid

    def ask(self, order: ConversionOrder, wall_time_s: float) -> ConversionOutcome:
        """Have one file converted; return the outcome that the process reports.

        Raises FileRejected when it takes too long, uses too much or crashes; the process is of no use then.
        """
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(encode_order(order))
            self._process.stdin.flush()
        except OSError as error:
            raise self._end() from error
        return self._answer(wall_time_s)

    def stop(self) -> None:
        """Kill the process with all it started."""
        end_session(self._process)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _answer(self, timeout_s: float) -> ConversionOutcome:
        deadline_s = time.monotonic() + timeout_s
        try:
            untrusted = read_frame(
                lambda size_bytes: self._exactly(size_bytes, deadline_s, timeout_s), ANSWER_MAX_BYTES
            )
            return _UntrustedAnswer.model_validate_json(untrusted or b"").outcome
        except (FrameTooLarge, ValidationError):
            raise crashed() from None

    def _exactly(self, size_bytes: int, deadline_s: float, timeout_s: float) -> bytes:
        assert self._process.stdout is not None
        output = self._process.stdout.fileno()
        untrusted = bytearray()
        while len(untrusted) < size_bytes:
            left_s = deadline_s - time.monotonic()
            if left_s <= 0 or not is_readable(output, left_s):
                raise too_slow(timeout_s)
            part = os.read(output, size_bytes - len(untrusted))
            if not part:
                raise self._end()
            untrusted += part
        return bytes(untrusted)

    def _end(self) -> ArchiveError:
        """Return the error that fits how the process ended by itself."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_TIMEOUT_S)
        is_stopped = self._process.returncode in (-signal.SIGXCPU, -signal.SIGKILL)
        return too_much() if is_stopped else crashed()


def _popen(command: Sequence[str], home: Path) -> "subprocess.Popen[bytes]":
    try:
        return processes.start(command, home, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    except OSError as error:
        raise not_started() from error


def _start_failure(exit_code: int | None) -> ArchiveError:
    return not_confined() if exit_code == launch.REFUSED else not_started()
