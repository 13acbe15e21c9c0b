"""Times result pages and slide pages inside the server, in CPU time, and counts the bytes of result pages.

`python -m bench.web --pages N [--data FOLDER] [--json]` makes an archive of N synthetic slides and asks
the web application for the result pages of distinct questions, each once, with all facets and snippets, and
then for the slide page of the first hit of each. No network and no other thread takes part. `--data FOLDER`
keeps the archive, and uses one that exists. `--floor-ms MS` ends with 1 where the median result page takes
longer.
"""

import argparse
import gzip
import html
import json
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from archive.app import Archive, open_archive
from archive.search.service import SearchService
from archive.settings.settings import load_settings
from archive.web.factory import create_app
from bench.load import fill_archive, result_addresses
from bench.report import Row, percentile, print_table, value_row
from bench.synthetic.corpus import load_text
from bench.synthetic.decks import DeckMaker
from bench.synthetic.questions import QuestionMaker

_WARMING = 40
_ASSET = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js)[^"]*)"')
_HIT = re.compile(r'href="(/d/[^"/?]+/\d+\?[^"]*)"')
PARTS = ("search", "snippet", "render", "result page")


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.web", description=__doc__)
    parser.add_argument("--pages", type=int, default=100_000, help="how many slides (default 100000)")
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--data", type=Path, help="keep the archive here, and use one that is there")
    parser.add_argument("--floor-ms", type=float, default=0.0)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        data = options.data or Path(temporary) / "data"
        maker = DeckMaker(load_text(), options.seed)
        if not data.exists():
            fill_archive(data, maker, options.pages)
        addresses = result_addresses(QuestionMaker(maker, options.pages), _WARMING + options.requests)
        with open_archive(load_settings(data)) as archive:
            rows = _measure(archive, addresses)
    if options.json:
        print(json.dumps({"pages": options.pages, "rows": rows}, ensure_ascii=False))
    else:
        print_table(rows)
    middle = next(float(row["p50_ms"]) for row in rows if row["work"] == "result page")
    return 1 if 0 < options.floor_ms < middle else 0


@dataclass
class _Stopwatch:
    """CPU milliseconds spent inside some calls."""

    spent_ms: float = 0.0

    @contextmanager
    def inside(self, owner: type, name: str) -> Iterator[None]:
        """Count the calls of a method of a class while the context lasts."""
        method: Callable[..., object] = getattr(owner, name)

        def timed(*arguments: Any, **named: Any) -> object:
            began = time.process_time_ns()
            try:
                return method(*arguments, **named)
            finally:
                self.spent_ms += (time.process_time_ns() - began) / 1e6

        setattr(owner, name, timed)
        try:
            yield
        finally:
            setattr(owner, name, method)


@dataclass
class _Figures:
    """What each result page took, by part, and how large it was."""

    spent_ms: dict[str, list[float]] = field(default_factory=lambda: {part: [] for part in PARTS})
    html_bytes: list[int] = field(default_factory=list)
    slide_addresses: list[str] = field(default_factory=list)
    errors: int = 0


def _measure(archive: Archive, addresses: Sequence[str]) -> list[Row]:
    client = create_app(archive).test_client()
    for address in addresses[:_WARMING]:
        client.get(address)
    figures = _Figures()
    for address in addresses[_WARMING:]:
        _ask(client, archive, address, figures)
    slides_ms = _slide_pages_ms(client, figures)
    rows = [_timed_row(part, figures.spent_ms[part]) for part in PARTS]
    rows.append(_timed_row("slide page", slides_ms))
    rows.append(value_row("pages answered", "web", len(figures.html_bytes), "of distinct questions"))
    rows.append(value_row("slide pages answered", "web", len(slides_ms), "first hits of these questions"))
    rows.append(value_row("errors", "web", figures.errors, "answers that are not 200"))
    html_kb = statistics.median(figures.html_bytes) / 1024
    rows.append(value_row("HTML, gzip", "web", html_kb, "KB (p50)"))
    rows.append(
        value_row("HTML, CSS and JS, gzip", "web", html_kb + _asset_kb(client, addresses[0]), "KB (p50)")
    )
    return rows


def _ask(client: FlaskClient, archive: Archive, address: str, figures: _Figures) -> None:
    engine, service = _Stopwatch(), _Stopwatch()
    with engine.inside(type(archive.engine), "search"), service.inside(SearchService, "search"):
        began = time.process_time_ns()
        answer = client.get(address)
        whole_ms = (time.process_time_ns() - began) / 1e6
    figures.errors += answer.status_code != 200
    spent = (
        engine.spent_ms,
        service.spent_ms - engine.spent_ms,
        whole_ms - service.spent_ms,
        whole_ms,
    )
    for part, ms in zip(PARTS, spent, strict=True):
        figures.spent_ms[part].append(ms)
    figures.html_bytes.append(len(gzip.compress(answer.data, 6)))
    if first_hit := _HIT.search(answer.get_data(as_text=True)):
        figures.slide_addresses.append(html.unescape(first_hit[1]))


def _slide_pages_ms(client: FlaskClient, figures: _Figures) -> list[float]:
    """Return the CPU time of the page of each question's first hit; each is asked for once, after warming."""
    warming, measured = figures.slide_addresses[:_WARMING], figures.slide_addresses[_WARMING:]
    for address in warming:
        client.get(address)
    spent_ms = []
    for address in measured:
        began = time.process_time_ns()
        answer = client.get(address)
        spent_ms.append((time.process_time_ns() - began) / 1e6)
        figures.errors += answer.status_code != 200
    return spent_ms


def _asset_kb(client: FlaskClient, address: str) -> float:
    """Return the size of the style sheets and scripts that a result page names, compressed one by one."""
    names = dict.fromkeys(_ASSET.findall(client.get(address).get_data(as_text=True)))
    return sum(len(gzip.compress(client.get(name).data, 6)) for name in names) / 1024


def _timed_row(part: str, spent_ms: Sequence[float]) -> Row:
    return {
        "work": part,
        "engine": "web",
        "p50_ms": round(statistics.median(spent_ms), 2),
        "p95_ms": round(percentile(spent_ms, 95), 2),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
