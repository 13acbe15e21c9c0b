"""The engine built in and OpenSearch, filled and asked in the same run.

Synthetic slides, with their words analysed before. Filling: slides a second, and CPU a slide of this process
and the nodes together; making up the slides does not count. Asking: grouped searches with all counts of a
page of results.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
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
from tests.servers.opensearch.cluster import LONG_LOAD, running_cluster
from tests.servers.opensearch.installation import installed
from tests.servers.opensearch.shared_node import settings_of

_PAGES = 100_000
_RANK = 2
_TOLD_PAGES = 100_000
_ASKED_PAGES = 20_000
"""Of the first of them the questions are made."""


def measure(options: argparse.Namespace) -> None:
    """Fill and ask both engines; print a line for each."""
    pages: int = options.pages or _PAGES
    maker = DeckMaker(load_text())
    questions = _questions(maker.decks(min(pages, _ASKED_PAGES)), options.questions)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with closing(open_engine("whoosh", folder / "whoosh")) as engine:
            _measure("built in", engine, maker.chunks(pages, 50), questions, lambda: 0.0)
        with running_cluster(installed(), folder, options.nodes, LONG_LOAD) as cluster:
            shape = {"shards": options.nodes, "replicas": min(1, options.nodes - 1)}
            settings = settings_of(cluster.addresses).model_copy(update=shape)
            with closing(open_engine("opensearch", folder / "opensearch", settings)) as engine:
                name = f"OpenSearch, nodes: {options.nodes}"
                _measure(name, engine, maker.chunks(pages, 50), questions, cluster.cpu_s)


def _questions(decks: Iterable[IndexDocument], count: int) -> list[Query]:
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
    chunks: Iterable[Sequence[IndexDocument]],
    questions: Sequence[Query],
    others_cpu_s: Callable[[], float],
) -> None:
    pages, told, filled_s, used_s = 0, 0, 0.0, -others_cpu_s()
    with engine.rebuild() as rebuild:
        for decks in chunks:
            pages += sum(len(deck.pages) for deck in decks)
            begun_s, cpu_s = time.monotonic(), time.process_time()
            rebuild.write(decks)
            filled_s, used_s = filled_s + time.monotonic() - begun_s, used_s + time.process_time() - cpu_s
            if pages // _TOLD_PAGES > told:
                told = pages // _TOLD_PAGES
                print(f"{name}: {pages} slides, {pages / filled_s:.0f} a second", file=sys.stderr, flush=True)
        begun_s, cpu_s = time.monotonic(), time.process_time()
        rebuild.publish(Watermark("bench", 1, "bench"))
    filled_s, used_s = filled_s + time.monotonic() - begun_s, used_s + time.process_time() - cpu_s
    used_s += others_cpu_s()
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
