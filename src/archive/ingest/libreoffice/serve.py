"""The office process: `python -I -m archive.ingest.libreoffice.serve OPTIONS`.

Orders come on standard input, answers go to standard output (see messages.py). It ends when its input does,
also in the middle of a file, and then empties its folder: it never outlives the program that started it.
"""

import argparse
import os
import queue
import resource
import shutil
import signal
import threading
from pathlib import Path

from archive.ingest.libreoffice.kit import Kit, KitMissing, Locked, Unreadable, Unwritten
from archive.ingest.libreoffice.messages import ConversionOutcome, Order, encode_answer, read_order
from archive.ingest.sandbox import launch
from archive.ingest.sandbox.linux.confine import code_folders, confine_converter

NO_KIT = 125
"""Exit code where LibreOffice is there, but not as a library."""

_FILE_MAX_BYTES = 1024**3

# Hidden slides too, so that page n of the PDF is slide n (LibreOffice help, "PDF Export Command Line
# Parameters").
PDF_OPTIONS = '{"ExportHiddenSlides":{"type":"boolean","value":"true"}}'


def main() -> None:
    """Confine this process as the command line says, load LibreOffice and do what is ordered."""
    given = _arguments()
    orders, answers = _quiet()
    home: Path = given.home
    try:
        confine_converter(
            home,
            (*code_folders(), given.program_folder),
            given.memory_max_bytes,
            given.cpu_time_s,
            given.file_max_bytes,
        )
    except OSError:
        os._exit(launch.REFUSED)
    os.chdir(home)
    os.environ.update(HOME=str(home), TMPDIR=str(home), SAL_USE_VCLPLUGIN="svp")
    waiting: queue.SimpleQueue[Order] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(orders, waiting, home), daemon=True).start()
    try:
        kit = Kit(given.program_folder, home / "profile")
    except KitMissing:
        os._exit(NO_KIT)
    _say(answers, ConversionOutcome.READY)
    while True:
        _say(answers, _done(kit, waiting.get(), home))


def _done(kit: Kit, order: Order, home: Path) -> ConversionOutcome:
    _limit_cpu_time(order.cpu_time_s)
    options = PDF_OPTIONS if order.format == "pdf" else ""
    try:
        kit.convert(home / order.source, home / order.target, order.format, options, order.password)
    except Locked:
        return ConversionOutcome.LOCKED
    except Unreadable:
        return ConversionOutcome.UNREADABLE
    except Unwritten:
        return ConversionOutcome.UNWRITTEN
    return ConversionOutcome.DONE


def _limit_cpu_time(cpu_time_s: int) -> None:
    """Let one file have its share of the processor time that all of them may have together."""
    # LibreOffice takes the signal for a crash of its own; the kernel's way of ending tells what it was.
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, highest = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = int(used.ru_utime + used.ru_stime) + 1 + cpu_time_s
    resource.setrlimit(resource.RLIMIT_CPU, (min(wanted, highest), highest))


def _listen(orders: int, waiting: "queue.SimpleQueue[Order]", home: Path) -> None:
    """Pass orders on until the other side is gone, then end at once, whatever LibreOffice is doing."""
    try:
        while (order := read_order(orders)) is not None:
            waiting.put(order)
    finally:
        shutil.rmtree(home, ignore_errors=True)
        os._exit(0)


def _quiet() -> tuple[int, int]:
    """Return input and output under new numbers: what LibreOffice prints must not get between the answers."""
    orders, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    return orders, answers


def _say(answers: int, outcome: ConversionOutcome) -> None:
    try:
        os.write(answers, encode_answer(outcome))
    except OSError:
        os._exit(0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="serve", allow_abbrev=False)
    parser.add_argument("--program-folder", type=Path, required=True)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--memory-max-bytes", type=int, required=True)
    parser.add_argument("--cpu-time-s", type=int, required=True)
    parser.add_argument("--file-max-bytes", type=int, default=_FILE_MAX_BYTES)
    return parser.parse_args()


if __name__ == "__main__":
    main()
