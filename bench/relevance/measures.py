"""Measures of rankings (Manning, Raghavan and Schütze, Introduction to Information Retrieval, chapter 8)."""

from collections.abc import Collection, Mapping, Sequence
from math import log2


def ndcg(ranked: Sequence[str], relevant: Mapping[str, float], depth: int = 10) -> float:
    """Return the normalised discounted cumulative gain of the first `depth`: 0–1."""
    gained = sum(relevant.get(document, 0.0) / log2(at + 2) for at, document in enumerate(ranked[:depth]))
    ideal = sorted(relevant.values(), reverse=True)[:depth]
    best = sum(worth / log2(at + 2) for at, worth in enumerate(ideal))
    return gained / best if best else 0.0


def recall(ranked: Sequence[str], relevant: Collection[str], depth: int = 100) -> float:
    """Return the share of the relevant that is among the first `depth`."""
    return len(set(ranked[:depth]) & set(relevant)) / len(relevant) if relevant else 0.0


def average_precision(
    ranked: Sequence[str], relevant: Collection[str], neutral: Collection[str] = ()
) -> float:
    """Return the mean precision at each relevant one; neutral ones are skipped."""
    left_out = set(neutral) - set(relevant)
    hits, total, at = 0, 0.0, 0
    for document in ranked:
        if document in left_out:
            continue
        at += 1
        if document in relevant:
            hits += 1
            total += hits / at
    return total / len(relevant) if relevant else 0.0


def rank_biased_overlap(one: Sequence[str], other: Sequence[str], persistence: float = 0.9) -> float:
    """Return how much two rankings are alike, their tops most of all: 1 for the same order.

    Webber, Moffat and Zobel, A similarity measure for indefinite rankings (2010), equation 32: what is not
    seen is taken to agree as much as what is.
    """
    depth = max(len(one), len(other))
    if not depth:
        return 1.0
    shared, share, total = 0, 0.0, 0.0
    seen: set[str] = set()
    for place in range(depth):
        for name in {*one[place : place + 1], *other[place : place + 1]}:
            if name in seen:
                shared += 1
            seen.add(name)
        if one[place : place + 1] == other[place : place + 1]:
            shared += 1
        share = shared / (place + 1)
        total += share * persistence ** (place + 1)
    return share * persistence**depth + (1 - persistence) / persistence * total


def mean(values: Sequence[float]) -> float:
    """Return the mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0
