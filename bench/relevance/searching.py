"""Sets of questions: each engine is filled with a collection and asked all that is known about it."""

import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from archive.text.swedish import SwedishAnalyzer
from archive.text.tokens import surface, words
from bench.relevance import sets
from bench.relevance.measures import average_precision, mean, ndcg, recall
from bench.relevance.peers import Ranker, peers
from bench.relevance.product import Product
from bench.relevance.rows import Row
from bench.relevance.sets import Asked, QuerySet, Text

_DEPTH = 100
_ALL = 1_000_000
# Concepts and open compounds are asked of this collection, titles with bodies.
_HAND_MADE = "alm"
_WITHOUT_DOTS = str.maketrans("åäöÅÄÖ", "aaoAAO")

_Asks = Callable[[Ranker], Iterator[Row]]
_PagesOfForm = dict[str, set[str]]


def search_rows(data: Path, corpora: Path, analyzer: SwedishAnalyzer, with_peers: bool) -> Iterator[Row]:
    """Yield the rows of all sets of questions that are there, and their means."""
    by_texts: dict[tuple[str, bool], list[_Asks]] = {}
    for one in sets.query_sets(data):
        by_texts.setdefault((one.collection, one.with_titles), []).append(partial(_question_rows, one))
    if hand_made := list(_hand_made(data, corpora)):
        by_texts.setdefault((_HAND_MADE, True), []).extend(hand_made)
    found: list[Row] = []
    for (collection, with_titles), asks in by_texts.items():
        if not sets.has_documents(corpora, collection):
            continue
        texts = [
            one if with_titles else Text(one.id, "", one.body) for one in sets.documents(corpora, collection)
        ]
        for engine in _filled(texts, analyzer, with_peers):
            for row in (row for ask in asks for row in ask(engine)):
                found.append(row)
                yield row
    yield from _means(found)


def _filled(texts: Sequence[Text], analyzer: SwedishAnalyzer, with_peers: bool) -> Iterator[Ranker]:
    """Yield each engine filled with the texts; its files are gone when the next one comes."""
    with tempfile.TemporaryDirectory(prefix="archive-relevance-") as folder:
        with closing(Product(texts, analyzer, Path(folder) / "archive")) as product:
            yield product
        if with_peers:
            yield from peers([(one.id, f"{one.title}\n{one.body}") for one in texts], Path(folder))


def _question_rows(questions: QuerySet, engine: Ranker) -> Iterator[Row]:
    name, asked = f"queries_{questions.name}", questions.asked
    ranked = [engine.ranked(one.query, _DEPTH) for one in asked]
    yield Row(name, "nDCG@10", engine.name, mean(_each(ndcg, ranked, asked)), len(asked))
    yield Row(name, "R@100", engine.name, mean(_each(recall, ranked, asked)), len(asked))
    if not _is_english(name):
        plain = [engine.ranked(without_dots(one.query), 10) for one in asked]
        yield Row(name, "nDCG@10 without åäö", engine.name, mean(_each(ndcg, plain, asked)), len(asked))


def _each(measure: Callable[..., float], ranked: Sequence[list[str]], asked: Sequence[Asked]) -> list[float]:
    return [measure(found, one.relevant) for found, one in zip(ranked, asked, strict=True)]


def _hand_made(data: Path, corpora: Path) -> Iterator[_Asks]:
    """Yield what asks the concepts and the compounds written as two words, where they are there."""
    concepts, compounds = data / "concepts.jsonl", data / "open_vs_closed.jsonl"
    if concepts.exists() and sets.has_documents(corpora, _HAND_MADE):
        texts = sets.documents(corpora, _HAND_MADE)
        yield partial(_concept_rows, list(sets.rows(concepts)), _pages_of_form(texts))
    if compounds.exists():
        asked = [Asked(row["open"], dict.fromkeys(row["docs"], 1.0)) for row in sets.rows(compounds)]
        yield partial(_compound_rows, asked)


def _compound_rows(asked: Sequence[Asked], engine: Ranker) -> Iterator[Row]:
    values = [ndcg(engine.ranked(one.query, 10), one.relevant) for one in asked]
    yield Row("open_vs_closed", "nDCG@10", engine.name, mean(values), len(values))


def _concept_rows(concepts: Sequence[dict[str, Any]], pages: _PagesOfForm, engine: Ranker) -> Iterator[Row]:
    for measure, key in (("AP base", "concept"), ("AP inflected", "inflected"), ("AP English", "english")):
        asked = [one for one in concepts if one.get(key)]
        values = [_precision(engine.ranked(one[key], _ALL), one, pages) for one in asked]
        if values:
            yield Row("concepts", measure, engine.name, mean(values), len(values))


def _precision(ranked: Sequence[str], concept: dict[str, Any], pages: _PagesOfForm) -> float:
    """Return the average precision; pages that hold only forms one may differ about do not count."""
    neutral = _pages(concept.get("neutral_types", ()), pages)
    return average_precision(ranked, _pages(concept["true_types"], pages), neutral)


def _pages(forms: Iterable[str], pages_of_form: _PagesOfForm) -> set[str]:
    return set().union(*(pages_of_form.get(form, set()) for form in forms))


def _pages_of_form(texts: Iterable[Text]) -> _PagesOfForm:
    found: _PagesOfForm = {}
    for text in texts:
        for word, _, _ in words(unicodedata.normalize("NFC", f"{text.title}\n{text.body}")):
            found.setdefault(surface(word), set()).add(text.id)
    return found


def _means(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the means over the sets of Swedish questions, and what is lost without å, ä and ö."""
    swedish = [row for row in rows if row.set.startswith("queries_") and not _is_english(row.set)]
    for engine in dict.fromkeys(row.engine for row in swedish):
        means: dict[str, float] = {}
        for measure in dict.fromkeys(row.measure for row in swedish):
            values = [row.value for row in swedish if (row.measure, row.engine) == (measure, engine)]
            means[measure] = mean(values)
            yield Row("mean of Swedish sets", measure, engine, means[measure], len(values))
        with_dots = means["nDCG@10"]
        lost = 1 - means["nDCG@10 without åäö"] / with_dots if with_dots else 0.0
        yield Row("mean of Swedish sets", "loss without åäö", engine, lost, len(swedish) // len(means))


def _is_english(name: str) -> bool:
    return "_en_" in name


def without_dots(text: str) -> str:
    """Return a text as it is typed where the keys å, ä and ö are missing."""
    return unicodedata.normalize("NFC", text).translate(_WITHOUT_DOTS)
