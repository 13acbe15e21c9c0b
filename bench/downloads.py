"""Takes all pages along from `archive serve`: time, memory, and what searches notice of ten at once.

`python -m bench.downloads --pages N [--json]` makes an archive of N synthetic slides (`--data FOLDER` keeps
it, and uses one that is there), serves it on loopback and measures

- one download of all pages in each format: the first byte, the whole, what the server's memory grows by,
- how long the server works on for a client that has left,
- searches without and with ten downloads, in turns, so that both meet the same machine.
"""

import argparse
import http.client
import json
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bench.load import Server, ask_all, fill_archive, result_addresses, served
from bench.report import Row, percentile, print_table, value_row
from bench.synthetic.corpus import load_text
from bench.synthetic.decks import DeckMaker
from bench.synthetic.questions import QuestionMaker

_PIECE_BYTES = 256 * 1024
_TIMEOUT_S = 600.0
_AT_ONCE = 10
_FORMATS = ("jsonl", "csv", "parquet", "xlsx", "ris")
_MEMORY_EVERY_S = 0.05
_WINDOW_S, _BUSY_SHARE = 0.1, 0.3
"""A server that works for nobody uses a few hundredths of a core: its clock, and what follows changes."""
_SETTINGS = "[downloads]\nper_hour_max = 100000\nper_visitor_max = 64\n"


@dataclass
class Taken:
    """A download: seconds to the first byte of the file and to its last, its size."""

    first_s: float
    whole_s: float
    size_bytes: int


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.downloads", description=__doc__)
    parser.add_argument("--pages", type=int, default=100_000, help="how many slides (default 100000)")
    parser.add_argument("--requests", type=int, default=300, help="how many searches in each stretch")
    parser.add_argument("--stretches", type=int, default=3, help="how often with and without downloads")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--data", type=Path, help="keep the archive here, and use one that is there")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        rows = _measure(options, options.data or Path(temporary) / "data")
    if options.json:
        print(json.dumps({"pages": options.pages, "rows": rows}, ensure_ascii=False))
    else:
        print_table(rows)
    return 0


def _measure(options: argparse.Namespace, data: Path) -> list[Row]:
    maker = DeckMaker(load_text(), options.seed)
    if not data.exists():
        fill_archive(data, maker, options.pages)
    (data / "archive.toml").write_text(_SETTINGS, "utf-8")
    count = 2 * options.stretches * options.requests
    addresses = result_addresses(QuestionMaker(maker, options.pages), 40 + count)
    with served(data) as server:
        ask_all(server.port, addresses[:40], 2)
        _wait_until_idle(server)  # a new archive is made ready: the index is merged, slides are compared
        rows = [row for name in _FORMATS for row in _one(server, name)]
        rows.append(_after_leaving(server))
        rows += _side_by_side(server, addresses[40:], options)
    return rows


def _one(server: Server, file_format: str) -> Iterator[Row]:
    with _memory(server.pid) as memory:
        taken = _take(server.port, f"/download/{file_format}")
    title = f"all pages as {file_format}"
    yield value_row(f"{title}: first byte", "serve", taken.first_s * 1000, "ms")
    yield value_row(f"{title}: whole", "serve", taken.whole_s, "s")
    yield value_row(f"{title}: size", "serve", taken.size_bytes / 1e6, "MB")
    yield value_row(f"{title}: more memory", "serve", memory.grown_mb, "MB")


def _take(port: int, path: str, is_over: threading.Event | None = None) -> Taken:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)
    began = time.monotonic()
    connection.request("GET", path)
    answer = connection.getresponse()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    first_s, size = 0.0, 0
    while piece := answer.read1(_PIECE_BYTES):
        first_s = first_s or time.monotonic() - began
        size += len(piece)
        if is_over is not None and is_over.is_set():
            break
    connection.close()
    return Taken(first_s, time.monotonic() - began, size)


@dataclass
class _Memory:
    grown_mb: float = 0.0


@contextmanager
def _memory(pid: int) -> Iterator[_Memory]:
    """Watch by how much the memory of a process grows at most while the context lasts."""
    process, told, is_over = psutil.Process(pid), _Memory(), threading.Event()
    before = process.memory_info().rss

    def watch() -> None:
        while not is_over.wait(_MEMORY_EVERY_S):
            told.grown_mb = max(told.grown_mb, (process.memory_info().rss - before) / 1e6)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        is_over.set()
        thread.join()


def _after_leaving(server: Server) -> Row:
    """Return how long the server still works for a client that has left after the first bytes."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_TIMEOUT_S)
    connection.request("GET", "/download/jsonl")
    connection.getresponse().read(_PIECE_BYTES)
    connection.close()
    return value_row("work after the client has left", "serve", _wait_until_idle(server), "s")


def _wait_until_idle(server: Server) -> float:
    """Wait until the server has done nothing for two seconds; return for how many it worked on."""
    process = psutil.Process(server.pid)
    began = last_busy = time.monotonic()
    used = sum(process.cpu_times()[:2])
    while time.monotonic() - last_busy < 2:
        time.sleep(_WINDOW_S)
        now = sum(process.cpu_times()[:2])
        if now - used > _BUSY_SHARE * _WINDOW_S:
            last_busy = time.monotonic()
        used = now
    return last_busy - began


@dataclass
class _Both:
    quiet: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    errors: int = 0


def _side_by_side(server: Server, addresses: Sequence[str], options: argparse.Namespace) -> list[Row]:
    found, stretch = _Both(), options.requests
    taken_bytes = [0]
    for nth in range(options.stretches):
        own = addresses[2 * nth * stretch :][: 2 * stretch]
        quiet = ask_all(server.port, own[:stretch], 1)
        with _downloads(server.port, taken_bytes):
            busy = ask_all(server.port, own[stretch:], 1)
        found.quiet += quiet.times_s
        found.busy += busy.times_s
        found.errors += quiet.errors + busy.errors
    shares = {share: percentile(found.busy, share) / percentile(found.quiet, share) for share in (50, 95)}
    return [
        _row("one search", found.quiet),
        _row(f"one search during {_AT_ONCE} downloads", found.busy),
        value_row("p50 with ÷ without", "serve", shares[50], ""),
        value_row("p95 with ÷ without", "serve", shares[95], ""),
        value_row("taken along meanwhile", "serve", taken_bytes[0] / 1e6, "MB"),
        value_row("errors", "serve", found.errors, "searches that are not 200"),
    ]


def _row(work: str, times_s: Sequence[float]) -> Row:
    p50, p95 = (round(1000 * percentile(times_s, share), 2) for share in (50, 95))
    return {"work": work, "engine": "serve", "p50_ms": p50, "p95_ms": p95}


@contextmanager
def _downloads(port: int, taken_bytes: list[int]) -> Iterator[None]:
    """Keep ten downloads of everything running while the context lasts."""
    is_over = threading.Event()

    def take() -> None:
        while not is_over.is_set():
            taken_bytes[0] += _take(port, "/download/jsonl", is_over).size_bytes

    threads = [threading.Thread(target=take) for _ in range(_AT_ONCE)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        is_over.set()
        for thread in threads:
            thread.join()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
