"""What every sandbox offers, and what it is asked for."""

import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from archive.ingest.extractors.base import ReadLimits
from archive.model.pages import WordBox


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one child process, and of what it reads.

    Attributes:
        wall_time_s: seconds from the start of the child to its end, kept by the parent.
        cpu_time_s: whole seconds of processor time, kept by the kernel.
        memory_max_bytes: address space, kept by the kernel.
        output_max_bytes: everything the child may answer, kept by the parent.
        reading: how much of the file is read, kept by the reader and checked by the parent.
    """

    wall_time_s: float
    cpu_time_s: int
    memory_max_bytes: int
    output_max_bytes: int
    reading: ReadLimits


@dataclass(frozen=True, slots=True)
class Request:
    """What the child does with one file.

    "extract" reads the words, "draw" draws the pages, "cut" makes a PDF of one page.

    `options` are whole numbers that the drawer or cutter knows (see extractors.base). `password` opens a
    locked file. `words` are for the cutter.
    """

    task: Literal["extract", "draw", "cut"]
    media_type: str
    options: Mapping[str, int] = field(default_factory=dict)
    password: str = field(default="", repr=False)
    words: tuple[WordBox, ...] = ()


class Sandbox(Protocol):
    """Runs one request on one file in a child process of its own.

    `name` and `protections` ("rlimits", "landlock abi 7", "seccomp") are for `archive status`; `reduced` is
    True where the kernel does not keep the child from files, network and new processes.
    """

    @property
    def name(self) -> str:
        """Return the name of this kind of sandbox."""
        ...

    @property
    def reduced(self) -> bool:
        """Return whether the kernel lacks some of the protections."""
        ...

    @property
    def protections(self) -> tuple[str, ...]:
        """Return the protections in force."""
        ...

    def run(self, request: Request, file: Path, limits: Limits) -> AbstractContextManager[Iterator[bytes]]:
        """Give the untrusted answer of the child, frame by frame; the child ends with the context.

        One file at a time: another thread waits until the context ends. A context and no bare iterator,
        which whoever fails midway leaves suspended, with the child and its turn, while the traceback lives.

        Raises FileRejected (timeout, resource_limit, crash) after the last whole frame if the child did not
        end well, PathError if the file cannot be opened, PartMissing if no child can be started, and Busy if
        another file takes longer than it may.
        """
        ...

    def close(self) -> None:
        """End every process that was started. The object can be used again; it then starts again."""
        ...


def encode_request(request: Request, limits: Limits) -> bytes:
    """Return the request as the JSON that the child reads."""
    message = {
        "task": request.task,
        "media_type": request.media_type,
        "options": dict(request.options),
        "password": request.password,
        "words": [[word.text, word.x, word.y, word.width, word.height] for word in request.words],
        "limits": asdict(limits),
    }
    return json.dumps(message).encode()


def decode_request(message: bytes) -> tuple[Request, Limits]:
    """Return what was given to `encode_request`. The parent is trusted: nothing is checked."""
    values = json.loads(message)
    words = tuple(WordBox(*word) for word in values["words"])
    request = Request(values["task"], values["media_type"], values["options"], values["password"], words)
    limits = values["limits"]
    return request, Limits(**limits | {"reading": ReadLimits(**limits["reading"])})
