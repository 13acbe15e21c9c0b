"""The engine built in and OpenSearch, filled and asked in the same run: `python -m bench.scale [--pages N]`.

Synthetic slides, with their words analysed before. Filling: slides a second, and CPU a slide of this process
and the nodes together. Asking: grouped searches with all counts of a page of results. `--nodes` 1 or 3.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from random import Random

from archive.index.documents import IndexDocument, Watermark
from archive.index.engine import SearchEngine
from archive.index.engines import open_engine
from archive.index.query import AllOf, AnyOf, Query, Term, TermPhrase
from archive.index.schema import TextField
from archive.index.search import Scope, SearchRequest
from archive.search.question import SHOWN_FACETS
from bench.synthetic.corpus import load_text
from bench.synthetic.decks import DeckMaker
from tests.servers.opensearch.cluster import running_cluster
from tests.servers.opensearch.installation import installed
from tests.servers.opensearch.shared_node import settings_of

_RANK = 2


def main(arguments: Sequence[str]) -> int:
    """Fill and ask both engines; print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("--pages", type=int, default=100_000, help="how many slides (default 100000)")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--nodes", type=int, choices=(1, 3), default=1)
    options = parser.parse_args(arguments)
    decks = [deck for chunk in DeckMaker(load_text()).chunks(options.pages) for deck in chunk]
    questions = _questions(decks, options.questions)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with closing(open_engine("whoosh", folder / "whoosh")) as engine:
            _measure("built in", engine, decks, questions, lambda: 0.0)
        with running_cluster(installed(), folder, options.nodes) as cluster:
            shape = {"shards": options.nodes, "replicas": min(1, options.nodes - 1)}
            settings = settings_of(cluster.addresses).model_copy(update=shape)
            with closing(open_engine("opensearch", folder / "opensearch", settings)) as engine:
                _measure(f"OpenSearch, nodes: {options.nodes}", engine, decks, questions, cluster.cpu_s)
    return 0


def _questions(decks: Sequence[IndexDocument], count: int) -> list[Query]:
    """Return words, pairs of words and phrases that slides have."""
    random = Random(7)
    pages = [page for deck in decks for page in deck.pages if len(page.terms.get(TextField.EXACT, ())) > 1]
    questions: list[Query] = []
    for nth in range(count):
        tokens = random.choice(pages).terms[TextField.EXACT]
        at = random.randrange(len(tokens) - 1)
        one, other = (Term(TextField.EXACT, tokens[place].term) for place in (at, at + 1))
        phrase = TermPhrase(one.field, (one.term, other.term))
        questions.append((one, AllOf((one, other)), AnyOf((one, other)), phrase)[nth % 4])
    return questions


def _measure(
    name: str,
    engine: SearchEngine,
    decks: Sequence[IndexDocument],
    questions: Sequence[Query],
    others_cpu_s: Callable[[], float],
) -> None:
    pages = sum(len(deck.pages) for deck in decks)
    begun_s, cpu_s = time.monotonic(), time.process_time() + others_cpu_s()
    with engine.rebuild() as rebuild:
        for start in range(0, len(decks), 50):
            rebuild.write(decks[start : start + 50])
        rebuild.publish(Watermark("bench", 1, "bench"))
    filled_s, used_s = time.monotonic() - begun_s, time.process_time() + others_cpu_s() - cpu_s
    took_ms = sorted(_asked_ms(engine, question) for question in questions)
    print(
        f"{name}: {pages} slides, {pages / filled_s:.0f} a second, "
        f"{used_s * 1000 / pages:.2f} ms of CPU a slide, {engine.size_bytes() / 1e6:.1f} MB; "
        f"grouped search p50 {took_ms[len(took_ms) // 2]:.1f} ms, "
        f"p95 {took_ms[len(took_ms) * 95 // 100]:.1f} ms",
        flush=True,
    )


def _asked_ms(engine: SearchEngine, question: Query) -> float:
    begun_s = time.monotonic()
    engine.search(SearchRequest(question, Scope(_RANK), facets=SHOWN_FACETS))
    return (time.monotonic() - begun_s) * 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
