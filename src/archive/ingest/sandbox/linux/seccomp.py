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

from archive.ingest.sandbox.linux import kernel, syscalls

_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
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


def restrict_converter() -> None:
    """Refuse this process and all it starts, for good, what `converter_program` refuses. Raises OSError."""
    _install(converter_program(platform.machine()))


def reader_program(machine: str, process: int) -> list[Instruction]:
    """Return a filter against network, new and other processes, and changes of files' owners and modes.

    `process` may start threads and send signals to itself (abort needs that).
    """
    number = syscalls.conditional_calls(machine)
    program = _start(machine)
    program += _when_bits(number["clone"], _CLONE_THREAD, ALLOW, REFUSED)
    program += _when_equal(number["kill"], (process,), ALLOW, REFUSED)
    program += _when_equal(number["tgkill"], (process,), ALLOW, REFUSED)
    program += _when_equal(number["prlimit64"], (0, process), ALLOW, REFUSED)
    # The child must not outlive the server, nor become readable for a debugger again.
    lifelines = (kernel.PR_SET_PDEATHSIG, kernel.PR_SET_DUMPABLE)
    program += _when_equal(number["prctl"], lifelines, REFUSED, ALLOW)
    program += _refuse((*syscalls.system_calls(machine), *syscalls.reader_calls(machine)))
    return [*program, (_RETURN, 0, 0, ALLOW)]


def converter_program(machine: str) -> list[Instruction]:
    """Return a filter against every network and calls that change or look into the system.

    Sockets between a program's own processes (AF_UNIX) can be made, but nothing that listens can be reached:
    `connect` is refused.
    """
    number = syscalls.conditional_calls(machine)
    program = _start(machine)
    program += _when_bits(number["clone"], _CLONE_NEW_NAMESPACE, REFUSED, ALLOW)
    # access(2) knows nothing of Landlock and would call folders writable that are not.
    if "access" in number:
        program += _when_equal(number["access"], (os.W_OK,), NO_ACCESS, ALLOW, argument=1)
    program += _when_equal(number["faccessat"], (os.W_OK,), NO_ACCESS, ALLOW, argument=2)
    program += _when_equal(number["socket"], (int(socket.AF_UNIX),), ALLOW, REFUSED)
    program += _refuse((number["connect"], *syscalls.system_calls(machine)))
    return [*program, (_RETURN, 0, 0, ALLOW)]


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
    number: int, values: tuple[int, ...], then: int, otherwise: int, argument: int = 0
) -> list[Instruction]:
    """For the call `number`: `then` if the argument is one of `values` (32 bits), else `otherwise`."""
    tests = [(_JUMP_EQUAL, len(values) - index, 0, value) for index, value in enumerate(values)]
    return _on_argument(number, argument, tests, then, otherwise)


def _when_bits(number: int, bits: int, then: int, otherwise: int) -> list[Instruction]:
    """For the call `number`: `then` if its first argument has any of `bits`, else `otherwise`."""
    return _on_argument(number, 0, [(_JUMP_BITS, 1, 0, bits)], then, otherwise)


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
