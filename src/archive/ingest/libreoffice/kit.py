"""LibreOffice as a library in this process (LibreOfficeKit), as far as converting files needs it.

The calls are those of include/LibreOfficeKit/LibreOfficeKit.h: a struct of functions whose order never
changes, only grows. It needs no connection between processes, which the confinement would refuse.
"""

import ctypes
import os
from pathlib import Path

from archive.ingest.libreoffice.finding import library_of

# Places in the struct of functions of the office, and in that of a document.
_LOAD, _REGISTER_CALLBACK, _SET_FEATURES, _SET_PASSWORD = 4, 6, 8, 9
_DESTROY, _SAVE_AS = 1, 2
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
            names = (target.as_uri().encode(), file_format.encode(), options.encode())
            is_saved = _call(document, _SAVE_AS, ctypes.c_int, *((_Text, name) for name in names))
        finally:
            _call(document, _DESTROY, None)
        if not is_saved:
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
