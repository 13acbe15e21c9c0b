"""The forking server: imports the parsers once, never reads a file, and forks a child for each.

Run as `python -I -m archive.ingest.sandbox.server SOCKET REGISTRY [FOLDER …]`. Over the socket come
datagrams: requests with two open files each, or KILL. Back go READY once, and per
request STARTED and the exit code.
It ends when the socket closes, so it never outlives the program that started it.
"""

import gc
import os
import signal
import socket
import struct
import sys
from contextlib import suppress

from archive.ingest.sandbox import child
from archive.ingest.sandbox.base import decode_request
from archive.ingest.sandbox.linux import confine, kernel
from archive.ingest.sandbox.processes import first_readable

READY, STARTED, KILL = b"ready", b"started", b"kill"
REQUEST_MAX_BYTES = 64 * 1024
EXIT_CODE = struct.Struct(">i")


def main() -> None:
    """Serve the socket named on the command line until it closes."""
    link = socket.socket(fileno=int(sys.argv[1]))
    # What importing makes is no garbage: looking through it again and again took a sixth of the start.
    gc.disable()
    registry = child.import_registry(sys.argv[2], sys.argv[3:])
    with suppress(ImportError):
        # A parser that is missing fails its own files only, in the child.
        registry.preload()
    confine.prepare()
    gc.collect()
    # What is there now stays shared with the children instead of being copied when they collect garbage.
    gc.freeze()
    gc.enable()
    link.send(READY)
    while True:
        message, files, _, _ = socket.recv_fds(link, REQUEST_MAX_BYTES, 2)
        if not message:
            return
        if message == KILL:
            continue  # came after the end of the child that it was meant for
        link.send(EXIT_CODE.pack(_serve(link, registry, message, files)))


def _serve(link: socket.socket, registry: child.Registry, message: bytes, files: list[int]) -> int:
    server = os.getpid()
    process = os.fork()
    if process == 0:
        _become_child(server, registry, message, files)
    for file in files:
        os.close(file)
    link.send(STARTED)
    return _wait(link, process)


def _become_child(server: int, registry: child.Registry, message: bytes, files: list[int]) -> None:
    code = child.FAILED
    try:
        os.setsid()
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == server:
            child.settle(*files)
            code = child.run(registry, *decode_request(message))
    finally:
        # Not even on an error may the child go on as a second server.
        os._exit(code)


def _wait(link: socket.socket, process: int) -> int:
    """Wait for the child; kill it when the parent says so or is gone. Return its exit code."""
    handle = os.pidfd_open(process)
    try:
        while handle not in (ready := first_readable((link.fileno(), handle))):
            if link.fileno() in ready and not _is_to_go_on(link):
                # Until waitpid below, the number cannot belong to another process.
                os.kill(process, signal.SIGKILL)
                with suppress(ProcessLookupError):
                    os.killpg(process, signal.SIGKILL)
                break
    finally:
        os.close(handle)
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status)


def _is_to_go_on(link: socket.socket) -> bool:
    return link.recv(REQUEST_MAX_BYTES) not in (KILL, b"")


if __name__ == "__main__":
    main()
