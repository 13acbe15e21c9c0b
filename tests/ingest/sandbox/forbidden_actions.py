"""Readers that try what a confined child must not do; their page tells whether it was "refused" or "done"."""

import ctypes
import os
import socket
import subprocess
import threading
from pathlib import Path

from tests.ingest.sandbox.reader_kit import attempt

_NETLINK = 16


@attempt
def opens_inet_socket(argument: str) -> object:
    with socket.socket(socket.AF_INET) as opened:
        return opened.connect_ex(("127.0.0.1", int(argument)))


@attempt
def opens_datagram_socket(argument: str) -> object:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        return opened.sendto(b"x", ("127.0.0.1", int(argument)))


@attempt
def opens_socket_of_family(argument: str) -> object:
    return socket.socket(int(argument), socket.SOCK_RAW if int(argument) == _NETLINK else socket.SOCK_STREAM)


@attempt
def opens_unix_socket(argument: str) -> object:
    return socket.socket(socket.AF_UNIX)


@attempt
def forks(argument: str) -> object:
    process = os.fork()
    if process == 0:
        os._exit(0)
    return os.waitpid(process, 0)


@attempt
def runs_program(argument: str) -> object:
    return subprocess.run(["/bin/true"], check=False)


@attempt
def becomes_program(argument: str) -> object:
    return os.execv("/bin/true", ["/bin/true"])


@attempt
def starts_thread(argument: str) -> object:
    said: list[str] = []
    thread = threading.Thread(target=said.append, args=("tråd",))
    thread.start()
    thread.join()
    return said[0]


@attempt
def reads_file(argument: str) -> object:
    return Path(argument).read_bytes()


@attempt
def lists_folder(argument: str) -> object:
    return sorted(Path(argument).iterdir())


@attempt
def writes_file(argument: str) -> object:
    return Path(argument).write_bytes(b"x")


@attempt
def makes_folder(argument: str) -> None:
    Path(argument).mkdir()


@attempt
def links_to_system_file(argument: str) -> None:
    Path(argument).symlink_to("/etc/passwd")


@attempt
def links_hard(argument: str) -> None:
    Path(argument).hardlink_to("/proc/self/fd/0")


@attempt
def makes_pipe(argument: str) -> None:
    os.mkfifo(argument)


@attempt
def removes_file(argument: str) -> None:
    Path(argument).unlink()


@attempt
def writes_document(argument: str) -> object:
    return os.write(0, b"x")


@attempt
def changes_mode_of_document(argument: str) -> None:
    os.fchmod(0, 0o777)


@attempt
def shortens_document(argument: str) -> None:
    os.ftruncate(0, 0)


@attempt
def opens_document_to_write(argument: str) -> object:
    return os.open("/proc/self/fd/0", os.O_RDWR)


@attempt
def reads_memory_of_parent(argument: str) -> object:
    return Path(f"/proc/{os.getppid()}/mem").open("rb")


@attempt
def signals(argument: str) -> None:
    os.kill(int(argument), 0)


@attempt
def signals_parent(argument: str) -> None:
    os.kill(os.getppid(), 0)


@attempt
def traces(argument: str) -> object:
    library = ctypes.CDLL(None, use_errno=True)
    seize = 0x4206
    if library.ptrace(seize, int(argument), None, None) < 0:
        raise OSError(ctypes.get_errno(), "ptrace")
    return "traced"


@attempt
def bounds_other_process(argument: str) -> object:
    import resource

    return resource.prlimit(int(argument), resource.RLIMIT_NOFILE)


@attempt
def frees_itself_from_server(argument: str) -> object:
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(1, 0, 0, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "prctl")
    return "free"


@attempt
def raises_its_limits(argument: str) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (1000, 1000))
