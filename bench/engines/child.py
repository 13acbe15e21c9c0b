"""What is measured in a process of its own: building an index, and the memory of one searcher.

`python -m bench.engines.child build|memory ENGINE FOLDER PAGES SEED` prints one JSON object.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from archive.index.documents import IndexDocument
from bench.engines.open_engine import open_bench_engine
from bench.synthetic.corpus import load_text
from bench.synthetic.decks import DeckMaker
from bench.synthetic.questions import QuestionMaker

_QUESTIONS_A_WORK = 10


def run(what: str, name: str, folder: Path, pages: int, seed: int) -> dict[str, float]:
    """Measure in a new process; `what` is "build" or "memory"."""
    command = [sys.executable, "-m", "bench.engines.child", what, name, str(folder), str(pages), str(seed)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


class _Given:
    """Yields decks whose making is not counted: the engines are given their tokens."""

    def __init__(self, maker: DeckMaker, pages: int) -> None:
        self.cpu_s = 0.0
        self.wall_s = 0.0
        self._chunks = maker.chunks(pages)

    def __iter__(self) -> Iterator[Sequence[IndexDocument]]:
        while True:
            began = time.thread_time(), time.monotonic()
            chunk = next(self._chunks, None)
            self.cpu_s += time.thread_time() - began[0]
            self.wall_s += time.monotonic() - began[1]
            if chunk is None:
                return
            yield chunk


def _cpu_s() -> float:
    """Return the CPU time of this process with all its threads and of its finished children."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _build(name: str, folder: Path, maker: DeckMaker, pages: int) -> dict[str, float]:
    given = _Given(maker, pages)
    before_mib, began = _status_mib("VmRSS"), (_cpu_s(), time.monotonic())
    with closing(open_bench_engine(name, folder)) as engine:
        engine.fill(given)
        cpu_s = _cpu_s() - began[0] - given.cpu_s
        wall_s = time.monotonic() - began[1] - given.wall_s
        size = engine.size_bytes()
    peak_mib = _status_mib("VmHWM") - before_mib
    return {"cpu_s": cpu_s, "wall_s": wall_s, "size_bytes": size, "peak_mib": peak_mib}


def _memory(name: str, folder: Path, maker: DeckMaker, pages: int) -> dict[str, float]:
    """Return what a searcher has for itself once it has answered questions of each kind, in MiB."""
    works = QuestionMaker(maker, pages).questions(_QUESTIONS_A_WORK)
    with tempfile.TemporaryDirectory() as empty:
        open_bench_engine(name, Path(empty) / name).close()  # the modules are not the searcher's
    before = _status_mib("RssAnon"), _status_mib("VmRSS")
    with closing(open_bench_engine(name, folder)) as engine:
        for questions in works.values():
            for question in questions:
                engine.ask(question)
        return {
            "private_mib": _status_mib("RssAnon") - before[0],
            "resident_mib": _status_mib("VmRSS") - before[1],
        }


def _status_mib(key: str) -> float:
    """Return a line of /proc/self/status, which gives KiB, in MiB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{key}:"):
            return int(line.split()[1]) / 1024
    raise ValueError(f"The kernel does not tell {key}.")


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    what, name, folder, pages, seed = arguments
    maker = DeckMaker(load_text(), int(seed))
    measure = {"build": _build, "memory": _memory}[what]
    print(json.dumps(measure(name, Path(folder), maker, int(pages))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
