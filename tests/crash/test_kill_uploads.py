"""A server that is killed while files are sent to it loses nothing of what it has acknowledged."""

import http.client
import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

import pytest

from archive.accounts.tokens import token_digest
from archive.app import open_archive
from archive.catalogue.accounts import accounts, login_sessions
from archive.catalogue.uploads import readings
from archive.model.accounts import Role, SignInMethod
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.settings.settings import load_settings
from archive.web.http.signed_in import COOKIE
from tests.crash.campaign import ENVIRONMENT, make_pdf
from tests.waiting import HANG_S, wait_until

pytestmark = pytest.mark.long

KILLS = int(os.environ.get("ARCHIVE_CRASH_KILLS", "6"))
FILES = 6
TOKEN = "t" * 43
PIECE_MAX_BYTES = 700


class Sender:
    """Sends files in small pieces and remembers what was acknowledged."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.files: dict[str, bytes] = {}
        self.words: dict[str, str] = {}
        self.places: dict[str, str] = {}
        self.offsets: dict[str, int] = {}

    def add(self, folder: Path, count: int) -> None:
        """Make some files, each with a word of its own."""
        for _ in range(count):
            number = len(self.files)
            path = folder / f"fil{number:03d}.pdf"
            self.words[path.name] = f"ordet{number:03d}x"
            make_pdf(path, self.words[path.name])
            self.files[path.name] = path.read_bytes()

    def send(self, port: int, pieces: int | None) -> None:
        """Send so many pieces, of any files; None: all there is."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=HANG_S)
        try:
            while unfinished := [name for name in self.files if self.offsets.get(name, -1) < self.size(name)]:
                if pieces is not None:
                    pieces -= 1
                    if pieces < 0:
                        return
                self._send_one(connection, self.random.choice(unfinished))
        finally:
            connection.close()

    def look(self, port: int) -> None:
        """Ask how far each file is: never less than was acknowledged."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=HANG_S)
        for name, place in self.places.items():
            answer = self._ask(connection, "HEAD", place)
            assert answer.status == 200
            offset = int(answer.headers["Upload-Offset"])
            assert offset >= self.offsets[name], f"{name}: {offset} of {self.offsets[name]} bytes are there"
            self.offsets[name] = offset
        connection.close()

    def size(self, name: str) -> int:
        return len(self.files[name])

    def _send_one(self, connection: http.client.HTTPConnection, name: str) -> None:
        if name not in self.places:
            answer = self._ask(
                connection, "POST", "/staff/uploads", b"", {"Upload-Length": str(self.size(name))}
            )
            assert answer.status == 201
            self.places[name] = answer.headers["Location"]
            self.offsets[name] = 0
            return
        offset = self.offsets[name]
        body = self.files[name][offset : offset + self.random.randint(1, PIECE_MAX_BYTES)]
        answer = self._ask(connection, "PATCH", self.places[name], body, {"Upload-Offset": str(offset)})
        assert answer.status == 204
        self.offsets[name] = int(answer.headers["Upload-Offset"])

    def _ask(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        path: str,
        body: bytes = b"",
        more: Mapping[str, str] = MappingProxyType({}),
    ) -> http.client.HTTPResponse:
        headers = {
            "Tus-Resumable": "1.0.0",
            "Cookie": f"{COOKIE}={TOKEN}",
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/offset+octet-stream",
            **more,
        }
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        answer.read()
        return answer


def _start(data: Path) -> tuple["subprocess.Popen[str]", int]:
    process = subprocess.Popen(
        [sys.executable, "-m", "archive.cli.main", "--data", str(data), "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=ENVIRONMENT,
    )
    assert process.stdout
    port = re.search(r":(\d+)/", process.stdout.readline())
    assert port
    return process, int(port[1])


@pytest.mark.timeout(120 + KILLS * 20)
def test_killed_server_loses_nothing_of_what_was_sent(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "files"
    folder.mkdir()
    with open_archive(load_settings(data)) as archive, archive.database.write() as session:
        account = accounts.add(session, "anna", "Anna", Role.STAFF, "test")
        day = timedelta(days=1)
        login_sessions.begin(session, account.id, token_digest(TOKEN), SignInMethod.LINK, "test", day, day)
    sender = Sender(1)
    for kill in range(KILLS):
        if kill % 3 == 0:
            sender.add(folder, FILES)
        process, port = _start(data)
        try:
            sender.look(port)
            pieces = sender.random.randint(0, 60)
            with suppress(OSError, http.client.HTTPException):
                sender.send(port, pieces)
        finally:
            process.send_signal(signal.SIGKILL)
            process.communicate()
    process, port = _start(data)
    try:
        sender.look(port)
        sender.send(port, None)
        wait_until(lambda: _are_searchable(data, len(sender.files)), "every file is found by a search")
    finally:
        process.terminate()
        process.communicate(timeout=HANG_S)
    _assert_each_found_once(data, sender)


def _are_searchable(data: Path, count: int) -> bool:
    with open_archive(load_settings(data)) as archive, archive.database.read() as session:
        rows = readings.rows(session, None, 1000)
    return len([row for row in rows if row.files and all(file.searchable_at for file in row.files)]) == count


def _assert_each_found_once(data: Path, sender: Sender) -> None:
    with open_archive(load_settings(data)) as archive:
        for name, word in sender.words.items():
            result = archive.search.search(Question(word), Visibility.STAFF)
            assert result.total_slides == 1, f"{name}: {result.total_slides} pages say {word}"
            assert archive.search.search(Question(word), Visibility.PUBLIC).total_slides == 0
        assert list(archive.problems()) == []
    assert [path.name for path in (data / "uploads").iterdir() if not path.name.startswith(".")] == []
