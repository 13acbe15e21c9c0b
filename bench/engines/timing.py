"""Times questions and replacements: CPU time, the engines taking turns in each round."""

import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.engines.base import BenchEngine
from bench.report import Row, percentile
from bench.synthetic.decks import DeckMaker
from bench.synthetic.questions import Question, Work

# A question that takes an engine longer than this is not repeated in later rounds.
_SLOW_NS = 400_000_000
_UPDATES = 15


@dataclass(frozen=True, slots=True)
class Timed:
    """CPU milliseconds of different questions: the median and the 95th percentile.

    `first_p50_ms` is the median of the first run of each, `hits` the median number of matching slides.
    """

    work: str
    engine: str
    p50_ms: float
    p95_ms: float
    first_p50_ms: float
    hits: float


def timed_row(timed: Timed, engine: str = "") -> Row:
    """Return a row with times; `engine` replaces the engine's name where it is given."""
    return {
        "work": timed.work,
        "engine": engine or timed.engine,
        "p50_ms": round(timed.p50_ms, 4),
        "p95_ms": round(timed.p95_ms, 4),
        "first_p50_ms": round(timed.first_p50_ms, 4),
        "hits": timed.hits,
    }


def time_questions(
    engines: Mapping[str, BenchEngine], works: Mapping[Work, Sequence[Question]], rounds: int
) -> list[Timed]:
    """Ask every engine every question, `rounds` times; each counts with the median of its rounds.

    In a round engines take turns with all questions of a kind: a server has one engine, and an engine that
    runs for long evicts the index of the next one from the processor's caches.
    """
    timed = []
    for work, questions in works.items():
        taken: dict[str, list[list[int]]] = {name: [[] for _ in questions] for name in engines}
        hits: dict[str, list[int]] = {name: [0] * len(questions) for name in engines}
        for round_ in range(rounds):
            for name in _in_turn(list(engines), round_):
                _ask_all(engines[name], questions, taken[name], hits[name])
        for name in engines:
            timed.append(_timed(work, name, taken[name], hits[name]))
            print(f"{work.value}: {name} {timed[-1].p50_ms:.3f} ms", file=sys.stderr)
        _report_different_hits(work, hits)
    return timed


def _ask_all(
    engine: BenchEngine, questions: Sequence[Question], taken: Sequence[list[int]], hits: list[int]
) -> None:
    for number, (question, spent) in enumerate(zip(questions, taken, strict=True)):
        if spent and spent[-1] > _SLOW_NS:
            continue
        began = time.process_time_ns()
        answer = engine.ask(question)
        spent.append(time.process_time_ns() - began)
        hits[number] = answer.total
        if not answer.slides and answer.total:
            raise RuntimeError(f"{engine.name} does not say which slides are the best.")


def _timed(work: Work, name: str, taken: Sequence[Sequence[int]], hits: Sequence[int]) -> Timed:
    first = [spent[0] / 1e6 for spent in taken]
    # Engines cache the terms of a prefix: only its first run shows what a new one costs.
    each = first if work is Work.PREFIX else [statistics.median(spent) / 1e6 for spent in taken]
    return Timed(
        work.value,
        name,
        statistics.median(each),
        percentile(each, 95),
        statistics.median(first),
        statistics.median(hits),
    )


def _report_different_hits(work: Work, hits: Mapping[str, Sequence[int]]) -> None:
    """Report where engines find different numbers; only our engines bound the terms of a prefix."""
    different = sum(len(set(totals)) > 1 for totals in zip(*hits.values(), strict=True))
    if different and work is not Work.PREFIX:
        print(
            f"{work.value}: the engines find unlike numbers of slides for {different} questions.",
            file=sys.stderr,
        )


def time_updates(engines: Mapping[str, BenchEngine], maker: DeckMaker) -> list[Timed]:
    """Replace decks: CPU time until a word that only the new one has is found."""
    taken: dict[str, list[float]] = {name: [] for name in engines}
    for number in range(_UPDATES):
        word = "nyttord" + "abcdefghijklmnopqrstuvwxyz"[number]
        old, new = maker.deck(number), maker.deck(number, extra_word=word)
        for name in _in_turn(list(engines), number):
            began = time.process_time_ns()
            engines[name].replace(old, new)
            total = engines[name].ask(Question(Work.RARE, (word,))).total
            taken[name].append((time.process_time_ns() - began) / 1e6)
            engines[name].replace(new, old)
            if total != 1:
                raise RuntimeError(f"{name} finds {total} slides where one was put in.")
    return [
        Timed("update → searchable", name, statistics.median(each), percentile(each, 95), each[0], 1)
        for name, each in taken.items()
    ]


def _in_turn(names: list[str], turn: int) -> list[str]:
    at = turn % len(names)
    return names[at:] + names[:at]
