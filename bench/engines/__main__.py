"""Compares search engines on synthetic slides: `python -m bench.engines --pages N [--json]`.

Same tokens, same machine, CPU time, engines in turns. `--without NAME` leaves an engine out (the slow one is
`whoosh-stock`), `--growth 10000,100000` measures our engine alone at several sizes and draws the picture in
docs. `--json` prints one object with `rows`; each has `work`, `engine` and `p50_ms` and `p95_ms`, or `value`
and `unit`.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from bench.engines import child, growth
from bench.engines.archive_engine import ArchiveEngine
from bench.engines.open_engine import NAMES, missing, open_bench_engine
from bench.engines.snippets import time_snippets
from bench.engines.timing import time_questions, time_updates, timed_row
from bench.report import Row, print_table, value_row
from bench.synthetic.corpus import load_text
from bench.synthetic.decks import DeckMaker
from bench.synthetic.questions import QuestionMaker, Work


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    options = _arguments(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        if options.growth:
            rows = growth.measure(options.growth, folder, options.questions, options.seed)
        else:
            rows = list(_compared(options, folder))
    if options.json:
        print(json.dumps({"pages": options.pages, "seed": options.seed, "rows": rows}, ensure_ascii=False))
    else:
        print_table(rows)
    return 0


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.engines", description=__doc__)
    parser.add_argument("--pages", type=int, default=100_000, help="how many slides (default 100000)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--without", action="append", default=[], choices=NAMES, help="leave an engine out")
    parser.add_argument("--questions", type=int, default=60, help="different questions of each kind")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is put to each engine")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path, help="keep the indexes here, and use those that are there")
    parser.add_argument(
        "--growth",
        type=lambda text: [int(size) for size in text.split(",")],
        help="sizes, with commas between",
    )
    return parser.parse_args(arguments)


def _compared(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    names = []
    for name in NAMES:
        reason = "left out" if name in options.without else missing(name)
        if reason:
            print(f"{name} takes no part: {reason}.", file=sys.stderr)
        else:
            names.append(name)
    for name in names:
        yield from _built(name, folder / name, options.pages, options.seed)
    maker = DeckMaker(load_text(), options.seed)
    works = QuestionMaker(maker, options.pages).questions(options.questions)
    with ExitStack() as stack:
        engines = {name: open_bench_engine(name, folder / name) for name in names}
        for engine in engines.values():
            stack.callback(engine.close)
        yield from map(timed_row, time_questions(engines, works, options.rounds))
        ours = {name: engine for name, engine in engines.items() if isinstance(engine, ArchiveEngine)}
        yield from map(timed_row, time_snippets(ours, maker, works[Work.GROUPED], options.rounds))
        yield from map(timed_row, time_updates(engines, maker))


def _built(name: str, folder: Path, pages: int, seed: int) -> Iterator[Row]:
    """Yield the cost and size of building, unless the index exists, and the memory of a searcher."""
    if not folder.exists():
        print(f"{name} is filled with {pages} slides.", file=sys.stderr)
        built = child.run("build", name, folder, pages, seed)
        yield value_row("build", name, pages / built["cpu_s"], "slides per CPU s")
        yield value_row("build, whole time", name, pages / built["wall_s"], "slides per s")
        yield value_row("build, peak memory", name, built["peak_mib"], "MiB")
        yield value_row("index", name, built["size_bytes"] / 1e6, "MB")
    memory = child.run("memory", name, folder, pages, seed)
    yield value_row("private memory of a searcher", name, memory["private_mib"], "MiB")
    yield value_row("resident memory of a searcher", name, memory["resident_mib"], "MiB")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
