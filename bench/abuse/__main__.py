"""Runs one campaign: `python -m bench.abuse fuzz|slow|memory [--data FOLDER]`."""

import argparse
import json
import sys
import tempfile
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from bench.abuse import __doc__ as description
from bench.abuse.clients import SlowClients, honest_beside, statuses
from bench.abuse.requests import requests
from bench.load import ask_all, fill_archive, result_addresses, served
from bench.report import Row, print_table, value_row
from bench.synthetic.corpus import load_text
from bench.synthetic.decks import DeckMaker
from bench.synthetic.questions import QuestionMaker

_P95_MAX_MS = 2000.0
_GROWTH_MAX = 1.1


def main(arguments: Sequence[str]) -> int:
    """Run a campaign and print its figures; return 1 where the server did not stand it."""
    parser = argparse.ArgumentParser(prog="python -m bench.abuse", description=description)
    parser.add_argument("campaign", choices=("fuzz", "slow", "memory"))
    parser.add_argument("--data", type=Path, help="an archive to serve, else one is made")
    parser.add_argument("--pages", type=int, default=20_000, help="slides of the one that is made")
    parser.add_argument("--requests", type=int, help="fuzz 20000, slow 800, memory 50000")
    parser.add_argument("--slow", type=int, default=200, help="slow and unreading clients")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--settle-s", type=float, default=5.0, help="how long slow ones gather before")
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--log", type=Path, help="where the server's log goes, else nowhere")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        data = options.data or Path(temporary) / "data"
        maker = DeckMaker(load_text(), options.seed)
        if not data.exists():
            fill_archive(data, maker, options.pages)
        with served(data, options.log) as server:
            rows, is_good = _CAMPAIGNS[options.campaign](server.port, server.pid, options, maker)
    print_table(rows)
    print("stood" if is_good else "NOT STOOD")
    return 0 if is_good else 1


def _fuzz(port: int, pid: int, options: argparse.Namespace, maker: DeckMaker) -> tuple[list[Row], bool]:
    del maker
    made = requests(options.seed, options.requests or 20_000, _document_ids(port))
    before = _resident_bytes(pid)
    counted, failed = statuses(port, made, options.clients)
    rows = [
        value_row(f"answered with {status}", "serve", count, "requests")
        for status, count in sorted(counted.items())
    ]
    rows.append(value_row("resident memory", "serve", _resident_bytes(pid) / before, "times that before"))
    for request in failed[:20]:
        print(f"failed: {request[:300]!r}", file=sys.stderr)
    return rows, not failed and _is_well(port)


def _slow(port: int, pid: int, options: argparse.Namespace, maker: DeckMaker) -> tuple[list[Row], bool]:
    addresses = _addresses(options, maker, options.requests or 800)
    quiet = ask_all(port, addresses[:100], options.clients)
    (known, *_) = [*_document_ids(port), "nothing"]
    slow = SlowClients(port, options.slow, f"/d/{known}/original")
    answers = honest_beside(slow, addresses, options.clients, options.settle_s)
    rows = [
        value_row("p95 of honest clients alone", "serve", quiet.percentile_ms(95), "ms"),
        value_row("p50 beside the slow ones", "serve", answers.percentile_ms(50), "ms"),
        value_row("p95 beside the slow ones", "serve", answers.percentile_ms(95), "ms"),
        value_row("longest", "serve", answers.percentile_ms(100), "ms"),
        value_row("errors", "serve", answers.errors, f"of {len(addresses)}"),
        value_row("connections of slow ones", "serve", slow.opened, f"by {options.slow} clients"),
        value_row("resident memory", "serve", _resident_bytes(pid) / 2**20, "MiB"),
    ]
    return rows, not answers.errors and answers.percentile_ms(95) < _P95_MAX_MS and _is_well(port)


def _memory(port: int, pid: int, options: argparse.Namespace, maker: DeckMaker) -> tuple[list[Row], bool]:
    total = options.requests or 50_000
    addresses = _addresses(options, maker, min(total, 2_000))
    tenth = total // 10
    sizes: list[int] = []
    errors = 0
    for part in range(10):
        asked = [addresses[(part * tenth + number) % len(addresses)] for number in range(tenth)]
        errors += ask_all(port, asked, options.clients).errors
        sizes.append(_resident_bytes(pid))
    rows = [
        value_row(f"resident after {(part + 1) * tenth} requests", "serve", size / 2**20, "MiB")
        for part, size in enumerate(sizes)
    ]
    growth = sizes[-1] / sizes[4]  # caches have filled by the middle
    rows.append(value_row("growth in the second half", "serve", growth, "times"))
    rows.append(value_row("errors", "serve", errors, f"of {10 * tenth}"))
    return rows, growth < _GROWTH_MAX and not errors


_CAMPAIGNS = {"fuzz": _fuzz, "slow": _slow, "memory": _memory}


def _addresses(options: argparse.Namespace, maker: DeckMaker, count: int) -> list[str]:
    """Return result pages of distinct questions, over again where there are fewer."""
    pages = result_addresses(QuestionMaker(maker, options.pages), count)
    return (pages * (count // len(pages) + 1))[:count]


def _document_ids(port: int) -> list[str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/search") as answer:
        return [hit["document"] for hit in json.load(answer)["hits"]][:10]


def _is_well(port: int) -> bool:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
        return bool(answer.status == 200)


def _resident_bytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
