"""Reads files without an archive: one after the other, or several at once, each with an outcome."""

import queue
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from archive.errors import PathError, TooLarge
from archive.ingest.filetypes.detect import detect
from archive.ingest.filetypes.stand_ins import why_refused
from archive.ingest.intake.keynote_folder import as_one_file
from archive.ingest.libreoffice.office import Office
from archive.ingest.reading.convert import read_original
from archive.ingest.reading.limits import extract_limits
from archive.ingest.sandbox.open_sandbox import open_sandbox
from archive.model.extraction import Extraction, Outcome
from archive.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """How the reading of one file ended. `extraction`: None where it could not be opened, see `error`."""

    file: Path
    extraction: Extraction | None
    error: str = ""


class FileReader:
    """Reads files one by one in the same sandbox, with the same LibreOffice where a format needs it.

    For one thread at a time. `close` it, or use it in a `with`.
    """

    def __init__(self, settings: Settings) -> None:
        self._limits = extract_limits(settings)
        self._file_max_bytes = settings.extract.file_max_bytes
        with ExitStack() as opened:
            self._temporary = Path(opened.enter_context(TemporaryDirectory(prefix="archive-extract-")))
            self._isolation = opened.enter_context(closing(open_sandbox(settings.extract.isolation)))
            self._office = opened.enter_context(Office(settings.pictures, self._temporary))
            self._opened = opened.pop_all()

    def __enter__(self) -> "FileReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes and remove the temporary files of reading."""
        self._opened.close()

    def read(self, file: Path) -> Extraction:
        """Read one file, or one Keynote document that is a folder.

        Raises:
            PathError: the file cannot be opened.
            TooLarge: a Keynote folder is larger than a file may be.
            StorageError: there is no room to convert it.
            PartMissing: no process can be started.
        """
        with as_one_file(file, self._temporary, self._file_max_bytes) as whole:
            return self._read(whole)

    def _read(self, file: Path) -> Extraction:
        kind = media_type(file)
        if not kind:
            return Extraction(Outcome.UNSUPPORTED_TYPE, message=why_refused(file))
        with TemporaryDirectory(dir=self._temporary) as folder:
            return read_original(self._isolation, file, kind, Path(folder), self._office, self._limits)

    def outcome(self, file: Path) -> FileOutcome:
        """Read one file of many; a file that cannot be opened has that as its outcome."""
        try:
            return FileOutcome(file, self.read(file))
        except (PathError, TooLarge) as error:
            return FileOutcome(file, None, error.message)


def media_type(file: Path) -> str:
    """Return the media type of a file by its bytes, "" where it is unknown.

    Raises:
        PathError: the file cannot be opened.
    """
    try:
        if file.is_file():
            return detect(file)
    except OSError as error:
        raise PathError(f"{file}: it cannot be read. Mend its rights.") from error
    if file.is_dir():
        raise PathError(f"{file}: it is a folder. Name the files in it.")
    raise PathError(f"{file}: there is no such file. Check the spelling.")


@contextmanager
def read_all(settings: Settings, files: Sequence[Path], workers: int) -> Iterator[Iterator[FileOutcome]]:
    """Give the outcomes in the order of `files`, as they come; at most `workers` files are read at once."""
    with ExitStack() as opened:
        readers = [opened.enter_context(FileReader(settings)) for _ in range(min(workers, len(files)))]
        if len(readers) > 1:
            pool = opened.enter_context(ThreadPoolExecutor(len(readers)))
            yield _read_in_parallel(pool, readers, files)
        else:
            yield (reader.outcome(file) for reader in readers for file in files)


def _read_in_parallel(
    pool: ThreadPoolExecutor, readers: Sequence[FileReader], files: Sequence[Path]
) -> Iterator[FileOutcome]:
    """Like `map` on several threads, but with few outcomes waiting, so that long lists need little memory."""
    free: queue.SimpleQueue[FileReader] = queue.SimpleQueue()
    for reader in readers:
        free.put(reader)

    def read(file: Path) -> FileOutcome:
        reader = free.get()
        try:
            return reader.outcome(file)
        finally:
            free.put(reader)

    waiting: deque[Future[FileOutcome]] = deque()
    for file in files:
        waiting.append(pool.submit(read, file))
        if len(waiting) >= 4 * len(readers):
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
