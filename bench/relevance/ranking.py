"""Measures rankings: known items, concepts in several forms, compounds written apart, letters left out."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.relevance.measures import average_precision, mean, ndcg, recall
from bench.relevance.peers import Ranker
from bench.relevance.sets import QuerySet, Text, documents, rows
from bench.relevance.table import Row, row

_DEPTH = 100
_ALL = 20_000
_WORD = re.compile(r"\w+")
_WITHOUT_DOTS = str.maketrans("åäöÅÄÖ", "aaoAAO")
# Both sets ask of the seminar programme, whose forms were listed by hand.
_CONCEPTS_OF = "alm"


def known_items(questions: QuerySet, ranker: Ranker) -> Iterator[Row]:
    """Yield nDCG@10 and recall@100 of a set of questions."""
    rankings = [ranker.ranked(question.query, _DEPTH) for question in questions.asked]
    pairs = list(zip(rankings, questions.asked, strict=True))
    yield row(
        questions.name,
        "nDCG@10",
        ranker.name,
        mean([ndcg(ranked, question.relevant) for ranked, question in pairs]),
        len(pairs),
    )
    yield row(
        questions.name,
        "R@100",
        ranker.name,
        mean([recall(ranked, question.relevant) for ranked, question in pairs]),
        len(pairs),
    )


def without_dots(questions: QuerySet, ranker: Ranker) -> Row:
    """Return nDCG@10 of the same questions typed without å, ä and ö."""
    values = [
        ndcg(ranker.ranked(question.query.translate(_WITHOUT_DOTS), 10), question.relevant)
        for question in questions.asked
    ]
    return row(f"{questions.name} without å ä ö", "nDCG@10", ranker.name, mean(values), len(values))


def concepts(path: Path, corpora: Path, ranker: Ranker) -> Iterator[Row]:
    """Yield the average precision of concepts asked in base form, inflected, and in English."""
    words = {text.id: _words(text) for text in documents(corpora, _CONCEPTS_OF)}
    concepts = list(rows(path))
    truths = [_truth(concept, words) for concept in concepts]
    for form, name in (("concept", "base"), ("inflected", "inflected"), ("english", "English")):
        values = [
            average_precision(ranker.ranked(concept[form], _ALL), relevant, neutral)
            for concept, (relevant, neutral) in zip(concepts, truths, strict=True)
        ]
        yield row(f"concepts, {name}", "AP", ranker.name, mean(values), len(values))


def open_compounds(path: Path, ranker: Ranker) -> Row:
    """Return nDCG@10 of compounds that were typed as two words."""
    values = [ndcg(ranker.ranked(row["open"], 10), dict.fromkeys(row["docs"], 1.0)) for row in rows(path)]
    return row("open → closed compounds", "nDCG@10", ranker.name, mean(values), len(values))


def collection_of_concepts(corpora: Path) -> Sequence[Text]:
    """Return the documents in which concepts and open compounds are searched."""
    return documents(corpora, _CONCEPTS_OF)


def _words(text: Text) -> set[str]:
    return {word.lower() for word in _WORD.findall(f"{text.title} {text.body}")}


def _truth(concept: dict[str, Any], words: dict[str, set[str]]) -> tuple[set[str], set[str]]:
    """Return the documents with a true form, and those that only have a neutral one."""
    true, neutral = set(concept["true_types"]), set(concept.get("neutral_types", ()))
    relevant = {document for document, forms in words.items() if forms & true}
    return relevant, {document for document, forms in words.items() if forms & neutral} - relevant
