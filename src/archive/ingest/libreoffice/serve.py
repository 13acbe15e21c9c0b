"""The office process: `python -I -m archive.ingest.libreoffice.serve OPTIONS`.

Orders come on standard input, answers go to standard output (see messages.py). It ends when its input does,
also in the middle of a file, and then empties its folder: it never outlives the program that started it.
"""

import argparse
import ctypes
import os
import queue
import resource
import shutil
import signal
import threading
from pathlib import Path

from archive.ingest.libreoffice import final_view, outside_links
from archive.ingest.libreoffice.finding import installation_of, library_of
from archive.ingest.libreoffice.messages import (
    HERE,
    PDF_OPTIONS,
    ConversionOrder,
    ConversionOutcome,
    encode_answer,
    read_order,
)
from archive.ingest.sandbox import launch
from archive.ingest.sandbox.linux.confine import code_folders, confine_converter

# Places in the struct of functions of the office, and in that of a document.
_LOAD, _REGISTER_CALLBACK, _SET_FEATURES, _SET_PASSWORD, _RUN_MACRO = 4, 6, 8, 9, 11
_DESTROY, _SAVE_AS, _TYPE = 1, 2, 3
_TEXT_DOCUMENT = 0  # LOK_DOCTYPE_TEXT
_PASSWORD_FEATURES = 0b11  # LOK_FEATURE_DOCUMENT_PASSWORD and …_PASSWORD_TO_MODIFY
_PASSWORD_CALLBACKS = (20, 21)  # LOK_CALLBACK_DOCUMENT_PASSWORD and …_PASSWORD_TO_MODIFY
# Batch: ask nothing. Macros are not run unless an option asks for it.
_LOAD_OPTIONS = b"Batch=true"

_Pointer = ctypes.c_void_p
_Text = ctypes.c_char_p
_Callback = ctypes.CFUNCTYPE(None, ctypes.c_int, _Text, _Pointer)


class KitMissing(Exception):
    """The LibreOffice that is here cannot be used as a library."""


class Locked(Exception):
    """A file asks for a password that was not given, or another one."""


class Unreadable(Exception):
    """LibreOffice cannot open a file."""


class Unwritten(Exception):
    """LibreOffice cannot write a file in the format that was asked for."""


class Kit:
    """A loaded LibreOffice. There can be one in a process, used by one thread."""

    def __init__(self, program_folder: Path, profile: Path) -> None:
        """Load it with a `profile` folder of its own. Raises KitMissing."""
        library = library_of(program_folder)
        if library is None:
            raise KitMissing
        try:
            hook = ctypes.CDLL(str(library), mode=os.RTLD_GLOBAL | os.RTLD_NOW).libreofficekit_hook_2
        except (OSError, AttributeError) as error:
            raise KitMissing from error
        hook.restype, hook.argtypes = _Pointer, (_Text, _Text)
        self._office = hook(os.fsencode(program_folder), profile.as_uri().encode())
        if not self._office:
            raise KitMissing
        final_view.install(profile)
        self._password: bytes | None = None
        self._was_asked = False
        self._answer = _Callback(self._on_event)  # kept for as long as LibreOffice may call it
        _call(self._office, _REGISTER_CALLBACK, None, (_Callback, self._answer), (_Pointer, None))
        _call(self._office, _SET_FEATURES, None, (ctypes.c_ulonglong, _PASSWORD_FEATURES))

    def convert(self, source: Path, target: Path, file_format: str, options: str, password: str) -> None:
        """Write `source` as `target`. Raises Locked, Unreadable and Unwritten."""
        self._password = password.encode() if password else None
        self._was_asked = False
        address, load_options = source.as_uri().encode(), _LOAD_OPTIONS
        document = _call(self._office, _LOAD, _Pointer, (_Text, address), (_Text, load_options))
        if not document:
            raise Locked if self._was_asked else Unreadable
        try:
            self._show_final_view(document)
            names = (target.as_uri().encode(), file_format.encode(), options.encode())
            is_saved = _call(document, _SAVE_AS, ctypes.c_int, *((_Text, name) for name in names))
        finally:
            _call(document, _DESTROY, None)
        if not is_saved:
            raise Unwritten

    def _show_final_view(self, document: int) -> None:
        """Take from a text what readers are not to see. Raises Unwritten where that fails: it would show."""
        is_text = _call(document, _TYPE, ctypes.c_int) == _TEXT_DOCUMENT
        if is_text and not _call(self._office, _RUN_MACRO, ctypes.c_int, (_Text, final_view.ADDRESS)):
            raise Unwritten

    def _on_event(self, kind: int, payload: bytes | None, data: object) -> None:
        """Answer LibreOffice's question for a password: once with what was given, then with nothing."""
        del data
        if kind not in _PASSWORD_CALLBACKS:
            return
        self._was_asked = True
        given, self._password = self._password, None
        _call(self._office, _SET_PASSWORD, None, (_Text, payload), (_Text, given))


def _call(thing: int, place: int, result: type | None, *arguments: tuple[type, object]) -> int | None:
    """Call the function at `place` in the struct that `thing` begins with; `thing` is its first argument."""
    table = ctypes.cast(thing, ctypes.POINTER(_Pointer))[0]
    address = ctypes.cast(table, ctypes.POINTER(_Pointer))[place]
    function = ctypes.CFUNCTYPE(result, _Pointer, *(kind for kind, _ in arguments))(address)
    returned: int | None = function(thing, *(value for _, value in arguments))
    return returned


NO_KIT = 125
"""Exit code where LibreOffice is there, but not as a library."""

_FILE_MAX_BYTES = 1024**3
_REMOVALS_MAX = 10


def main() -> None:
    """Confine this process as the command line says, load LibreOffice and do what is ordered."""
    given = _arguments()
    orders, answers = _quiet()
    home: Path = given.home
    try:
        confine_converter(
            home,
            (*code_folders(), installation_of(given.program_folder)),
            given.memory_max_bytes,
            given.cpu_time_s,
            given.file_max_bytes,
            may_run_programs=False,
        )
    except OSError:
        os._exit(launch.REFUSED)
    os.chdir(home)
    os.environ.update(HOME=str(home), TMPDIR=str(home), SAL_USE_VCLPLUGIN="svp")
    waiting: queue.SimpleQueue[ConversionOrder] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(orders, waiting, home), daemon=True).start()
    try:
        kit = Kit(given.program_folder, home / "profile")
    except KitMissing:
        os._exit(NO_KIT)
    _say(answers, ConversionOutcome.READY)
    while True:
        _say(answers, _done(kit, waiting.get()))


def _done(kit: Kit, order: ConversionOrder) -> ConversionOutcome:
    _limit_cpu_time(order.cpu_time_s)
    outside_links.try_to_cut(HERE / order.source)
    options = PDF_OPTIONS if order.format == "pdf" else ""
    try:
        kit.convert(HERE / order.source, HERE / order.target, order.format, options, order.password)
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


def _listen(orders: int, waiting: "queue.SimpleQueue[ConversionOrder]", home: Path) -> None:
    """Pass orders on until the other side is gone, then end at once, whatever LibreOffice is doing."""
    try:
        while (order := read_order(orders)) is not None:
            waiting.put(order)
    finally:
        _empty(home)
        os._exit(0)


def _empty(home: Path) -> None:
    """Remove what is in the folder; again where LibreOffice wrote its profile meanwhile."""
    for _ in range(_REMOVALS_MAX):
        shutil.rmtree(home, ignore_errors=True)
        if not home.exists() or not any(home.iterdir()):
            return


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
