"""Sends much to a server that runs in a process of its own: `python -m bench.uploads cut|many|searchable`.

`cut` sends one large file through a proxy that cuts the connection again and again; `many` sends files over
several connections and looks at the server's memory meanwhile. Each file is read back and compared.
`searchable` sends the decks and the report of the sample seminar and waits until a search has found each.
Ends with 1 where a bound is not kept: 1 % of bytes sent twice, 150 MB of memory, 20 s a deck.
"""

import argparse
import hashlib
import itertools
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import psutil
import requests
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError
from tusclient.uploader.uploader import Uploader

from archive.accounts.api_tokens import new_api_token
from archive.app import open_archive
from archive.catalogue.accounts import accounts
from archive.catalogue.database.address import catalogue_address
from archive.catalogue.database.database import Database
from archive.catalogue.uploads import readings
from archive.model.accounts import Role, TokenScope
from archive.settings.settings import Settings
from bench.load import Server, served
from bench.report import Row, print_table, value_row
from tests.web.cutting_proxy import cutting_proxy

_MIB = 1024 * 1024
_SENT_TWICE_MAX = 0.01
_MEMORY_MAX_BYTES = 150_000_000
_DECK_MAX_S = 20.0
_SAMPLES = Path(__file__).parents[1] / "samples" / "seminar"
_LOOK_EVERY_S = 0.05
_TRIES_MAX = 1_000
_TAKEN_S = 300
# Known as a PDF, with nothing in it to read.
_HEAD = b"%PDF-1.7\n"


def main(arguments: Sequence[str]) -> int:
    """Send, and print what arrived and what it cost; return 1 where a bound was not kept."""
    parser = argparse.ArgumentParser(prog="python -m bench.uploads", description=__doc__)
    parser.add_argument("campaign", choices=tuple(_CAMPAIGNS))
    parser.add_argument("--files", type=int, default=500, help="of `many`")
    parser.add_argument("--mib", type=int, help="of each file: cut 200, many 10")
    parser.add_argument("--connections", type=int, default=6, help="of `many`")
    parser.add_argument("--cut-every-mib", type=int, default=20, help="of `cut`")
    parser.add_argument("--piece-kib", type=int, default=192, help="how much is sent at once by `cut`")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        token = _token(data)
        with served(data) as server:
            rows, is_good = _CAMPAIGNS[options.campaign](server, token, data, options)
    print_table(rows)
    print("kept" if is_good else "NOT KEPT")
    return 0 if is_good else 1


def _token(data: Path) -> str:
    """Make an archive with an account that may send files, and return its token."""
    with open_archive(Settings(data=data)) as archive:
        with archive.database.write() as session:
            person = accounts.add(session, "bench@example.org", "Bench", Role.STAFF, "bench")
        return new_api_token(archive.database, person, "bench", TokenScope.WRITE, 1, "bench")[0]


def _cut(server: Server, token: str, data: Path, options: argparse.Namespace) -> tuple[list[Row], bool]:
    content = _HEAD + random.Random(5).randbytes((options.mib or 200) * _MIB)
    with cutting_proxy(server.port, options.cut_every_mib * _MIB) as proxy:
        uploader = _uploader(proxy.port, token, content, "stor.pdf", options.piece_kib * 1024)
        tries = _send(uploader)
        arrived = _is_here(data, content)
        twice = proxy.body_bytes / len(content) - 1
    rows = [
        value_row("connections cut", "serve", proxy.cuts, "times"),
        value_row("requests that failed", "serve", tries, "times"),
        value_row("sent twice", "serve", 100 * twice, "% of the bytes"),
        value_row("bit-exact", "serve", arrived, "files"),
    ]
    return rows, arrived == 1 and twice <= _SENT_TWICE_MAX and proxy.cuts > 0


def _many(server: Server, token: str, data: Path, options: argparse.Namespace) -> tuple[list[Row], bool]:
    size = (options.mib or 10) * _MIB
    numbers, arrived, lock = iter(range(options.files)), itertools.count(), threading.Lock()

    def work() -> None:
        for number in iter(lambda: _next(numbers, lock), None):
            content = _HEAD + random.Random(number).randbytes(size)
            uploader = _uploader(server.port, token, content, f"fil {number}.pdf", 4 * _MIB)
            _send(uploader)
            if _is_here(data, content):
                next(arrived)

    process = psutil.Process(server.pid)
    before = process.memory_full_info().uss
    with _highest_memory(process) as highest:
        threads = [threading.Thread(target=work) for _ in range(options.connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    count = next(arrived)
    rows = [
        value_row("bit-exact", "serve", count, f"of {options.files} files"),
        value_row("sent", "serve", options.files * size / 1e9, "GB"),
        value_row("own memory of the server before", "serve", before / 1e6, "MB"),
        value_row("own memory of the server, highest", "serve", highest[0] / 1e6, "MB"),
    ]
    return rows, count == options.files and highest[0] <= _MEMORY_MAX_BYTES


def _searchable(
    server: Server, token: str, data: Path, _options: argparse.Namespace
) -> tuple[list[Row], bool]:
    files = sorted(path for path in _SAMPLES.iterdir() if path.suffix in (".pptx", ".pdf"))
    process = psutil.Process(server.pid)
    before_s, began = _cpu_s(process), datetime.now(UTC)
    for path in files:
        _send(_uploader(server.port, token, path.read_bytes(), path.name, 4 * _MIB))
    found: dict[str, float] = {}
    with closing(Database.open(catalogue_address(Settings(data=data)))) as database:
        while len(found) < len(files):
            time.sleep(_LOOK_EVERY_S)
            with database.read() as session:
                rows = readings.rows(session, None, len(files))
            found = {
                row.upload.given.filename: (row.files[0].searchable_at - began).total_seconds()
                for row in rows
                if row.files and row.files[0].searchable_at
            }
    cpu_s = _cpu_s(process) - before_s
    told = [
        value_row(f"searchable after: {name}", "serve", took_s, "s") for name, took_s in sorted(found.items())
    ]
    told.append(
        value_row("processor time of all that was done by then", "serve", cpu_s / len(files), "s a file")
    )
    told.append(value_row("load of the machine", "all", os.getloadavg()[0], "processes"))
    return told, max(found.values()) <= _DECK_MAX_S * len(files)


def _cpu_s(process: psutil.Process) -> float:
    """Return the processor time of a process and all that it has started, those that have ended too."""
    return sum(sum(one.cpu_times()[:4]) for one in (process, *process.children(recursive=True)))


def _next(numbers: Iterator[int], lock: threading.Lock) -> int | None:
    with lock:
        return next(numbers, None)


def _uploader(port: int, token: str, content: bytes, name: str, piece_bytes: int) -> Uploader:
    client = TusClient(f"http://127.0.0.1:{port}/staff/uploads", {"Authorization": f"Bearer {token}"})
    return client.uploader(file_stream=BytesIO(content), chunk_size=piece_bytes, metadata={"filename": name})


def _send(uploader: Uploader) -> int:
    """Send a file to its end, and return how often that was begun again."""
    has_begun = False
    for again in range(_TRIES_MAX):
        try:
            if has_begun:
                uploader.offset = uploader.get_offset()
            else:
                uploader.set_url(uploader.create_url())
                has_begun = True
            uploader.upload()
        except (TusCommunicationError, requests.RequestException):
            continue
        return again
    raise RuntimeError("The file did not arrive.")


def _is_here(data: Path, content: bytes) -> int:
    """Return 1 where the archive keeps these bytes as an original, once it has taken them in."""
    name = hashlib.sha256(content).hexdigest()
    until = time.monotonic() + _TAKEN_S
    while time.monotonic() < until:
        path = data / "originals" / name[:2] / name
        if path.exists():
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == name
        time.sleep(_LOOK_EVERY_S)
    return 0


@contextmanager
def _highest_memory(process: psutil.Process) -> Iterator[list[int]]:
    """Look at what a process has for itself again and again; the one value is the highest, in bytes."""
    highest, ended = [0], threading.Event()

    def look() -> None:
        while not ended.wait(_LOOK_EVERY_S):
            highest[0] = max(highest[0], process.memory_full_info().uss)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield highest
    finally:
        ended.set()
        thread.join()


_CAMPAIGNS = {"cut": _cut, "many": _many, "searchable": _searchable}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
