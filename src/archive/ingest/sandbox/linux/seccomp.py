"""seccomp: a filter in the kernel that refuses system calls, for good (seccomp(2)).

The filter is a program of classic BPF instructions over struct seccomp_data: the call's number at offset 0,
the machine at 4, the low half of argument n at 16 + 8n (both machines are little-endian).
"""

import ctypes
import errno
import os
import platform
import socket
import struct
from collections.abc import Callable

from archive.ingest.sandbox.linux import kernel, syscalls

_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_BITS, _MASK, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
ALLOW, KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
REFUSED = _ERROR | errno.EPERM
NO_ACCESS = _ERROR | errno.EACCES
UNKNOWN = _ERROR | errno.ENOSYS
_AUDIT_MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32_BIT = 0x40000000
_MODE_FILTER = 2

_CLONE_THREAD = 0x00010000
_CLONE_NEW_NAMESPACE = 0x7E020000
"""All CLONE_NEW… bits of include/uapi/linux/sched.h that `clone` takes."""

# fcntl: F_SETOWN, F_SETSIG and F_SETOWN_EX send signals to others, F_SETLEASE keeps them from opening a file,
# F_NOTIFY tells of their files (include/uapi/asm-generic/fcntl.h, linux/fcntl.h).
_FCNTL_ON_OTHERS = (8, 10, 15, 1024, 1026)
_FCNTL_LOCKS = (6, 7, 37, 38)
"""F_SETLK, F_SETLKW and their kind for open files: a lock on the document would be seen by everyone."""
# ioctl: FIOSETOWN and SIOCSPGRP send signals, TIOCSTI and TIOCLINUX type for others, FS_IOC_SETFLAGS and
# FS_IOC_FSSETXATTR change what a file is.
_IOCTL_ON_OTHERS = (0x8901, 0x8902, 0x5412, 0x541C, 0x40086602, 0x401C5820)
_OPEN_FOR_CHANGE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_OPEN_MODE = os.O_ACCMODE | os.O_TRUNC
_OPEN_TO_TRUNCATE_ONLY = (os.O_TRUNC, os.O_ACCMODE, _OPEN_MODE)
"""O_TRUNC without the wish to write, and the mode that neither reads nor writes: before version 3 Landlock
allows them where it allows reading, or anywhere."""
_KIND_OF_SOCKET = 0xF

Instruction = tuple[int, int, int, int]
"""Operation, jump if true, jump if false, value."""


def is_available() -> bool:
    """Return whether the running kernel takes filters and the machine is known."""
    if not kernel.knows_machine():
        return False
    try:
        kernel.prctl(kernel.PR_GET_SECCOMP)
    except OSError:
        return False
    return True


def restrict_reader() -> None:
    """Refuse this process, for good, what `reader_program` refuses. Raises OSError."""
    _install(reader_program(platform.machine(), os.getpid()))


def restrict_converter(may_run_programs: bool) -> None:
    """Refuse this process and all it starts, for good, what `converter_program` refuses. Raises OSError."""
    _install(converter_program(platform.machine(), os.getpid(), may_run_programs))


def reader_program(machine: str, process: int) -> list[Instruction]:
    """Return a filter against network, new and other processes, and every change of files.

    `process` may start threads and send signals to itself (abort needs that).
    """
    number = syscalls.conditional_calls(machine)
    program = _start(machine)
    program += _threads_only(machine)
    program += _others(machine, process, _FCNTL_LOCKS)
    program += _open(
        machine, lambda call, argument: _when_bits(call, _OPEN_FOR_CHANGE, NO_ACCESS, ALLOW, argument)
    )
    # The child must not outlive the server, nor become readable for a debugger again.
    lifelines = (kernel.PR_SET_PDEATHSIG, kernel.PR_SET_DUMPABLE)
    program += _when_equal(number["prctl"], lifelines, REFUSED, ALLOW)
    program += _refuse((*syscalls.system_calls(machine), *syscalls.reader_calls(machine)))
    return [*program, (_RETURN, 0, 0, ALLOW)]


def converter_program(machine: str, process: int, may_run_programs: bool) -> list[Instruction]:
    """Return a filter against every network and calls that reach the system, or other files and processes.

    Sockets between a program's own processes (AF_UNIX) can be made, but nothing that listens can be reached:
    `connect` is refused, and sockets whose messages have an address. Where programs may be run, nobody may
    signal anybody: what `process` starts has other numbers.
    """
    number = syscalls.conditional_calls(machine)
    program = _start(machine)
    if may_run_programs:
        program += _when_bits(number["clone"], _CLONE_NEW_NAMESPACE, REFUSED, ALLOW)
        program += _refuse((number["kill"], number["tgkill"]))
    else:
        program += _threads_only(machine)
    program += _others(machine, process)
    program += _open(machine, _refuse_truncating)
    # access(2) knows nothing of Landlock and would call folders writable that are not.
    if "access" in number:
        program += _when_equal(number["access"], (os.W_OK,), NO_ACCESS, ALLOW, argument=1)
    program += _when_equal(number["faccessat"], (os.W_OK,), NO_ACCESS, ALLOW, argument=2)
    program += _sockets(machine)
    program += _refuse((number["connect"], *syscalls.system_calls(machine)))
    return [*program, (_RETURN, 0, 0, ALLOW)]


def _threads_only(machine: str) -> list[Instruction]:
    clone = syscalls.conditional_calls(machine)["clone"]
    threads = _when_bits(clone, _CLONE_THREAD, ALLOW, REFUSED)
    return [*threads, *_refuse(syscalls.process_calls(machine))]


def _others(machine: str, process: int, fcntl_too: tuple[int, ...] = ()) -> list[Instruction]:
    """Refuse, by their arguments, calls that reach other processes or what they do with files."""
    number = syscalls.conditional_calls(machine)
    program = _when_equal(number["kill"], (process,), ALLOW, REFUSED)
    program += _when_equal(number["tgkill"], (process,), ALLOW, REFUSED)
    program += _when_equal(number["prlimit64"], (0, process), ALLOW, REFUSED)
    program += _when_equal(number["fcntl"], (*_FCNTL_ON_OTHERS, *fcntl_too), REFUSED, ALLOW, argument=1)
    return program + _when_equal(number["ioctl"], _IOCTL_ON_OTHERS, REFUSED, ALLOW, argument=1)


def _open(machine: str, by_flags: Callable[[int, int], list[Instruction]]) -> list[Instruction]:
    """Judge calls that open files by their flags, with a function of the call and the flags' place."""
    number = syscalls.conditional_calls(machine)
    # openat2 has its flags in memory; programs fall back on openat.
    program: list[Instruction] = [(_JUMP_EQUAL, 0, 1, number["openat2"]), (_RETURN, 0, 0, UNKNOWN)]
    if "open" in number:
        program += by_flags(number["open"], 1)
    return program + by_flags(number["openat"], 2)


def _refuse_truncating(number: int, argument: int) -> list[Instruction]:
    return _when_equal(number, _OPEN_TO_TRUNCATE_ONLY, NO_ACCESS, ALLOW, argument, _OPEN_MODE)


def _sockets(machine: str) -> list[Instruction]:
    """Allow sockets of this machine that are connected: messages of others may name an address each."""
    number = syscalls.conditional_calls(machine)
    program: list[Instruction] = []
    kinds = (int(socket.SOCK_STREAM), int(socket.SOCK_SEQPACKET))
    for name in ("socket", "socketpair"):
        family = [(_LOAD, 0, 0, 16), (_JUMP_EQUAL, 1, 0, int(socket.AF_UNIX)), (_RETURN, 0, 0, REFUSED)]
        kind = _when_equal(number[name], kinds, ALLOW, REFUSED, 1, _KIND_OF_SOCKET)[1:]
        program += [(_JUMP_EQUAL, 0, len(family) + len(kind), number[name]), *family, *kind]
    return program


def _start(machine: str) -> list[Instruction]:
    program = [(_LOAD, 0, 0, 4), (_JUMP_EQUAL, 1, 0, _AUDIT_MACHINES[machine]), (_RETURN, 0, 0, KILL)]
    program.append((_LOAD, 0, 0, 0))
    if machine == "x86_64":
        # The second numbering of calls (x32) would go round the filter.
        program += [(_JUMP_AT_LEAST, 0, 1, _X32_BIT), (_RETURN, 0, 0, KILL)]
    # clone3 has its flags in memory, where a filter cannot look; without it libc falls back on clone.
    program += [(_JUMP_EQUAL, 0, 1, syscalls.conditional_calls(machine)["clone3"]), (_RETURN, 0, 0, UNKNOWN)]
    return program


def _refuse(numbers: tuple[int, ...]) -> list[Instruction]:
    program: list[Instruction] = []
    for number in numbers:
        program += [(_JUMP_EQUAL, 0, 1, number), (_RETURN, 0, 0, REFUSED)]
    return program


def _when_equal(
    number: int, values: tuple[int, ...], then: int, otherwise: int, argument: int = 0, mask: int = 0
) -> list[Instruction]:
    """For the call `number`: `then` if the argument is one of `values` (32 bits), else `otherwise`.

    With a `mask`, only its bits of the argument count.
    """
    tests = [(_JUMP_EQUAL, len(values) - index, 0, value) for index, value in enumerate(values)]
    return _on_argument(number, argument, [(_MASK, 0, 0, mask), *tests] if mask else tests, then, otherwise)


def _when_bits(number: int, bits: int, then: int, otherwise: int, argument: int = 0) -> list[Instruction]:
    """For the call `number`: `then` if the argument has any of `bits`, else `otherwise`."""
    return _on_argument(number, argument, [(_JUMP_BITS, 1, 0, bits)], then, otherwise)


def _on_argument(
    number: int, argument: int, tests: list[Instruction], then: int, otherwise: int
) -> list[Instruction]:
    load = (_LOAD, 0, 0, 16 + 8 * argument)
    body: list[Instruction] = [load, *tests, (_RETURN, 0, 0, otherwise), (_RETURN, 0, 0, then)]
    return [(_JUMP_EQUAL, 0, len(body), number), *body]


def _install(program: list[Instruction]) -> None:
    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    buffer = ctypes.create_string_buffer(code, len(code))
    head = struct.pack("@HP", len(program), ctypes.addressof(buffer))
    address = ctypes.create_string_buffer(head, len(head))
    kernel.forbid_new_privileges()
    kernel.prctl(kernel.PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(address))
