"""Runs the `archive` command on one data folder, as somebody at a terminal would."""

import contextlib
import json
import os
import queue
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

HOST = "127.0.0.1"
_READY = "Serving on "
_START_S = 120.0
_END_S = 20.0
_PORTS_TRIED = 50


class CommandError(Exception):
    """The `archive` command did not do what was asked; the message says which part of it."""


class ArchiveCommand:
    """The `archive` command with `--data folder`.

    Settings in the environment (ARCHIVE_*) are left out: a demo must not touch another archive's database.
    """

    def __init__(self, folder: Path) -> None:
        self._start = [sys.executable, "-m", "archive.cli.main", "--data", str(folder)]
        self._environment = {
            key: value for key, value in os.environ.items() if not key.startswith("ARCHIVE_")
        }
        self._environment |= {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}

    def ingest(self, folder: Path) -> None:
        """Ingest with the command's own progress bar; raises CommandError when a file could not be read."""
        command = [*self._start, "ingest", str(folder)]
        if subprocess.run(command, env=self._environment, check=False).returncode != 0:
            raise CommandError("the sample seminar could not be ingested; the lines above say why")

    def ingest_steps(self, folder: Path) -> list[dict[str, Any]]:
        """Ingest and return the steps that the command tells as JSON, the summary last."""
        return [json.loads(line) for line in self._output("ingest", "--json", str(folder)).splitlines()]

    def status(self) -> dict[str, Any]:
        """Return what `archive status --json` says."""
        status: dict[str, Any] = json.loads(self._output("status", "--json"))
        return status

    def admin_link(self, login: str) -> str:
        """Return the path of a one-time link of an admin, who is added; "" where they can sign in already."""
        accounts = json.loads(self._output("user", "list", "--json"))["accounts"]
        known = next((one for one in accounts if one["login"] == login), None)
        if known and (known["has_password"] or known["has_passkey"]):
            return ""
        made = ("link", login) if known else ("add", login, "--role", "admin")
        address = self._output("user", *made).splitlines()[-1].strip()
        return address[address.index("/link/") :]

    def serve(self, port: int, errors: IO[str] | None = None) -> "Server":
        """Start the server and wait until it says that it is ready; raises CommandError if it does not."""
        command = [*self._start, "serve", "--host", HOST, "--port", str(port)]
        # In a session of its own: Ctrl-C reaches this process alone, which then ends the server in order.
        process = subprocess.Popen(
            command,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        server = Server(process)
        try:
            server.wait_until_ready()
        except BaseException:
            server.end()
            raise
        return server

    def _output(self, *arguments: str) -> str:
        command = [*self._start, *arguments]
        done = subprocess.run(
            command, env=self._environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        if done.returncode != 0:
            raise CommandError(
                f"`archive {arguments[0]}` ended with {done.returncode}: {done.stderr.strip()}"
            )
        return done.stdout


class Server:
    """A running `archive serve`. `address` is set once it is ready."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._lines: queue.Queue[str] = queue.Queue()
        self.address = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_until_ready(self) -> None:
        """Wait for the line with the address."""
        while not self.address:
            try:
                line = self._lines.get(timeout=_START_S)
            except queue.Empty:
                raise CommandError(f"`archive serve` was not ready after {_START_S:.0f} seconds") from None
            if not line:
                raise CommandError("`archive serve` ended before it was ready")
            if line.startswith(_READY):
                self.address = line.removeprefix(_READY).strip()

    def wait(self) -> int:
        """Wait until the server ends by itself; return its exit code."""
        return self._process.wait()

    def end(self) -> bool:
        """Ask the server to end (SIGTERM) and wait; return False if it had to be killed."""
        with contextlib.suppress(ProcessLookupError):
            self._process.terminate()
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return False
        self._reader.join(_END_S)
        return True

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._lines.put(line)
        self._lines.put("")


def free_port(wanted: int) -> int:
    """Return the first port from `wanted` on that nobody listens on; 0 gives any free one."""
    for port in range(wanted, min(wanted + _PORTS_TRIED, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            free: int = probe.getsockname()[1]
            return free
    raise CommandError(f"no port from {wanted} on is free; choose another with --port")
