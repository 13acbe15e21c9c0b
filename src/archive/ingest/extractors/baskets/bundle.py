"""What is to be made and the parts that it is made of, in one file: a frame of JSON, then the parts."""

import io
import json
from typing import Any, BinaryIO, Final

from archive.ingest.framing import PREFIX


class Bundle:
    """An opened bundle. `told` is what the JSON says; parts are read one by one, when they are needed."""

    def __init__(self, file: BinaryIO) -> None:
        (size_bytes,) = PREFIX.unpack(file.read(PREFIX.size))
        self.told: Final[dict[str, Any]] = json.loads(file.read(size_bytes))
        self._file = file
        self._starts: list[int] = []
        at = PREFIX.size + size_bytes
        for part_bytes in self.told["parts"]:
            self._starts.append(at)
            at += part_bytes

    def part(self, index: int) -> io.BytesIO:
        """Return a part, opened to be read."""
        self._file.seek(self._starts[index])
        return io.BytesIO(self._file.read(self.told["parts"][index]))
