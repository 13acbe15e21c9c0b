"""Synthetic decks with the word statistics of real Swedish: runs of words as they follow each other in texts.

The texts are those of `shared/swedish/corpora` next to the checkout, or of the folder that the environment
variable `ARCHIVE_BENCH_CORPORA` names; without them the words of the samples are used, which are few.
"""

import ast
import gzip
import json
import os
import re
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_CORPORA = _ROOT.parent / "shared" / "swedish" / "corpora"
_WORD = re.compile(r"[^\W\d_]{1,40}")
_MAX_WORDS = 3_000_000


@dataclass(frozen=True, slots=True)
class RunningText:
    """All texts as one row of numbers into `words`; `is_real` where they are not the samples'."""

    words: tuple[str, ...]
    row: "array[int]"
    is_real: bool

    def run(self, start: int, length: int) -> list[str]:
        """Return `length` words from a position on; after the end follows the beginning."""
        begin = start % (len(self.row) - length)
        return [self.words[number] for number in self.row[begin : begin + length]]


def load_text() -> RunningText:
    """Read the texts; report on stderr where there are only the samples' words."""
    folder = Path(os.environ.get("ARCHIVE_BENCH_CORPORA", _CORPORA))
    files = sorted(folder.glob("*_docs.jsonl.gz"))
    if not files:
        print(f"There are no texts in {folder}: the words of the samples are used.", file=sys.stderr)
    number_of: dict[str, int] = {}
    row = array("I")
    for text in _corpus_texts(files) if files else _sample_texts():
        row.extend(number_of.setdefault(word, len(number_of)) for word in _WORD.findall(text.lower()))
        if len(row) > _MAX_WORDS:
            break
    return RunningText(tuple(number_of), row, is_real=bool(files))


def _corpus_texts(files: list[Path]) -> Iterator[str]:
    # Smaller collections first, so that all contribute before there are enough words.
    for path in sorted(files, key=lambda path: path.stat().st_size):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield f"{record.get('title', '')}\n{record.get('body', '')}"


def _sample_texts() -> Iterator[str]:
    """Yield the strings in the programs of the samples."""
    for path in sorted((_ROOT / "samples").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
                yield node.value
