"""The filters, run call by call, for both machines (test_fresh and test_forking run them in the kernel)."""

import pytest

from archive.ingest.sandbox.linux import seccomp, syscalls
from archive.ingest.sandbox.linux.kernel import MACHINES

AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
OWN = 4321
SIGCHLD, THREAD, NEW_USER = 17, 0x00010000, 0x10000000
UNIX, INET = 1, 2
STREAM, DATAGRAM, RAW, CLOSE_ON_EXEC = 1, 2, 3, 0o2000000
READ_WRITE, CREATE, TRUNCATE = 2, 0o100, 0o1000
GET_FLAGS, SET_LOCK, SET_OWNER, SET_OWNER_OF_SOCKET = 3, 6, 8, 0x8901


def verdict(program: list[seccomp.Instruction], number: int, *arguments: int, machine: str) -> int:
    """Run the filter on one call as the kernel does (classic BPF)."""
    words = {0: number, 4: AUDIT[machine]}
    words |= {16 + 8 * index: value for index, value in enumerate((*arguments, 0, 0, 0)[:4])}
    place, loaded = 0, 0
    while True:
        operation, if_true, if_false, value = program[place]
        place += 1
        if operation == 0x06:
            return value
        if operation == 0x20:
            loaded = words[value]
            continue
        if operation == 0x54:
            loaded &= value
            continue
        holds = {0x15: loaded == value, 0x35: loaded >= value, 0x45: bool(loaded & value)}[operation]
        place += if_true if holds else if_false


@pytest.fixture(params=MACHINES)
def machine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def converter(machine: str, may_run_programs: bool = True) -> list[seccomp.Instruction]:
    return seccomp.converter_program(machine, OWN, may_run_programs)


def test_reader_is_refused_each_call_of_the_tables(machine: str) -> None:
    program = seccomp.reader_program(machine, OWN)
    numbers = (
        *syscalls.system_calls(machine),
        *syscalls.process_calls(machine),
        *syscalls.reader_calls(machine),
    )
    assert {verdict(program, number, machine=machine) for number in numbers} == {seccomp.REFUSED}


def test_converter_is_refused_each_call_of_the_system_table(machine: str) -> None:
    program = converter(machine)
    numbers = syscalls.system_calls(machine)
    assert {verdict(program, number, machine=machine) for number in numbers} == {seccomp.REFUSED}


@pytest.mark.parametrize(("may_run_programs", "expected"), [(True, seccomp.ALLOW), (False, seccomp.REFUSED)])
def test_converter_starts_programs_only_where_it_may(
    machine: str, may_run_programs: bool, expected: int
) -> None:
    program = converter(machine, may_run_programs)
    numbers = syscalls.process_calls(machine)
    assert {verdict(program, number, machine=machine) for number in numbers} == {expected}
    clone = syscalls.conditional_calls(machine)["clone"]
    assert verdict(program, clone, SIGCHLD, machine=machine) == expected
    assert verdict(program, clone, THREAD | 0xF00, machine=machine) == seccomp.ALLOW


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("clone", (THREAD | 0xF00,), seccomp.ALLOW),
        ("clone", (SIGCHLD,), seccomp.REFUSED),
        ("clone3", (0,), seccomp.UNKNOWN),
        ("kill", (OWN,), seccomp.ALLOW),
        ("kill", (1,), seccomp.REFUSED),
        ("kill", (0,), seccomp.REFUSED),
        ("kill", (0xFFFFFFFF,), seccomp.REFUSED),
        ("tgkill", (OWN,), seccomp.ALLOW),
        ("tgkill", (OWN + 1,), seccomp.REFUSED),
        ("prlimit64", (0,), seccomp.ALLOW),
        ("prlimit64", (OWN,), seccomp.ALLOW),
        ("prlimit64", (1,), seccomp.REFUSED),
        ("prctl", (1,), seccomp.REFUSED),
        ("prctl", (4,), seccomp.REFUSED),
        ("prctl", (15,), seccomp.ALLOW),
        ("socket", (UNIX,), seccomp.REFUSED),
        ("openat", (0, 0, 0), seccomp.ALLOW),
        ("openat", (0, 0, READ_WRITE), seccomp.NO_ACCESS),
        ("openat", (0, 0, TRUNCATE), seccomp.NO_ACCESS),
        ("openat2", (0,), seccomp.UNKNOWN),
        ("fcntl", (0, SET_OWNER), seccomp.REFUSED),
        ("fcntl", (0, SET_LOCK), seccomp.REFUSED),
        ("fcntl", (0, GET_FLAGS), seccomp.ALLOW),
        ("ioctl", (0, SET_OWNER_OF_SOCKET), seccomp.REFUSED),
    ],
)
def test_reader_by_argument(machine: str, name: str, arguments: tuple[int, ...], expected: int) -> None:
    program, number = seccomp.reader_program(machine, OWN), syscalls.conditional_calls(machine)[name]
    assert verdict(program, number, *arguments, machine=machine) == expected


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("clone", (SIGCHLD,), seccomp.ALLOW),
        ("clone", (SIGCHLD | NEW_USER,), seccomp.REFUSED),
        ("clone3", (0,), seccomp.UNKNOWN),
        ("socket", (UNIX, STREAM), seccomp.ALLOW),
        ("socket", (UNIX, STREAM | CLOSE_ON_EXEC), seccomp.ALLOW),
        ("socket", (UNIX, DATAGRAM | CLOSE_ON_EXEC), seccomp.REFUSED),
        ("socket", (UNIX, RAW), seccomp.REFUSED),
        ("socket", (INET, STREAM), seccomp.REFUSED),
        ("socketpair", (UNIX, STREAM), seccomp.ALLOW),
        ("socketpair", (UNIX, DATAGRAM), seccomp.REFUSED),
        ("openat", (0, 0, 0), seccomp.ALLOW),
        ("openat", (0, 0, READ_WRITE | TRUNCATE), seccomp.ALLOW),
        ("openat", (0, 0, 1 | TRUNCATE | CREATE), seccomp.ALLOW),
        ("openat", (0, 0, TRUNCATE), seccomp.NO_ACCESS),
        ("openat", (0, 0, 3), seccomp.NO_ACCESS),
        ("openat", (0, 0, 3 | TRUNCATE), seccomp.NO_ACCESS),
        ("openat2", (0,), seccomp.UNKNOWN),
        ("kill", (OWN,), seccomp.REFUSED),
        ("tgkill", (OWN,), seccomp.REFUSED),
        ("prlimit64", (0,), seccomp.ALLOW),
        ("prlimit64", (1,), seccomp.REFUSED),
        ("fcntl", (0, SET_OWNER), seccomp.REFUSED),
        ("fcntl", (0, SET_LOCK), seccomp.ALLOW),
        ("ioctl", (0, SET_OWNER_OF_SOCKET), seccomp.REFUSED),
        ("connect", (3,), seccomp.REFUSED),
        ("faccessat", (0, 0, 2), seccomp.NO_ACCESS),
        ("faccessat", (0, 0, 4), seccomp.ALLOW),
    ],
)
def test_converter_by_argument(machine: str, name: str, arguments: tuple[int, ...], expected: int) -> None:
    program, number = converter(machine), syscalls.conditional_calls(machine)[name]
    assert verdict(program, number, *arguments, machine=machine) == expected


def test_reading_and_writing_are_allowed(machine: str) -> None:
    read, write = {"x86_64": (0, 1), "aarch64": (63, 64)}[machine]
    for program in (seccomp.reader_program(machine, OWN), converter(machine)):
        assert verdict(program, read, machine=machine) == seccomp.ALLOW
        assert verdict(program, write, machine=machine) == seccomp.ALLOW


def test_calls_numbered_for_another_machine_are_killed(machine: str) -> None:
    other = MACHINES[1 - MACHINES.index(machine)]
    assert verdict(seccomp.reader_program(machine, OWN), 0, machine=other) == seccomp.KILL


def test_second_numbering_of_x86_64_is_killed() -> None:
    number = 0x40000000 + 41
    assert verdict(seccomp.reader_program("x86_64", OWN), number, machine="x86_64") == seccomp.KILL
