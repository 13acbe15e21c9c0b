"""One throwaway PostgreSQL server for a whole run of tests, shared by all of its processes.

Each process that uses it holds a shared lock on a file, and the kernel gives that up however the process
ends. A guard waits for the lock to be its own: then nobody is left, and it ends the server and deletes its
folder.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import pytest

from archive.disk.file_lock import lock, open_lock_file

USER: Final = "archive"
GUARDED_USER: Final = "guarded"
"""Has to give a password; all others are trusted, since nobody else may enter the socket's folder."""
_DEBIAN: Final = Path("/usr/lib/postgresql")
_OPTIONS: Final = (
    "-c listen_addresses='' -c fsync=off -c full_page_writes=off "
    "-c autovacuum=off -c max_connections=400 -c shared_buffers=32MB -c max_wal_size=256MB"
)
_ACCESS: Final = f"local all {GUARDED_USER} scram-sha-256\nlocal all all trust\n"


def programs() -> Path | None:
    """Return the folder with `initdb` and `pg_ctl` of the newest PostgreSQL there is; None where none is."""
    found = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    candidates = [*found, *([Path(on_path)] if on_path else [])]
    return candidates[-1].parent if candidates else None


def required_programs() -> Path:
    """Return the folder with the server's programs; skip the test where they are not installed."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL's server is not installed (see system-packages.txt)")
    return found


class Server:
    """A server in a folder of its own, reached through a socket there."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        """Take the folder, which need not be there, and where the server's programs are."""
        self.folder = folder
        self._binaries = binaries

    @classmethod
    def in_new_folder(cls, binaries: Path) -> "Server":
        """Return a server that is still to be made. Not in pytest's folders: these are for one user alone."""
        return cls(Path(tempfile.mkdtemp(prefix="archive-pg-")), binaries)

    def make(self) -> None:
        """Make its data and start it."""
        self.folder.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run(
            "initdb",
            *("-D", self._data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
        )
        (self.folder / "data" / "pg_hba.conf").write_text(_ACCESS)
        self.start()

    def start(self, more_options: str = "") -> None:
        """Start it and wait until it answers."""
        # What was committed survives the end of the server, not that of the machine.
        options = f"{_OPTIONS} -c unix_socket_directories='{self.folder}' {more_options}"
        self._run(
            "pg_ctl", "-D", self._data, "-l", str(self.folder / "log"), "-w", "-s", "-o", options, "start"
        )

    def stop(self, mode: str = "immediate") -> None:
        """End it; what is connected is cut off."""
        self._run("pg_ctl", "-D", self._data, "-m", mode, "-s", "-w", "stop")

    def remove(self) -> None:
        """End it where it runs, and delete its folder."""
        with suppress(subprocess.CalledProcessError):
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str, user: str = USER) -> str:
        """Return the address of a database for SQLAlchemy."""
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}"

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _run(self, program: str, *arguments: str) -> None:
        """Run one of its programs, as somebody else than root, whom they refuse."""
        other: Mapping[str, object] = {"user": "postgres", "group": "postgres", "extra_groups": ()}
        subprocess.run(
            [self._binaries / program, *arguments],
            check=True,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **(other if os.geteuid() == 0 else {}),  # type: ignore[call-overload]
        )


@contextmanager
def shared_server(root: Path, run: str, binaries: Path) -> Iterator[Server]:
    """Use the server of a run of tests, and make it (below `root`) where this process is the first."""
    base = root / f"archive-pg-{run[:12]}-{os.geteuid()}"
    server = Server(base, binaries)
    # Never deleted: of two files with one name, two processes could hold one each.
    making = open_lock_file(base.with_name(f"archive-pg-{os.geteuid()}.making"))
    try:
        lock(making)
        using = _lock_shared(base.with_suffix(".using"))
        if not (base / "ready").exists():
            shutil.rmtree(base, ignore_errors=True)
            server.make()
            _guard(base, binaries)
            (base / "ready").touch()
    finally:
        os.close(making)
    try:
        yield server
    finally:
        os.close(using)


def _lock_shared(path: Path) -> int:
    """Lock the file that says who uses the server, as it is now: the guard deletes it."""
    while True:
        descriptor = open_lock_file(path)
        lock(descriptor, shared=True)
        with suppress(FileNotFoundError):
            if os.fstat(descriptor).st_ino == path.stat().st_ino:
                return descriptor
        os.close(descriptor)


def _guard(base: Path, binaries: Path) -> None:
    """Start the guard as nobody's child: it outlives this process, and tests that end their children."""
    subprocess.run(
        ["sh", "-c", '"$@" &', "sh", sys.executable, __file__, str(base), str(binaries)],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _watch(base: Path, binaries: Path) -> None:
    """Wait until nobody uses the server; then end it and delete all that is left of it."""
    path = base.with_suffix(".using")
    descriptor = open_lock_file(path)
    lock(descriptor)
    Server(base, binaries).remove()
    path.unlink(missing_ok=True)
    os.close(descriptor)


if __name__ == "__main__":
    _watch(Path(sys.argv[1]), Path(sys.argv[2]))
