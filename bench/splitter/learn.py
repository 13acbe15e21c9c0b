"""Logistic regression by Newton's method with a ridge on standardised figures (Bishop 2006, 4.3.3)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from archive.analysis.compounds.features import NAMES, Sides, WordFeatures
from archive.analysis.compounds.splitter import KNOWN, UNKNOWN, Weights
from archive.analysis.lexicon.lexicon import Lexicon
from bench.splitter.gold import GoldWord

RIDGE = 1 / 0.3
_STEPS = 30


def learn_weights(lexicon: Lexicon, words: Sequence[GoldWord], ridge: float = RIDGE) -> Weights:
    """Return the weights for known and unknown words by name, with "bias".

    A boundary that is required is a positive example; all other possible ones but the optional are
    negative. The weights of known words are learned as a difference from those of all words, so that the few
    examples of either kind suffice.
    """
    sides = Sides(lexicon)
    rows: list[tuple[float, ...]] = []
    right: list[float] = []
    known: list[bool] = []
    for gold in words:
        features = WordFeatures(sides, gold.word)
        for at in range(2, len(gold.word) - 1):
            figures = features.at(at)
            if figures is not None and at not in gold.optional:
                rows.append(figures)
                right.append(float(at in gold.required))
                known.append(bool(features.lemmas))
    shared, own, bias, own_bias = _fit(np.array(rows), np.array(right), np.array(known, dtype=float), ridge)
    return {UNKNOWN: _named(shared, bias), KNOWN: _named(shared + own, bias + own_bias)}


def _named(weights: NDArray[np.float64], bias: float) -> dict[str, float]:
    return {name: round(float(weight), 4) for name, weight in zip(NAMES, weights, strict=True)} | {
        "bias": round(bias, 4)
    }


def _fit(
    rows: NDArray[np.float64], right: NDArray[np.float64], known: NDArray[np.float64], ridge: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], float, float]:
    """Return the weights of all words, those of known words in addition, and the two constants."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    scaled = (rows - mean) / spread
    ones = np.ones((len(rows), 1))
    figures = np.hstack([scaled, scaled * known[:, None], known[:, None], ones])
    penalty = np.diag([ridge] * (figures.shape[1] - 1) + [0.0])
    solved = np.zeros(figures.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-figures @ solved))
        gradient = figures.T @ (chance - right) + penalty @ solved
        curvature = (figures.T * (chance * (1 - chance))) @ figures + penalty
        solved = solved - np.linalg.solve(curvature, gradient)
    count = rows.shape[1]
    shared, own = solved[:count] / spread, solved[count : 2 * count] / spread
    return shared, own, float(solved[-1] - (shared * mean).sum()), float(solved[-2] - (own * mean).sum())
