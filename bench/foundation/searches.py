"""Measures searches of an archive's own words: the whole answer, as the search page shows it."""

import random
import statistics
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

from archive.analysis.tokenizer import words
from archive.app import Archive, open_archive
from archive.catalogue import documents, pages
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.settings.settings import load_settings

Row = tuple[str, float, float, str, float | None]


def measure_searches(data: Path, times: int = 300) -> list[Row]:
    """Return rows with the median and the 95th percentile, against looking through every page's text."""
    with open_archive(load_settings(data)) as archive:
        texts = _texts(archive)
        questions = _questions(texts, times)
        seen = Visibility.PUBLIC
        archive.search.search(Question(questions[0]), seen)
        cpu, wall = [], []
        for question in questions:
            began = (time.process_time(), time.perf_counter())
            archive.search.search(Question(question), seen)
            cpu.append(time.process_time() - began[0])
            wall.append(time.perf_counter() - began[1])
    began_scan = time.process_time()
    for question in questions[:50]:
        sum(question in text.lower() for text in texts)
    scan_s = (time.process_time() - began_scan) / 50
    reference = f"looking for the words in {len(texts)} texts"
    return [
        (
            "search, median",
            statistics.median(cpu),
            statistics.median(wall),
            reference,
            statistics.median(cpu) / scan_s,
        ),
        ("search, 95th percentile", _p95(cpu), _p95(wall), reference, _p95(cpu) / scan_s),
    ]


def own_questions(archive: Archive, count: int) -> list[str]:
    """Return words and pairs of words of the archive's own pages."""
    return _questions(_texts(archive), count)


def _texts(archive: Archive) -> list[str]:
    texts: list[str] = []
    with archive.database.read() as session:
        for document_id in documents.document_ids(session, limit=100_000):
            version = documents.document(session, document_id).version
            texts += [
                "\n".join(block.text for block in page.blocks) for page in pages.pages(session, version.id)
            ]
    return texts


def _questions(texts: list[str], count: int) -> list[str]:
    """Return single words and pairs of neighbours, as frequent as they are in the texts."""
    random_ = random.Random(7)
    seen: Counter[str] = Counter()
    for text in texts:
        lowered = [word.lower() for word, _, _ in words(text) if len(word) > 3]
        seen.update(lowered)
        seen.update(" ".join(pair) for pair in pairwise(lowered))
    choices = sorted(seen)
    return random_.choices(choices, [seen[choice] for choice in choices], k=count)


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]
