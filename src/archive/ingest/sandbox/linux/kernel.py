"""Calls into the Linux kernel for which the standard library has no function."""

import ctypes
import os
import platform
import struct
from functools import lru_cache

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_GET_SECCOMP = 21
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38

CAP_DAC_OVERRIDE = 1 << 1
_CAPABILITY_VERSION_3 = 0x20080522

MACHINES = ("x86_64", "aarch64")
"""Machines whose call numbers are known here."""


def knows_machine() -> bool:
    """Return whether the numbers of system calls on this machine are known here."""
    return platform.machine() in MACHINES


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def call(number: int, *arguments: int | bytes | None) -> int:
    """Make the system call `number`; bytes are passed by address. Raises OSError."""
    values = [ctypes.c_ulong(each) if isinstance(each, int) else each for each in arguments]
    result: int = _library().syscall(ctypes.c_long(number), *values)
    return _checked(result)


def prctl(option: int, *values: int) -> int:
    """Ask something for this process (prctl(2)); values that are not given are 0. Raises OSError."""
    padded = (*values, 0, 0, 0, 0)[:4]
    result: int = _library().prctl(ctypes.c_int(option), *[ctypes.c_ulong(value) for value in padded])
    return _checked(result)


def forbid_new_privileges() -> None:
    """Make sure that no set-uid program gives this process more rights; Landlock and seccomp need it."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def drop_capabilities(kept: int = 0) -> None:
    """Give up root's powers (capabilities(7)) but those whose bits are in `kept`; without any, do nothing.

    A process of root could otherwise raise its own limits again. Raises OSError.
    """
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    # The buffer is written to: effective, permitted and inheritable sets, low 32 bits, then the high ones.
    buffer = ctypes.create_string_buffer(24)
    number = {"x86_64": 125, "aarch64": 90}[platform.machine()]
    _checked(_library().syscall(ctypes.c_long(number), header, buffer))
    sets = struct.unpack("=6I", buffer.raw)
    low = tuple(each & kept for each in sets[:2])
    call(number + 1, header, struct.pack("=6I", *low, 0, 0, 0, 0))


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
