"""Simulated mistakes in words of eleven thousand seminar texts. The floor is just under what is reached."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from archive.analysis.tokenizer import plain_words, surface
from archive.spelling.speller import Speller
from tests.analysis.analyzers import ANALYZER

SHARED = Path(__file__).resolve().parents[3] / "shared" / "swedish"
MISSPELLINGS = SHARED / "dev" / "misspellings.tsv"
CORPUS = SHARED / "corpora" / "alm_docs.jsonl.gz"


@pytest.mark.skipif(
    not (MISSPELLINGS.is_file() and CORPUS.is_file()), reason="no Swedish data on this machine"
)
def test_mistakes_of_one_edit_are_mended() -> None:
    counts: Counter[str] = Counter()
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)
            counts.update({surface(word) for word in plain_words(f"{text['title']} {text['body']}")})
    speller = Speller(counts.items(), ANALYZER.lexicon, ANALYZER.splitter)
    rows = [line.split("\t") for line in MISSPELLINGS.read_text("utf-8").splitlines()[1:]]
    mended = sum(speller.correct(typed) == meant for meant, typed, _ in rows)
    assert mended / len(rows) >= 0.97
