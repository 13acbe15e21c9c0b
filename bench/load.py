"""Puts an archive under load: eight clients ask `archive serve` over HTTP, before and during an ingest.

`python -m bench.load --pages N [--json]` makes an archive of N synthetic slides, indexes it with `archive
rebuild`, serves it on loopback and asks a bounded number of distinct questions. `--data FOLDER` keeps the
archive and uses it again; `--ingest FOLDER` names the files that are ingested meanwhile (default: the sample
seminar).
"""

import argparse
import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from archive.app import open_archive
from archive.settings.settings import load_settings
from bench.report import Row, percentile, print_table, value_row
from bench.synthetic.catalogue import fill_catalogue
from bench.synthetic.corpus import load_text
from bench.synthetic.decks import DeckMaker
from bench.synthetic.questions import Question, QuestionMaker, Work

_ROOT = Path(__file__).parents[1]
_COMMAND = [sys.executable, "-m", "archive.cli.main"]
_START_S = 180.0
_INGEST_S = 600.0
_ASKED = (Work.RARE, Work.COMMON, Work.AND, Work.PHRASE, Work.PREFIX, Work.FILTER)
_TIMEOUT_S = 60.0


@dataclass
class Answers:
    """How long answers took, how many failed (no answer, or not 200), and the time of all of them."""

    times_s: list[float] = field(default_factory=list)
    errors: int = 0
    wall_s: float = 0.0

    def percentile_ms(self, share: int) -> float:
        """Return the time that `share` per cent of the answers do not exceed; 0 without answers."""
        return 1000 * percentile(self.times_s, share) if self.times_s else 0.0


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--pages", type=int, default=100_000, help="how many slides (default 100000)")
    parser.add_argument("--requests", type=int, default=800, help="how many in each stretch")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--data", type=Path, help="keep the archive here, and use one that is there")
    parser.add_argument("--ingest", type=Path, default=_ROOT / "samples" / "seminar")
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
    rows = [] if data.exists() else fill_archive(data, maker, options.pages)
    addresses = _addresses(QuestionMaker(maker, options.pages), 2 * options.requests)
    with served(data) as server:
        port = server.port
        ask_all(port, addresses[:20], options.clients)
        quiet = ask_all(port, addresses[: options.requests], options.clients)
        began = time.monotonic()
        ingest = subprocess.Popen(
            [*_COMMAND, "--data", str(data), "ingest", "--quiet", str(options.ingest)],
            stdout=subprocess.DEVNULL,
        )
        busy = ask_all(port, addresses[options.requests :], options.clients)
        was_running = ingest.poll() is None
        ended_with = ingest.wait(_INGEST_S)
        took_s = time.monotonic() - began
    rows += [*_rows("load", quiet), *_rows("load during an ingest", busy)]
    share = 1.0 if was_running else min(1.0, took_s / busy.wall_s)
    rows.append(value_row("share of that time with the ingest running", "serve", share, "1 = all"))
    rows.append(value_row("the ingest, from its start to its end", "serve", took_s, "s"))
    rows.append(value_row("the ingest ended with", "serve", ended_with, "0 = well"))
    return rows


def fill_archive(data: Path, maker: DeckMaker, page_count: int) -> list[Row]:
    """Make an archive of synthetic slides in a folder and index it; return the rate."""
    with open_archive(load_settings(data)) as archive:
        began = time.monotonic()
        fill_catalogue(archive, maker, page_count)
        print(f"The catalogue was filled in {time.monotonic() - began:.0f} s.", file=sys.stderr)
    began = time.monotonic()
    subprocess.run([*_COMMAND, "--data", str(data), "rebuild", "--quiet"], check=True)
    return [value_row("archive rebuild", "serve", page_count / (time.monotonic() - began), "slides per s")]


def result_addresses(maker: QuestionMaker, count: int) -> list[str]:
    """Return the addresses of result pages of distinct questions, of each kind in turn, at most `count`."""
    works = maker.questions(count)
    kinds = [works[work] for work in _ASKED]
    in_turn = [kind[nth] for nth in range(count) for kind in kinds if nth < len(kind)]
    return list(dict.fromkeys(_address(question) for question in in_turn))[:count]


def _addresses(maker: QuestionMaker, count: int) -> list[str]:
    """Return what is requested, all with facets: result pages, and one in four from the API."""
    pages = result_addresses(maker, count)
    return [f"/api/search{page[1:]}" if nth % 4 == 0 else page for nth, page in enumerate(pages)]


def _address(question: Question) -> str:
    words = " ".join(question.words)
    text = {Work.PHRASE: f'"{words}"', Work.PREFIX: f"{words}*"}.get(question.work, words)
    filters = {"language": "sv"} if question.work is Work.FILTER else {}
    return f"/?{urlencode({'q': text, **filters})}"


@dataclass(frozen=True)
class Server:
    """A running server: its port on loopback, and its process."""

    port: int
    pid: int


@contextmanager
def served(data: Path, log: Path | None = None) -> Iterator[Server]:
    """Run `archive serve` on a free port of loopback while the context lasts; what it logs goes to `log`."""
    command = [*_COMMAND, "--data", str(data), "serve", "--port", "0", "--host", "127.0.0.1", "--quiet"]
    # Waitress warns about every request that has to wait, which is intended here.
    with (log or Path(os.devnull)).open("ab") as said:
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, text=True)
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        port = re.search(r":(\d+)/", line)
        if port is None:
            raise RuntimeError(f"The server did not start; see what it says: {' '.join(command)}")
        yield Server(int(port[1]), server.pid)
    finally:
        server.terminate()
        server.wait(_START_S)


def _rows(title: str, answers: Answers) -> list[Row]:
    return [
        {
            "work": f"{title}: one search",
            "engine": "serve",
            "p50_ms": round(answers.percentile_ms(50), 2),
            "p95_ms": round(answers.percentile_ms(95), 2),
        },
        value_row(f"{title}: p99", "serve", answers.percentile_ms(99), "ms"),
        value_row(f"{title}: rate", "serve", len(answers.times_s) / answers.wall_s, "searches per s"),
        value_row(f"{title}: errors", "serve", answers.errors, f"of {len(answers.times_s) + answers.errors}"),
    ]


def ask_all(port: int, addresses: Sequence[str], clients: int) -> Answers:
    """Ask for every address once, `clients` at a time, from the server at `port` of loopback."""
    answers, waiting, lock = Answers(), iter(addresses), threading.Lock()
    threads = [
        threading.Thread(target=_ask_some, args=(port, waiting, lock, answers)) for _ in range(clients)
    ]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.wall_s = time.monotonic() - began
    return answers


def _ask_some(port: int, waiting: Iterator[str], lock: threading.Lock, answers: Answers) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)
    while True:
        with lock:
            address = next(waiting, None)
        if address is None:
            connection.close()
            return
        began = time.monotonic()
        is_good = _is_answered(connection, address)
        took_s = time.monotonic() - began
        with lock:
            if is_good:
                answers.times_s.append(took_s)
            else:
                answers.errors += 1


def _is_answered(connection: http.client.HTTPConnection, address: str) -> bool:
    try:
        connection.request("GET", address)
        response = connection.getresponse()
        response.read()
    except (OSError, http.client.HTTPException):
        connection.close()  # it is reopened for the next request
        return False
    return response.status == 200


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
