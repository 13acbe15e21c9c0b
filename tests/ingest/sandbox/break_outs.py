"""Tries to reach files and processes of others, as a taken-over child would: `python -m … AS ABI FOLDER PID`.

AS is "reader", "converter" or "office" (a converter that starts no programs), confined as with that version
of Landlock; or "free", which shows that the attempts are real. FOLDER has the one folder that a converter may
write, "own", the file "victim" and the socket "heard"; PID is somebody else's process; the standard input is
the victim, open for reading. Told are the attempts, each with "refused" or "done".
"""

import ctypes
import fcntl
import os
import platform
import resource
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from archive.ingest.extractors.base import ReadLimits
from archive.ingest.sandbox.base import Limits
from archive.ingest.sandbox.linux.confine import confine_converter, confine_reader

MIB = 1024 * 1024
Attempt = Callable[[Path, int], object]
ATTEMPTS: dict[str, Attempt] = {}

_ADD_WATCH = {"x86_64": (294, 254), "aarch64": (26, 27)}
_TGKILL = {"x86_64": 234, "aarch64": 131}
_TKILL = {"x86_64": 200, "aarch64": 130}
_PIDFD_SEND_SIGNAL = 424


def attempt(function: Attempt) -> Attempt:
    ATTEMPTS[function.__name__.replace("_", "-")] = function
    return function


def _call(number: int, *arguments: object) -> int:
    library = ctypes.CDLL(None, use_errno=True)
    result: int = library.syscall(ctypes.c_long(number), *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), "system call")
    return result


@attempt
def leases(folder: Path, process: int) -> int:
    opened = os.open(folder / "victim", os.O_RDONLY)
    fcntl.fcntl(opened, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    return fcntl.fcntl(opened, fcntl.F_SETLEASE, fcntl.F_UNLCK)


@attempt
def cuts_by_name(folder: Path, process: int) -> None:
    os.truncate(folder / "victim", 0)


@attempt
def cuts_while_opening_to_read(folder: Path, process: int) -> int:
    return os.open(folder / "victim", os.O_RDONLY | os.O_TRUNC)


@attempt
def cuts_while_opening_for_nothing(folder: Path, process: int) -> int:
    return os.open(folder / "victim", os.O_ACCMODE | os.O_TRUNC)


@attempt
def cuts_while_opening_to_write(folder: Path, process: int) -> int:
    return os.open(folder / "victim", os.O_WRONLY | os.O_TRUNC)


@attempt
def cuts_by_descriptor(folder: Path, process: int) -> None:
    os.ftruncate(os.open("/proc/self/fd/0", os.O_RDWR), 0)


@attempt
def changes_mode(folder: Path, process: int) -> None:
    (folder / "victim").chmod(0o777)


@attempt
def changes_mode_by_descriptor(folder: Path, process: int) -> None:
    os.fchmod(0, 0o777)


@attempt
def changes_owner(folder: Path, process: int) -> None:
    os.chown(folder / "victim", os.getuid(), os.getgid())


@attempt
def changes_times(folder: Path, process: int) -> None:
    os.utime(folder / "victim", (1, 1))


@attempt
def links_into_own_folder(folder: Path, process: int) -> None:
    os.link(folder / "victim", folder / "own" / "link")


@attempt
def locks(folder: Path, process: int) -> None:
    fcntl.flock(0, fcntl.LOCK_SH)
    fcntl.flock(0, fcntl.LOCK_UN)


@attempt
def watches(folder: Path, process: int) -> int:
    begin, add = _ADD_WATCH[platform.machine()]
    return _call(add, _call(begin, 0), os.fsencode(folder), 0x100)


@attempt
def is_told_of_changes(folder: Path, process: int) -> int:
    signal.signal(signal.SIGIO, signal.SIG_IGN)
    return fcntl.fcntl(os.open(folder, os.O_RDONLY), fcntl.F_NOTIFY, fcntl.DN_CREATE)


@attempt
def signals(folder: Path, process: int) -> None:
    os.kill(process, 0)


@attempt
def signals_parent(folder: Path, process: int) -> None:
    os.kill(os.getppid(), 0)


@attempt
def signals_group(folder: Path, process: int) -> None:
    os.killpg(os.getpgid(0), 0)


@attempt
def signals_thread(folder: Path, process: int) -> int:
    return _call(_TKILL[platform.machine()], process, 0)


@attempt
def signals_thread_of_group(folder: Path, process: int) -> int:
    return _call(_TGKILL[platform.machine()], process, process, 0)


@attempt
def signals_by_handle(folder: Path, process: int) -> int:
    return _call(_PIDFD_SEND_SIGNAL, os.pidfd_open(process), 0, None, 0)


@attempt
def has_signals_sent(folder: Path, process: int) -> int:
    return fcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, process)


@attempt
def has_chosen_signals_sent(folder: Path, process: int) -> int:
    return fcntl.fcntl(os.pipe()[0], fcntl.F_SETSIG, signal.SIGUSR1)


@attempt
def bounds(folder: Path, process: int) -> object:
    return resource.prlimit(process, resource.RLIMIT_NOFILE)


@attempt
def slows(folder: Path, process: int) -> None:
    os.setpriority(os.PRIO_PROCESS, process, os.getpriority(os.PRIO_PROCESS, process))


@attempt
def binds_to_processor(folder: Path, process: int) -> None:
    os.sched_setaffinity(process, os.sched_getaffinity(process))


@attempt
def sends_to_socket(folder: Path, process: int) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as opened:
        opened.sendto(b"x", str(folder / "heard"))


@attempt
def sends_from_pair(folder: Path, process: int) -> None:
    one, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    one.sendmsg([b"x"], (), 0, str(folder / "heard"))


@attempt
def leaves_its_session(folder: Path, process: int) -> None:
    os.setsid()


def _confine(kind: str, landlock_abi: int, folder: Path) -> None:
    if kind == "reader":
        reading = ReadLimits(pages_max=1, page_text_max_chars=1)
        confine_reader(Limits(60, 60, 1024 * MIB, MIB, reading), landlock_abi)
    elif kind != "free":
        # A converter may read what it converts.
        runs = kind == "converter"
        victim = (folder / "victim",)
        confine_converter(folder / "own", victim, 1024 * MIB, 60, MIB, runs, landlock_abi)


def main() -> None:
    kind, landlock_abi, folder, process = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
    _confine(kind, landlock_abi, folder)
    for name, function in ATTEMPTS.items():
        try:
            function(folder, process)
        except OSError:
            print(name, "refused", flush=True)
        else:
            print(name, "done", flush=True)


if __name__ == "__main__":
    main()
