"""Measures what is done with single words: compounds, word forms, misspellings, languages."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from time import process_time

from archive.analysis.language import detect_language
from archive.analysis.swedish import SwedishAnalyzer
from archive.spelling.speller import Speller
from bench.relevance.sets import table
from bench.relevance.table import Row, row
from bench.splitter.gold import evaluate, read_gold

_NAME = "archive"


def compounds(path: Path, analyzer: SwedishAnalyzer) -> Iterator[Row]:
    """Yield the F1 of compound boundaries, and the share of other words that are wrongly split."""
    gold = read_gold([path])
    score = evaluate(analyzer.splitter.split, gold)
    simple = sum(1 for word in gold if not word.required and not word.optional)
    yield row("compound splits", "F1", _NAME, score.f1, len(gold))
    yield row("words that are no compounds", "share split", _NAME, score.wrongly_split, simple)


def conflation(path: Path, analyzer: SwedishAnalyzer) -> Row:
    """Return the F1 of pairs of forms: forms of one lemma should share a main form, others should not.

    Pairs are counted within the file: two forms that share a main form but no lemma count as wrong.
    """
    lemmas = [line[1].split() for line in table(path)]
    right = {pair for forms in lemmas for pair in combinations(sorted(set(forms)), 2)}
    groups: dict[str, set[str]] = {}
    for form in {form for forms in lemmas for form in forms}:
        for term in (main.term for main in analyzer.word_terms(form, "sv")[:1]):
            groups.setdefault(term, set()).add(form)
    grouped = {pair for forms in groups.values() for pair in combinations(sorted(forms), 2)}
    hits = len(grouped & right)
    f1 = 2 * hits / max(1, len(grouped) + len(right))
    return row(path.stem, "F1", _NAME, f1, len(right))


def misspellings(path: Path, words: Sequence[tuple[str, int]], analyzer: SwedishAnalyzer) -> Iterator[Row]:
    """Yield how many misspelt words are mended rightly, and how many a second."""
    speller = Speller(words, analyzer.lexicon)
    lines = list(table(path))
    began_s = process_time()
    right = sum(speller.correct(line[1]) == line[0] for line in lines)
    spent_s = process_time() - began_s
    yield row("misspellings", "accuracy@1", _NAME, right / max(1, len(lines)), len(lines))
    yield row("misspellings", "words a CPU second", _NAME, len(lines) / max(1e-9, spent_s), len(lines))


def languages(path: Path) -> Iterator[Row]:
    """Yield the share of texts whose language is detected correctly, by kind of text."""
    kinds: dict[str, list[bool]] = {}
    for kind, language, text in table(path):
        kinds.setdefault(kind, []).append(detect_language(text, "sv") == language)
    for kind, right in kinds.items():
        yield row(f"language of a {kind}", "accuracy", _NAME, sum(right) / len(right), len(right))
