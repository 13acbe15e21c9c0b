"""Having a file made by the confined child: one file goes in, with all it is made of, and one comes back."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from archive.errors import FileRejected, PictureError
from archive.ingest.framing import framed
from archive.ingest.reading.document_pdf import REGISTRY
from archive.ingest.reading.limits import draw_limits
from archive.ingest.reading.made_file import take_made_file
from archive.ingest.sandbox.base import Limits, Request
from archive.settings.settings import Settings
from archive.xml_text import xml_text

MADE_MAX_BYTES: Final = 256 * 1024 * 1024
PARTS_MAX_BYTES: Final = 256 * 1024 * 1024
_WALL_TIME_S: Final = 60.0
_CPU_TIME_S: Final = 55
_FAILED: Final = "The file could not be made. Take out one slide after the other, and try again."
_COPIED_BYTES: Final = 1024 * 1024


class FileParts:
    """The parts that a file is made of, gathered in a folder for work in progress; see `bundle`."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / "parts").open("w+b")
        self.sizes_bytes: list[int] = []

    def add(self, source: BinaryIO) -> int | None:
        """Take over a part; return its place among the parts, None where it is too large."""
        left_bytes = PARTS_MAX_BYTES - sum(self.sizes_bytes)
        start = self._file.tell()
        while data := source.read(_COPIED_BYTES):
            left_bytes -= len(data)
            if left_bytes < 0:
                self._file.seek(start)
                self._file.truncate()
                return None
            self._file.write(data)
        self.sizes_bytes.append(self._file.tell() - start)
        return len(self.sizes_bytes) - 1

    def bundle(self, told: Mapping[str, Any], folder: Path) -> Path:
        """Write what is to be made, and the parts after it, into one file; return its path."""
        path = folder / "bundle"
        with path.open("wb") as file:
            file.write(framed(json.dumps({**told, "parts": self.sizes_bytes}).encode()))
            self._file.seek(0)
            while data := self._file.read(_COPIED_BYTES):
                file.write(data)
        return path

    def close(self) -> None:
        """Free the file."""
        self._file.close()


def made_by_child(media_type: str, bundle: Path, magic: bytes, settings: Settings) -> BinaryIO:
    """Return the new file, which begins with `magic`, to be read from its beginning and closed.

    Raises PictureError where none can be made, PartMissing and PathError.
    """
    from archive.ingest.sandbox.spawning import FreshSandbox

    request = Request("cut", media_type)
    with ExitStack() as stack:
        file = cast("BinaryIO", stack.enter_context(tempfile.TemporaryFile(dir=settings.data / "tmp")))
        try:
            with FreshSandbox(REGISTRY).run(request, bundle, _limits(settings)) as untrusted_frames:
                if not take_made_file(untrusted_frames, file):
                    raise PictureError(_FAILED)
        except FileRejected as rejection:
            raise PictureError(_FAILED) from rejection
        file.seek(0)
        if file.read(len(magic)) != magic:
            raise PictureError(_FAILED)
        file.seek(0)
        stack.pop_all()
        return file


def _limits(settings: Settings) -> Limits:
    limits = draw_limits(settings)
    return replace(
        limits,
        wall_time_s=min(limits.wall_time_s, _WALL_TIME_S),
        cpu_time_s=min(limits.cpu_time_s, _CPU_TIME_S),
        output_max_bytes=min(limits.output_max_bytes, MADE_MAX_BYTES),
    )


def texts(values: Sequence[str]) -> list[str]:
    """Return texts as JSON and XML take them: one impossible character would cost the whole file."""
    return [xml_text(value).replace("\r", "") for value in values]
