"""Logistic regression by Newton's method with a ridge on standardised figures (Bishop 2006, 4.3.3)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from archive.text.compounds.features import NAMES, WordFeatures
from archive.text.lexicon.lexicon import Lexicon
from bench.splitter.gold import GoldWord

RIDGE = 1 / 0.3
_STEPS = 30


def learn_weights(lexicon: Lexicon, words: Sequence[GoldWord], ridge: float = RIDGE) -> dict[str, float]:
    """Return the weights by name, with "bias".

    A boundary that is required is a positive example; all others that come into question, but for the
    optional ones, are negative.
    """
    rows: list[tuple[float, ...]] = []
    right: list[float] = []
    for gold in words:
        features = WordFeatures(lexicon, gold.word)
        for at in range(2, len(gold.word) - 1):
            figures = features.at(at)
            if figures is not None and at not in gold.optional:
                rows.append(figures)
                right.append(float(at in gold.required))
    weights, bias = _fit(np.array(rows), np.array(right), ridge)
    return {name: round(float(weight), 4) for name, weight in zip(NAMES, weights, strict=True)} | {
        "bias": round(bias, 4)
    }


def _fit(
    rows: NDArray[np.float64], right: NDArray[np.float64], ridge: float
) -> tuple[NDArray[np.float64], float]:
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    figures = np.column_stack([(rows - mean) / spread, np.ones(len(rows))])
    penalty = np.diag([ridge] * rows.shape[1] + [0.0])
    solved = np.zeros(figures.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-figures @ solved))
        gradient = figures.T @ (chance - right) + penalty @ solved
        curvature = (figures.T * (chance * (1 - chance))) @ figures + penalty
        solved = solved - np.linalg.solve(curvature, gradient)
    weights = solved[:-1] / spread
    return weights, float(solved[-1] - (weights * mean).sum())
