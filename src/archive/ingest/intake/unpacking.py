"""Unpacks a zip, or the files in a mail or PDF, into a folder: a confined child reads it, and is not trusted.

The child says names and bytes (`extractors.archives.frames`). Files are made here, under names without a way
out of the folder, never as links, and never over one another.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from archive.errors import FileRejected, StorageError
from archive.ingest.extractors.archives import frames
from archive.ingest.extractors.base import ReadLimits
from archive.ingest.filetypes.media_types import MAIL, PDF, ZIP
from archive.ingest.sandbox.base import Limits, Request, Sandbox
from archive.ingest.sandbox.spawning import FreshSandbox
from archive.model.extraction import Outcome

REGISTRY = "archive.ingest.extractors.archives.registry"
_MIB = 1024 * 1024
_FRAMES_MAX = 20_000
_OVERHEAD_BYTES = 64 * _MIB  # names, lengths and ends, besides the files' bytes
_NAME_MAX_BYTES = 150
_DEPTH_MAX = 20
_SAME_NAMES_MAX = 10_000  # more than there can be files
_NAMES = {ZIP: "zip", MAIL: "mail", PDF: "PDF"}
"""What people call each container; the messages speak of it."""
_MESSAGES = {
    Outcome.PASSWORD: "The file in the {0} is protected by a password. Add it by itself, without a password.",
    Outcome.DAMAGED: "The file in the {0} is damaged. Get it anew, and add it by itself.",
    Outcome.RESOURCE_LIMIT: "The file unpacks to more than is allowed. Add it without the {0}.",
    Outcome.CRASH: "The {0} could not be unpacked to the end. Add the files in it by themselves.",
}
_WHOLE_MESSAGES = {
    Outcome.DAMAGED: "The {0} is damaged and cannot be opened. Make it anew, or add its files by themselves.",
    Outcome.RESOURCE_LIMIT: "The {0} holds more than may be unpacked. Add what is missing by itself.",
    Outcome.OK_PARTIAL: "The {0} holds more than may be unpacked. Add what is missing by itself.",
    Outcome.CRASH: "The {0} could not be unpacked to the end. Add the files in it by themselves.",
}
_FULL = "A {0} cannot be unpacked. Free some space, or mend the archive folder's rights; try again."
_NO_WAY_OUT = "The file's name in the {0} leads to another folder, so it was left out. Add it by itself."


@dataclass(frozen=True, slots=True)
class UnpackBounds:
    """How much one container may hold and how long unpacking may take."""

    unpacked_max_bytes: int = 2048 * _MIB
    file_max_bytes: int = 512 * _MIB
    wall_time_s: float = 600.0
    cpu_time_s: int = 300
    memory_max_bytes: int = 1024 * _MIB


@dataclass(frozen=True, slots=True)
class UnpackProblem:
    """A file that was not unpacked ("" means the container as a whole): its name, category, message."""

    name: str
    category: Outcome
    message: str


@dataclass(slots=True)
class Unpacked:
    """What came out of a container: files below `folder`, under their names, and what did not."""

    folder: Path
    file_count: int = 0
    problems: list[UnpackProblem] = field(default_factory=list)


@contextmanager
def unpacked(
    file: Path,
    temporary: Path | None,
    bounds: UnpackBounds,
    sandbox: Sandbox | None = None,
    media_type: str = ZIP,
) -> Iterator[Unpacked]:
    """Unpack `file` below `temporary` (the system's folder if None); the files go away at the end.

    `media_type` is one of `extractors.archives.registry.UNPACKERS`. Bad files in the container, and a bad
    container, are listed in `problems`. Raises PathError where it cannot be opened, PartMissing where no
    child can be started, and StorageError where files cannot be written.
    """
    name = _NAMES.get(media_type, "file")
    try:
        opened = tempfile.TemporaryDirectory(prefix="unpacked-", dir=temporary, ignore_cleanup_errors=True)
    except OSError as error:
        raise StorageError(_FULL.format(name)) from error
    with opened as folder:
        content = Unpacked(Path(folder).resolve())
        with _Writer(content, name, bounds.file_max_bytes) as writer:
            _run(sandbox or FreshSandbox(REGISTRY), file, media_type, bounds, writer)
        yield content


def _run(sandbox: Sandbox, file: Path, media_type: str, bounds: UnpackBounds, writer: "_Writer") -> None:
    limits = Limits(
        wall_time_s=bounds.wall_time_s,
        cpu_time_s=bounds.cpu_time_s,
        memory_max_bytes=bounds.memory_max_bytes,
        output_max_bytes=bounds.unpacked_max_bytes + _OVERHEAD_BYTES,
        reading=ReadLimits(
            pages_max=_FRAMES_MAX, page_text_max_chars=0, unpacked_max_bytes=bounds.unpacked_max_bytes
        ),
    )
    try:
        with sandbox.run(Request("extract", media_type), file, limits) as untrusted_frames:
            for untrusted_frame in untrusted_frames:
                writer.take(untrusted_frame)
    except FileRejected as rejection:
        writer.end_all(rejection.category, rejection.message)


class _Writer:
    """Makes files of what the child answers; whatever that is, files are new and below the folder."""

    def __init__(self, content: Unpacked, container: str, file_max_bytes: int) -> None:
        self._content = content
        self._container = container
        self._file_max_bytes = file_max_bytes
        self._name = ""
        self._path: Path | None = None
        self._file: BinaryIO | None = None
        self._left_bytes = 0

    def __enter__(self) -> "_Writer":
        return self

    def __exit__(self, *_: object) -> None:
        self._drop()

    def take(self, untrusted_frame: bytes) -> None:
        """Do what one frame says; a frame of no known form ends the container."""
        kind, untrusted = untrusted_frame[:1], untrusted_frame[1:]
        if kind == frames.MEMBER:
            self._begin(untrusted.decode("utf-8", "replace"))
        elif kind == frames.CHUNK:
            self._write(untrusted)
        elif kind == frames.END:
            self._end(_category(untrusted))
        else:
            self.end_all(_category(untrusted) if kind == frames.DONE else Outcome.CRASH)

    def end_all(self, category: Outcome, message: str = "") -> None:
        """End the container. What was unpacked stays; what was begun does not."""
        self._drop()
        if category is not Outcome.OK:
            said = _WHOLE_MESSAGES.get(category, _WHOLE_MESSAGES[Outcome.CRASH]).format(self._container)
            self._content.problems.append(UnpackProblem("", category, message or said))

    def _begin(self, untrusted_name: str) -> None:
        self._drop()
        self._name = _shown(untrusted_name)
        self._left_bytes = self._file_max_bytes
        parts = untrusted_name.split("/")
        if ".." in parts or parts[0] == "" or ":" in parts[0] or len(parts) > _DEPTH_MAX:
            self._content.problems.append(
                UnpackProblem(self._name, Outcome.DAMAGED, _NO_WAY_OUT.format(self._container))
            )
            return
        cleaned = [_cleaned(part) for part in parts if part not in ("", ".")]
        try:
            self._path, self._file = _made(self._content.folder, cleaned or ["file"])
        except OSError as error:
            raise StorageError(_FULL.format(self._container)) from error

    def _write(self, untrusted: bytes) -> None:
        self._left_bytes -= len(untrusted)
        if self._file is None:
            return
        if self._left_bytes < 0:
            self._end(Outcome.RESOURCE_LIMIT)
            return
        try:
            self._file.write(untrusted)
        except OSError as error:
            raise StorageError(_FULL.format(self._container)) from error

    def _end(self, category: Outcome) -> None:
        if self._file is None:
            return
        if category is Outcome.OK:
            try:
                self._file.close()
            except OSError as error:
                raise StorageError(_FULL.format(self._container)) from error
            self._file, self._path = None, None
            self._content.file_count += 1
            return
        self._drop()
        message = _MESSAGES.get(category, _MESSAGES[Outcome.CRASH]).format(self._container)
        self._content.problems.append(UnpackProblem(self._name, category, message))

    def _drop(self) -> None:
        """Remove a file that was not ended."""
        if self._file is not None:
            self._file.close()
        if self._path is not None:
            self._path.unlink(missing_ok=True)
        self._file, self._path = None, None


def _category(untrusted: bytes) -> Outcome:
    try:
        return Outcome(untrusted.decode("ascii"))
    except ValueError:
        return Outcome.CRASH


def _made(folder: Path, parts: list[str]) -> tuple[Path, BinaryIO]:
    """Return a new file below `folder`, in another folder or under another name where they are taken."""
    place = folder
    for part in parts[:-1]:
        place = next(path for path in _names(place, part) if path.is_dir() or not path.exists())
        place.mkdir(exist_ok=True)
    for path in _names(place, parts[-1]):
        try:
            return path, path.open("xb")
        except FileExistsError:
            continue
    raise FileExistsError


def _names(folder: Path, name: str) -> Iterator[Path]:
    """Yield paths for `name`, numbered after the first."""
    yield folder / name
    yield from (folder / f"{number}-{name}" for number in range(2, _SAME_NAMES_MAX))


def _shown(untrusted_name: str) -> str:
    return "/".join(_cleaned(part) for part in untrusted_name.split("/"))


def _cleaned(untrusted_part: str) -> str:
    """Return one part of a name without control characters, and short enough for every file system."""
    printable = "".join(letter if letter.isprintable() else "_" for letter in untrusted_part)
    stem, dot, suffix = printable.rpartition(".")
    if len(printable.encode()) <= _NAME_MAX_BYTES:
        return printable
    if not dot or len(suffix.encode()) > 10:
        stem, dot, suffix = printable, "", ""
    kept = os.fsencode(stem)[: _NAME_MAX_BYTES - len(suffix) - 1].decode("utf-8", "ignore")
    return f"{kept}{dot}{suffix}"
