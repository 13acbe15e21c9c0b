"""What runs inside the child process: give up all rights, read one file, answer with its records.

Only this side imports parsers. It has two open files: the document and the pipe for the answer.
"""

import importlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO, Protocol

from archive.ingest.extractors import frames, left_out
from archive.ingest.extractors.base import Cutter, Drawer, Extractor, Finish, Record
from archive.ingest.sandbox.base import Limits, Request
from archive.ingest.sandbox.linux.confine import confine_reader
from archive.model.extraction import Outcome

Reader = Extractor | Drawer | Cutter

_DOCUMENT, _ANSWER = 0, 3
FAILED = 1
"""Exit code of a child that could not say how it ended."""

_UNSUPPORTED = "The archive does not read this type of file."
_TOO_MANY = "Only the first {count} pages were read."
_NO_MEMORY = "Reading needs more memory than is allowed."


class Registry(Protocol):
    """The module that knows the readers: `archive.ingest.extractors.registry`, or another one in tests."""

    def load(self, task: str, media_type: str) -> Reader | None:
        """Return a new reader, None when there is none."""
        ...

    def preload(self) -> None:
        """Import what all readers need, before any process is forked."""
        ...


def import_registry(name: str, import_folders: Sequence[str]) -> Registry:
    """Import the module `name`; `import_folders` are searched before the installed packages."""
    sys.path[:0] = import_folders
    registry: Registry = importlib.import_module(name)
    return registry


def settle(document: int, answer: int) -> None:
    """Keep two open files, the document as 0 and the answer as 3, and let 1 and 2 lead nowhere.

    What a parser prints must not get between the frames.
    """
    kept = os.dup(answer)
    os.dup2(document, _DOCUMENT)
    os.dup2(kept, _ANSWER)
    os.closerange(_ANSWER + 1, 256)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def run(registry: Registry, request: Request, limits: Limits) -> int:
    """Do the request with the document that `settle` left open; return the exit code.

    Frames are written one by one, so that they survive what comes after. Never raises.
    """
    # A registry whose readers yield records of their own says how they become frames.
    encode = getattr(registry, "encode", frames.encode)
    try:
        reader = registry.load(request.task, request.media_type)
        confine_reader(limits)
        with os.fdopen(_DOCUMENT, "rb", closefd=False) as file:
            for record in _records(reader, request, limits, file):
                _write(encode(record, limits.reading.page_text_max_chars))
        return 0
    except MemoryError:
        failure = Finish(Outcome.RESOURCE_LIMIT, _NO_MEMORY)
    except Exception as error:  # noqa: BLE001 - parsers fail in every way; the parent gets a report and goes on
        failure = Finish(Outcome.CRASH, f"The reader met a fault of its own ({type(error).__name__}).")
    # After the except blocks, because their tracebacks keep the memory of what failed.
    return _last_words(failure, encode)


def _last_words(failure: Finish, encode: Callable[[Finish, int], bytes]) -> int:
    try:
        _write(encode(failure, 0))
    except (OSError, ValueError, MemoryError):
        return FAILED
    return 0


def _records(reader: Reader | None, request: Request, limits: Limits, file: BinaryIO) -> Iterator[Record]:
    """Yield what the reader yields, at most `pages_max` pages and one Finish."""
    if reader is None:
        yield Finish(Outcome.UNSUPPORTED_TYPE, _UNSUPPORTED)
        return
    for count, record in enumerate(_started(reader, request, limits, file)):
        if isinstance(record, Finish):
            yield record
            return
        if count == limits.reading.pages_max:
            yield Finish(Outcome.OK_PARTIAL, _TOO_MANY.format(count=count))
            return
        yield record
    yield Finish(Outcome.CRASH, "The reader ended without saying how.")


def _started(reader: Reader, request: Request, limits: Limits, file: BinaryIO) -> Iterator[Record]:
    bounds = replace(limits.reading, password=request.password)
    if request.task == "draw":
        drawer: Drawer = reader  # type: ignore[assignment] # the registry gives drawers for this task
        return drawer.draw(file, bounds, request.options)
    if request.task == "cut":
        cutter: Cutter = reader  # type: ignore[assignment] # cutters for this one
        return cutter.cut(file, bounds, request.options, request.words)
    extractor: Extractor = reader  # type: ignore[assignment] # and extractors for the other
    return left_out.told(extractor.extract(file, bounds))


def _write(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(_ANSWER, view) :]
