"""LibreOffice for one worker: kept running from file to file, and restarted where it may be unwell."""

import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Literal

from archive.errors import FileRejected, PartMissing
from archive.ingest.filetypes.detect import suffix
from archive.ingest.filetypes.media_types import DECKS, DOCUMENTS, KEY
from archive.ingest.libreoffice import final_view
from archive.ingest.libreoffice.errors import locked, missing, not_confined, too_slow, unreadable
from archive.ingest.libreoffice.finding import find_office, installation_of, library_of, program_folder
from archive.ingest.libreoffice.messages import HERE, PDF_OPTIONS, ConversionOrder, ConversionOutcome
from archive.ingest.libreoffice.outside_links import cut_confined
from archive.ingest.libreoffice.running import Exchange, RunningOffice
from archive.ingest.sandbox import launch
from archive.ingest.sandbox.launch import run_program
from archive.model.extraction import Outcome
from archive.settings.sections import PictureSettings

Target = Literal["pdf", "pptx"]

_DECK_FILTER = f"impress_pdf_Export:{PDF_OPTIONS}"
_TEXT_FILTER = "writer_pdf_Export"
_CONVERTIBLE = (DECKS | DOCUMENTS) - {KEY}
# After these a file is tried once more if others had gone through the same process: they may be to blame.
_WORTH_ANOTHER_TRY = (Outcome.CRASH, Outcome.DAMAGED, Outcome.RESOURCE_LIMIT)
_MEMBER, _END = b"PK\x03\x04", b"PK\x05\x06"
_END_WITHIN_BYTES = 22 + 65_535
"""Where the end record lies: 22 bytes, and a comment of up to 65,535 after them (APPNOTE.TXT, 4.3.16)."""


class Office:
    """Converts files with LibreOffice, one at a time. For one thread; `close` it, or use it in a `with`.

    Args:
        settings: command, time, memory, and how many files go through one process.
        temporary: folder in which each process gets a private folder of its own.
    """

    def __init__(self, settings: PictureSettings, temporary: Path) -> None:
        self._settings = settings
        self._temporary = temporary
        self._files_max = settings.office_files_max
        self._program = find_office(settings.office_command)
        self._can_stay = self._program is not None and library_of(program_folder(self._program)) is not None
        self._exchange: Exchange | None = None
        self._running: RunningOffice | None = None
        self._files = 0

    def __enter__(self) -> "Office":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """Return the number of the running process, None where none runs."""
        return self._running.pid if self._running else None

    def convert(
        self, original: Path, media_type: str, target: Target, folder: Path, password: str = ""
    ) -> Path:
        """Convert `original` and return the path of the result, a new file in `folder`.

        PDFs have a page for each slide, hidden ones too. `password` opens a locked file. Raises PartMissing
        without LibreOffice; FileRejected (password, damaged, timeout, resource_limit, crash); PathError and
        StorageError.
        """
        if self._program is None:
            raise missing()
        if media_type not in _CONVERTIBLE:
            raise FileRejected(
                Outcome.UNSUPPORTED_TYPE, "LibreOffice is not asked to read this type of file."
            )
        if is_cut(original):
            raise unreadable()
        is_fresh = self._files == 0
        try:
            return self._convert(original, media_type, target, folder, password)
        except FileRejected as rejection:
            # Where the library fails, the program may not: texts with comments do not open in the library of
            # a LibreOffice that is installed without its windows. Of a deck it draws bytes as a text.
            is_damaged = rejection.category is Outcome.DAMAGED
            is_for_program = self._can_stay and is_damaged and media_type not in DECKS
            if not is_for_program and (is_fresh or rejection.category not in _WORTH_ANOTHER_TRY):
                raise
        return self._convert(original, media_type, target, folder, password, is_for_program)

    def close(self) -> None:
        """End LibreOffice and remove its folder. The object can be used again; it then starts again."""
        if self._running is not None:
            self._running.stop()
        if self._exchange is not None:
            self._exchange.remove()
        self._running, self._exchange, self._files = None, None, 0

    def _convert(
        self,
        original: Path,
        media_type: str,
        target: Target,
        folder: Path,
        password: str,
        by_program: bool = False,
    ) -> Path:
        exchange = self._opened(by_program)
        self._files += 1
        stem = f"file-{self._files}"
        order = ConversionOrder(
            f"{stem}{suffix(media_type)}",
            f"{stem}.{target}",
            target,
            password,
            self._settings.office_cpu_time_s,
        )
        result = next(path for path in _names(folder, target) if not path.exists())
        is_well = False
        try:
            exchange.put(original, order.source)
            answer = self._answer(exchange, order, media_type in DECKS)
            is_well = self._running is not None and answer in (
                ConversionOutcome.DONE,
                ConversionOutcome.LOCKED,
            )
            _raise_unless_done(answer)
            exchange.take(order.target, result)
        finally:
            exchange.clear(order.source, order.target)
            if not is_well or self._files >= self._files_max:
                self.close()
        return result

    def _answer(self, exchange: Exchange, order: ConversionOrder, is_deck: bool) -> ConversionOutcome:
        """Have LibreOffice do an order, in the process that runs or, where none can, in one for this file."""
        if self._running is not None:
            return self._running.ask(order, self._settings.office_wall_time_s)
        assert self._program is not None
        _convert_once(self._program, exchange.folder, order, is_deck, self._settings)
        return ConversionOutcome.DONE

    def _opened(self, by_program: bool) -> Exchange:
        """Return the folder for the next file, with a process that stays in it unless the program is run."""
        if self._exchange is None:
            self._exchange = Exchange(self._temporary)
        if self._running is None and self._can_stay and not by_program:
            assert self._program is not None
            settings = self._settings
            try:
                self._running = RunningOffice(
                    program_folder(self._program),
                    self._exchange.folder,
                    settings.office_memory_max_bytes,
                    settings.office_cpu_time_s * (self._files_max + 1),
                )
            except PartMissing:
                # As a program of its own it may still work; if not, that says why.
                self._can_stay = False
                self.close()
                self._exchange = Exchange(self._temporary)
        return self._exchange


def _names(folder: Path, target: Target) -> Iterator[Path]:
    return (folder / f"converted-{number}.{target}" for number in count(1))


def _raise_unless_done(answer: ConversionOutcome) -> None:
    if answer is ConversionOutcome.LOCKED:
        raise locked()
    if answer is not ConversionOutcome.DONE:
        raise unreadable()


def _convert_once(
    office: Path, home: Path, order: ConversionOrder, is_deck: bool, settings: PictureSettings
) -> None:
    """Do an order with a process of its own. Raises FileRejected, and PartMissing when not confined.

    LibreOffice names its result after its source, so that the order's names may differ in the suffix only.
    Texts go through a macro that leaves out what tracked changes deleted; it can be put only into a profile
    that is there, which a first start makes.
    """
    program = [
        str(office),
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo"),
    ]
    source, target = HERE / order.source, HERE / order.target
    if is_deck or order.format != "pdf":
        kind = f"pdf:{_DECK_FILTER}" if order.format == "pdf" else order.format
        steps = [[*program, "--convert-to", kind, "--outdir", str(home), str(source)]]
    else:
        address = final_view.convert_address(source, target, _TEXT_FILTER)
        steps = [[*program, "--terminate_after_init"], [*program, address]]
    deadline_s = time.monotonic() + settings.office_wall_time_s
    cut_confined(
        home / order.source,
        settings.office_wall_time_s,
        order.cpu_time_s,
        settings.office_memory_max_bytes,
    )
    for step in steps:
        _run(step, home, deadline_s, order.cpu_time_s, settings)
        final_view.install(home / "profile")


def _run(
    program: list[str], home: Path, deadline_s: float, cpu_time_s: int, settings: PictureSettings
) -> None:
    try:
        exit_code = run_program(
            program,
            home,
            max(0.0, deadline_s - time.monotonic()),
            cpu_time_s,
            settings.office_memory_max_bytes,
            {"SAL_USE_VCLPLUGIN": "svp"},
            (installation_of(program_folder(Path(program[0]))),),
        )
    except TimeoutError:
        raise too_slow(settings.office_wall_time_s) from None
    if exit_code == launch.REFUSED:
        raise not_confined()
    if exit_code != 0:
        raise unreadable()


def is_cut(path: Path) -> bool:
    """Return whether a file begins as a zip and has no end record: nobody asks LibreOffice to repair those.

    A file that cannot be opened is not called cut: whoever opens it next says why.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(_MEMBER)) != _MEMBER:
                return False
            size = file.seek(0, 2)
            file.seek(max(0, size - _END_WITHIN_BYTES))
            return _END not in file.read(_END_WITHIN_BYTES)
    except OSError:
        return False
