"""Sets of single words and of texts: compounds, inflected forms, languages, spelling."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from archive.text.language import detect_language
from archive.text.swedish import SwedishAnalyzer
from bench.relevance import sets
from bench.relevance.measures import f1
from bench.relevance.rows import Row
from bench.splitter.gold import evaluate, read_gold

_PRODUCT = "archive"


def word_rows(data: Path, analyzer: SwedishAnalyzer) -> Iterator[Row]:
    """Yield the rows of all sets of words and texts that are there."""
    if (path := data / "compound_splits.tsv").exists():
        yield from _split_rows(path, analyzer)
    for path in sorted(data.glob("conflation_*.tsv")):
        yield _conflation_row(path.stem, list(sets.table(path)), analyzer)
    if (path := data / "language_id.tsv").exists():
        yield from _language_rows(list(sets.table(path)))


def _split_rows(path: Path, analyzer: SwedishAnalyzer) -> Iterator[Row]:
    gold = read_gold([path])
    score = evaluate(analyzer.splitter.split, gold)
    yield Row("compound_splits", "F1", _PRODUCT, score.f1, len(gold))
    whole = sum(not (word.required or word.optional) for word in gold)
    yield Row("compound_splits", "non-compounds split", _PRODUCT, score.wrongly_split, whole)


def _conflation_row(name: str, rows: Sequence[Sequence[str]], analyzer: SwedishAnalyzer) -> Row:
    """Return the F1 of pairs of forms that get one main form against pairs that share a lemma.

    A form that two lemmas share stands for both.
    """
    lemmas_of: defaultdict[str, set[str]] = defaultdict(set)
    for lemma, forms, *_ in rows:
        for form in forms.split():
            lemmas_of[form].add(lemma.split("/")[0])
    by_term: defaultdict[str, list[str]] = defaultdict(list)
    by_lemma: Counter[str] = Counter()
    for form, lemmas in lemmas_of.items():
        terms = analyzer.word_terms(form, "sv")
        by_term[terms[0].term if terms else f"={form}"].append(form)
        by_lemma.update(lemmas)
    wanted = sum(count * (count - 1) // 2 for count in by_lemma.values())
    given = right = 0
    for together in by_term.values():
        for at, first in enumerate(together):
            for second in together[at + 1 :]:
                given += 1
                right += bool(lemmas_of[first] & lemmas_of[second])
    return Row(name, "F1 of pairs", _PRODUCT, f1(right, given, wanted), len(lemmas_of))


def _language_rows(rows: Sequence[Sequence[str]]) -> Iterator[Row]:
    for kind in dict.fromkeys(row[0] for row in rows):
        told = [detect_language(text) == language for of, language, text in rows if of == kind]
        yield Row("language_id", f"accuracy, {kind}", _PRODUCT, sum(told) / len(told), len(told))
