"""Measures how well the archive finds: `python -m bench.relevance --data DIR [--corpora DIR] [--json]`.

Runs every set of questions and words in `--data` (laid out like `../shared/swedish/dev`; an absent set is
skipped) through the archive's own analysis, query language, ranking and Whoosh engine, and the questions
through other engines, too. `--corpora` holds the documents (default: the folder `corpora` beside the data).
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from archive.analysis.swedish import SwedishAnalyzer, open_analyzer
from archive.index.schema import TextField
from archive.settings.sections import TextSettings
from bench.relevance import ranking, words
from bench.relevance.measures import mean
from bench.relevance.peers import peers
from bench.relevance.product import Product
from bench.relevance.sets import QuerySet, Text, documents, has_documents, query_sets
from bench.relevance.table import Row, print_rows, row


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.relevance", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the sets")
    parser.add_argument("--corpora", type=Path, help="the folder with the documents")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--alone", action="store_true", help="without the other engines")
    options = parser.parse_args(arguments)
    corpora = options.corpora or options.data.parent / "corpora"
    with tempfile.TemporaryDirectory() as temporary:
        bench = _Bench(options.data, corpora, Path(temporary), with_peers=not options.alone)
        rows = list(bench.rows())
    if options.json:
        print(json.dumps({"rows": rows}, ensure_ascii=False))
    else:
        print_rows(rows)
    return 0


class _Bench:
    def __init__(self, data: Path, corpora: Path, temporary: Path, with_peers: bool) -> None:
        self._data = data
        self._corpora = corpora
        self._temporary = temporary
        self._with_peers = with_peers
        self._analyzer: SwedishAnalyzer = open_analyzer(TextSettings())

    def rows(self) -> Iterator[Row]:
        yield from self._questions()
        yield from self._of_concepts()
        yield from self._words()

    def _questions(self) -> Iterator[Row]:
        """Yield the rows of all query sets, a collection at a time, and their means."""
        sets = [
            questions
            for questions in query_sets(self._data)
            if has_documents(self._corpora, questions.collection)
        ]
        rows: list[Row] = []
        for collection, with_titles in dict.fromkeys(
            (questions.collection, questions.with_titles) for questions in sets
        ):
            chosen = [
                questions
                for questions in sets
                if (questions.collection, questions.with_titles) == (collection, with_titles)
            ]
            rows += self._of_collection(_texts(self._corpora, collection, with_titles), chosen)
        yield from rows
        yield from _means(rows)

    def _of_collection(self, texts: Sequence[Text], chosen: Sequence[QuerySet]) -> Iterator[Row]:
        product = Product(texts, self._analyzer, self._temporary / "index")
        for questions in chosen:
            print(f"{questions.name}: {len(questions.asked)} questions", file=sys.stderr)
            yield from ranking.known_items(questions, product)
            yield ranking.without_dots(questions, product)
        product.close()
        for make in peers() if self._with_peers else ():
            peer = make(texts)
            for questions in chosen:
                yield from ranking.known_items(questions, peer)

    def _of_concepts(self) -> Iterator[Row]:
        concepts, compounds = self._data / "concepts.jsonl", self._data / "open_vs_closed.jsonl"
        spelling = self._data / "misspellings.tsv"
        if not any(path.exists() for path in (concepts, compounds, spelling)):
            return
        texts = ranking.collection_of_concepts(self._corpora)
        product = Product(texts, self._analyzer, self._temporary / "index")
        rankers = [product, *(make(texts) for make in (peers() if self._with_peers else ()))]
        for ranker in rankers:
            if concepts.exists():
                yield from ranking.concepts(concepts, self._corpora, ranker)
            if compounds.exists():
                yield ranking.open_compounds(compounds, ranker)
        if spelling.exists():
            yield from words.misspellings(spelling, list(product.words(TextField.EXACT)), self._analyzer)
        product.close()

    def _words(self) -> Iterator[Row]:
        splits, languages = self._data / "compound_splits.tsv", self._data / "language_id.tsv"
        if splits.exists():
            yield from words.compounds(splits, self._analyzer)
        for path in sorted(self._data.glob("conflation_*.tsv")):
            yield words.conflation(path, self._analyzer)
        if languages.exists():
            yield from words.languages(languages)


def _texts(corpora: Path, collection: str, with_titles: bool) -> Sequence[Text]:
    texts = documents(corpora, collection)
    return texts if with_titles else [replace(text, title="") for text in texts]


def _means(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield each engine's mean over the sets, and the archive's loss without å, ä and ö."""
    for measure in ("nDCG@10", "R@100"):
        for engine in dict.fromkeys(str(one["engine"]) for one in rows):
            values = [
                float(one["value"])
                for one in rows
                if (one["measure"], one["engine"]) == (measure, engine) and "without" not in str(one["set"])
            ]
            yield row("mean of the sets", measure, engine, mean(values), len(values))
    with_dots = [float(one["value"]) for one in rows if _is_ours(one) and "without" not in str(one["set"])]
    without = [float(one["value"]) for one in rows if _is_ours(one) and "without" in str(one["set"])]
    if with_dots:
        yield row("loss without å ä ö", "share", "archive", 1 - mean(without) / mean(with_dots), len(without))


def _is_ours(one: Row) -> bool:
    return (one["measure"], one["engine"]) == ("nDCG@10", "archive")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
