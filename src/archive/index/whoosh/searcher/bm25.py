"""BM25F: per field, with boosts, and with Lucene's idf."""

from math import log
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh import scoring

K1: Final = 0.9
"""BM25 term saturation. Short slides want less than the usual 1.2 (measured on known-item queries)."""
B: Final = 0.75
"""BM25 length normalisation (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009)."""

_Number = TypeVar("_Number", float, NDArray[np.float64])


def lucene_idf(page_count: int, frequency: int) -> float:
    """Return a term's idf: ln(1 + (N - n + .5) / (n + .5)), as in Lucene's BM25Similarity."""
    return log(1 + (page_count - frequency + 0.5) / (frequency + 0.5))


def length_norm(length: _Number, average: float) -> _Number:
    """Return BM25's k1·((1 - b) + b·length/average)."""
    return K1 * ((1 - B) + B * length / average)


def bm25(idf: float, weight: _Number, norm: _Number) -> _Number:
    """Return BM25's score of one term on one page (Robertson and Zaragoza 2009, equation 3.15)."""
    return idf * (weight * (K1 + 1)) / (weight + norm)


class LuceneBM25F(scoring.BM25F):
    """The same weighting for Whoosh's own matchers."""

    def __init__(self) -> None:
        super().__init__(B=B, K1=K1)

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        """Return a term's idf in the whole index."""
        parent = searcher.get_parent()
        return lucene_idf(parent.doc_count_all(), parent.doc_frequency(fieldname, text))
