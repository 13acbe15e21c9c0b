"""Queries in our form and in Whoosh's, and what Whoosh itself scores over an index's files."""

import random
from typing import Any

from whoosh import query as stock
from whoosh import scoring

from archive.index.documents import IndexDocument
from archive.index.query import AllOf, AnyOf, NoneOf, Query, Term
from archive.index.schema import TextField
from archive.index.whoosh.searcher.statistics import K1, B, lucene_idf
from tests.index.index_documents import document, page

TEXT, TITLE, EXACT = TextField.TEXT, TextField.TITLE, TextField.EXACT

# Left out on purpose: stock DisjunctionMax takes the best score of children that match other pages, and a Not
# inside And adds 1 to each score.
PAIRS: list[tuple[Query, stock.Query]] = [
    (Term(TEXT, "ord1"), stock.Term("text", "ord1")),
    (Term(TITLE, "ord3", 2.0), stock.Term("title", "ord3", boost=2.0)),
    (
        AllOf((Term(TEXT, "ord1"), Term(TEXT, "ord5"))),
        stock.And([stock.Term("text", "ord1"), stock.Term("text", "ord5")]),
    ),
    (
        AnyOf((Term(TEXT, "ord7"), Term(TITLE, "ord2", 2.0), Term(EXACT, "ord9"))),
        stock.Or([stock.Term("text", "ord7"), stock.Term("title", "ord2", 2.0), stock.Term("exact", "ord9")]),
    ),
    (
        AllOf((Term(TEXT, "ord1"), NoneOf(Term(TEXT, "ord2")))),
        stock.AndNot(stock.Term("text", "ord1"), stock.Term("text", "ord2")),
    ),
]
PHRASES = (("ord1", "ord2"), ("ord1", "ord1"), ("ord2", "ord1", "ord1"), ("ord1", "ord2", "ord1"))


def random_documents(seed: int, count: int) -> list[IndexDocument]:
    """Return documents of words that are as unlike in frequency as those of a language."""
    chance = random.Random(seed)
    words = [f"ord{n}" for n in range(40)]

    def text(most: int) -> str:
        return " ".join(words[min(int(chance.paretovariate(0.8)), 39)] for _ in range(chance.randrange(most)))

    return [
        document(f"d{n}", *[page(p, text(30), title=text(5)) for p in range(chance.randrange(1, 6))])
        for n in range(count)
    ]


class _OfPagesThere(scoring.BM25F):  # type: ignore[misc]
    """Whoosh's BM25F with Lucene's idf over the pages that are there: not removed ones, nor the watermark."""

    def __init__(self) -> None:
        super().__init__(B=B, K1=K1)

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        reader = searcher.get_parent().reader()
        frequency = len(list(reader.postings(fieldname, text).all_ids()))
        return lucene_idf(_page_count(reader), frequency)

    def scorer(self, searcher: Any, fieldname: str, text: Any, qf: int = 1) -> Any:
        scorer = super().scorer(searcher, fieldname, text, qf)
        reader = searcher.get_parent().reader()
        lengths = [
            reader.doc_field_length(page, fieldname, 0) or 0
            for page in range(reader.doc_count_all())
            if not reader.is_deleted(page)
        ]
        scorer.avgfl = sum(lengths) / _page_count(reader)
        return scorer


def _page_count(reader: Any) -> int:
    return int(reader.doc_count()) - 1  # the watermark is a document without words


def whoosh_scores(index: Any, query: stock.Query) -> dict[tuple[int, int], float]:
    """Return what Whoosh scores in a `FileIndex`, by segment and page."""
    with index.searcher(weighting=_OfPagesThere()) as searcher:
        starts = [offset for _, offset in searcher.leaf_searchers()]
        hits = searcher.search(query, limit=None, optimize=False)
        return {
            (place, hits.docnum(n) - starts[place]): hits.score(n)
            for n in range(len(hits))
            for place in [max(p for p, start in enumerate(starts) if start <= hits.docnum(n))]
        }


def whoosh_hit_count(index: Any, phrase: tuple[str, ...]) -> int:
    """Return how many pages of a `FileIndex` hold a phrase, as Whoosh finds them."""
    with index.searcher() as searcher:
        return len(searcher.search(stock.Phrase("exact", list(phrase)), limit=None))
