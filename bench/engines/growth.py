"""Our engine at several sizes: p50 and p95 of each kind of question, build rate, memory; drawn as SVG."""

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from bench.engines import child
from bench.engines.open_engine import OURS, open_bench_engine
from bench.engines.timing import Timed, time_questions, timed_row
from bench.report import Row, value_row
from bench.synthetic.corpus import load_text
from bench.synthetic.decks import DeckMaker
from bench.synthetic.questions import QuestionMaker

PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "growth.svg"
_ROUNDS = 3


def measure(sizes: Sequence[int], folder: Path, questions: int, seed: int) -> list[Row]:
    """Build an index of each size, ask it, draw the picture and return the rows."""
    maker = DeckMaker(load_text(), seed)
    timed: dict[int, list[Timed]] = {}
    resident: dict[int, float] = {}
    rows: list[Row] = []
    for size in sizes:
        title = f"{OURS}, {size:,} slides"
        place = folder / f"{OURS}-{size}"
        if not place.exists():
            built = child.run("build", OURS, place, size, seed)
            rows.append(value_row("build", title, size / built["cpu_s"], "slides per CPU s"))
            rows.append(value_row("index", title, built["size_bytes"] / 1e6, "MB"))
            rows.append(value_row("build, peak memory", title, built["peak_mib"], "MiB"))
        memory = child.run("memory", OURS, place, size, seed)
        resident[size] = memory["resident_mib"]
        rows.append(value_row("private memory of a searcher", title, memory["private_mib"], "MiB"))
        rows.append(value_row("resident memory of a searcher", title, memory["resident_mib"], "MiB"))
        works = QuestionMaker(maker, size).questions(questions)
        with closing(open_bench_engine(OURS, place)) as engine:
            timed[size] = time_questions({OURS: engine}, works, _ROUNDS)
        rows += [timed_row(result, title) for result in timed[size]]
    draw(timed, resident)
    return rows


def draw(timed: dict[int, list[Timed]], resident: dict[int, float]) -> None:
    """Draw p50 (line) and p95 (dots) by size on logarithmic axes, and next to it the memory."""
    import matplotlib as mpl

    mpl.use("svg")
    # The same figures give the same file, and its text stays text.
    mpl.rcParams.update({"svg.hashsalt": "archive", "svg.fonttype": "none", "font.size": 9})
    from matplotlib import pyplot

    sizes = sorted(timed)
    figure, (left, right) = pyplot.subplots(
        1, 2, figsize=(10, 5.5), width_ratios=(3, 1), layout="constrained"
    )
    for number, work in enumerate(result.work for result in timed[sizes[0]]):
        line = left.plot(sizes, [timed[size][number].p50_ms for size in sizes], marker="o", label=work)
        p95 = [timed[size][number].p95_ms for size in sizes]
        left.plot(sizes, p95, linestyle=":", marker=".", color=line[0].get_color())
    left.set(xscale="log", yscale="log", xlabel="slides", ylabel="CPU ms (line: p50, dotted: p95)")
    figure.legend(loc="outside lower center", ncols=4, frameon=False)
    left.grid(visible=True, which="both", alpha=0.2)
    right.plot(sizes, [resident[size] for size in sizes], marker="o")
    right.set(xscale="log", yscale="log", xlabel="slides", ylabel="resident MiB of a searching process")
    right.grid(visible=True, which="both", alpha=0.2)
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(PICTURE, metadata={"Date": None})
    print(f"Drawn: {PICTURE.name}", file=sys.stderr)
