"""Sends files to a server that may be killed, publishes them, and remembers what was acknowledged."""

import http.client
import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlencode

from lxml import html

from archive.web.http.signed_in import COOKIE
from tests.crash.campaign import make_pdf
from tests.waiting import HANG_S
from tests.web.page_tree import form_with

TOKEN = "t" * 43
_PIECE_MAX_BYTES = 700
_PUBLISHED_SHARE = 0.1
_FORM = "application/x-www-form-urlencoded"


class Sender:
    """Sends files in small pieces and publishes drafts; `published` are those that were acknowledged."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.files: dict[str, bytes] = {}
        self.words: dict[str, str] = {}
        self.places: dict[str, str] = {}
        self.offsets: dict[str, int] = {}
        self.drafts: list[str] = []
        self.published: set[str] = set()
        self._sent: set[str] = set()

    def add(self, folder: Path, count: int) -> None:
        """Make some files, each with a word of its own."""
        for _ in range(count):
            number = len(self.files)
            path = folder / f"fil{number:03d}.pdf"
            self.words[path.name] = f"ordet{number:03d}x"
            make_pdf(path, self.words[path.name])
            self.files[path.name] = path.read_bytes()

    def send(self, port: int, pieces: int | None) -> None:
        """Send so many pieces, of any files, and publish a draft now and then; None: all there is to send."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=HANG_S)
        try:
            while unfinished := [name for name in self.files if self.offsets.get(name, -1) < self.size(name)]:
                if pieces is not None:
                    pieces -= 1
                    if pieces < 0:
                        return
                    if self.drafts and self.random.random() < _PUBLISHED_SHARE:
                        self._publish(connection, self.random.choice(self.drafts))
                self._send_one(connection, self.random.choice(unfinished))
        finally:
            connection.close()

    def look(self, port: int, *, is_last: bool = False) -> None:
        """Ask how far each file is that was sent since the last look: what was acknowledged is there.

        At the last look all files are asked for.
        """
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=HANG_S)
        for name, place in self.places.items():
            if not is_last and name not in self._sent:
                continue
            answer, _ = self._ask(connection, "HEAD", place)
            assert answer.status == 200
            offset = int(answer.headers["Upload-Offset"])
            assert offset >= self.offsets[name], f"{name}: {offset} of {self.offsets[name]} bytes are there"
            self.offsets[name] = offset
        self._sent.clear()
        connection.close()

    def publish(self, port: int, document_ids: Iterable[str]) -> None:
        """Publish drafts."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=HANG_S)
        for document_id in document_ids:
            self._publish(connection, document_id)
        connection.close()

    def size(self, name: str) -> int:
        return len(self.files[name])

    def _send_one(self, connection: http.client.HTTPConnection, name: str) -> None:
        self._sent.add(name)
        if name not in self.places:
            answer, _ = self._ask(
                connection, "POST", "/staff/uploads", b"", {"Upload-Length": str(self.size(name))}
            )
            assert answer.status == 201
            self.places[name] = answer.headers["Location"]
            self.offsets[name] = 0
            return
        offset = self.offsets[name]
        body = self.files[name][offset : offset + self.random.randint(1, _PIECE_MAX_BYTES)]
        answer, _ = self._ask(connection, "PATCH", self.places[name], body, {"Upload-Offset": str(offset)})
        assert answer.status == 204
        self.offsets[name] = int(answer.headers["Upload-Offset"])

    def _publish(self, connection: http.client.HTTPConnection, document_id: str) -> None:
        """Press the button on a draft's page, with the form as it is filled in."""
        path = f"/staff/documents/{document_id}"
        answer, body = self._ask(connection, "GET", path)
        assert answer.status == 200
        form = form_with(html.document_fromstring(body), "Spara")
        fields = urlencode([*form.form_values(), ("do", "publish")])
        answer, _ = self._ask(connection, "POST", path, fields.encode(), {"Content-Type": _FORM})
        if answer.status == 409:
            return  # it was read since the form was made: a person is shown both
        assert answer.status == 303, f"{document_id}: {answer.status}"
        self.published.add(document_id)
        self.drafts = [one for one in self.drafts if one != document_id]

    def _ask(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        path: str,
        body: bytes = b"",
        more: Mapping[str, str] = MappingProxyType({}),
    ) -> tuple[http.client.HTTPResponse, bytes]:
        headers = {
            "Tus-Resumable": "1.0.0",
            "Cookie": f"{COOKIE}={TOKEN}",
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/offset+octet-stream",
            **more,
        }
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        return answer, answer.read()
