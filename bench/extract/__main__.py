"""Measures how many of the words that a reader sees each tool extracts, and lists those that are missed.

`python -m bench.extract [--corpus DIR] [--sample N] [--missed FILE]`; the folder defaults to the shared
corpus beside the checkout. Compared are the archive, markitdown and pdftotext (if installed), and stock
pdfminer.six.

A word counts when a second witness confirms it: in a PDF, pdfium prints it on the page and pdfminer.six in
the file; on a slide, LibreOffice's rendering shows it and the package's XML holds it (of .ppt and .odp the
rendering alone decides). mean is the recall averaged over files with five such words or more, micro that of
all words together, åäö that of words with these letters; `on page` is the share found on the very page (of
tools that tell pages; the archive gives a layout's words once a deck, so they are missing on later slides);
empty counts files with words of which a tool printed none and told no error. CPU is that of a tool's own
process and its children, start-up included.
"""

import argparse
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.extract.readings import Reading, Run, run
from bench.extract.tools import OTHER_DECKS, PDF, POWERPOINT, TOOLS, WITNESSES
from bench.extract.words import SWEDISH, recomposed, words

CORPUS = Path(__file__).parents[2] / ".." / "shared" / "corpus"
_KINDS = {"PowerPoint": POWERPOINT, "PDF": PDF, ".ppt, .odp": OTHER_DECKS}
_ENOUGH = 5

Seen = list[frozenset[str]]
"""The confirmed words of each page of a file."""


def main(arguments: Sequence[str]) -> int:
    """Measure everything, print the table, and write the list of missed words."""
    options = _arguments(arguments)
    if not options.corpus.is_dir():
        print(f"There is no folder {options.corpus}: give one with decks and reports.", file=sys.stderr)
        return 2
    table = Table(
        "Files", "Tool", "n", "ref", "mean", "micro", "åäö", "on page", "empty", "fail", "CPU s", "wall s"
    )
    missed: list[str] = []
    for kind, suffixes in _KINDS.items():
        files = _files(options.corpus, suffixes, options.sample)
        if not files:
            continue
        seen = _seen(files)
        for name, tool in TOOLS.items():
            if tool.is_installed() and suffixes & tool.reads:
                read = run(name, files)
                table.add_row(kind, name, *_figures(files, seen, read))
                if name == "archive":
                    missed += _missed(files, seen, read)
    Console(width=130).print(table)
    _tell(missed, options.missed)
    return 0


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure text extraction.")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="a folder with decks and reports")
    parser.add_argument(
        "--sample", type=int, default=0, help="so many files of each kind, drawn by a fixed seed"
    )
    parser.add_argument(
        "--missed", type=Path, help="write the missed words to this file instead of printing them"
    )
    return parser.parse_args(arguments)


def _files(corpus: Path, suffixes: Iterable[str], sample: int) -> list[Path]:
    files = sorted(path for path in corpus.rglob("*") if path.suffix.lower() in suffixes and path.is_file())
    return sorted(random.Random(1).sample(files, sample)) if 0 < sample < len(files) else files


def _seen(files: Sequence[Path]) -> dict[Path, Seen]:
    """Return the words that each page of each file shows, and that a second witness confirms."""
    first, second = ("pdfium", "pdfminer.six") if files[0].suffix.lower() in PDF else ("rendering", "package")
    shown = run(first, files).readings
    confirming = WITNESSES[second]
    confirmed = run(second, [file for file in files if file.suffix.lower() in confirming.reads]).readings
    return {file: _confirmed(shown[file], confirmed.get(file)) for file in files}


def _confirmed(shown: Reading, second: Reading | None) -> Seen:
    pages = [words(recomposed(page)) for page in shown.pages]
    if second is None:
        return pages
    confirmed = words(recomposed("\n\n".join(second.pages)))
    return [page & confirmed for page in pages]


@dataclass
class _Sum:
    """Words asked for and found."""

    expected: int = 0
    found: int = 0

    def add(self, expected: Iterable[str], found: frozenset[str]) -> None:
        wanted = frozenset(expected)
        self.expected += len(wanted)
        self.found += len(wanted & found)

    def __str__(self) -> str:
        return f"{100 * self.found / self.expected:.1f}" if self.expected else "-"


def _figures(files: Sequence[Path], seen: dict[Path, Seen], read: Run) -> Iterator[str]:
    """Yield the cells of one row."""
    whole, swedish, paged, shares, empty, failed = _Sum(), _Sum(), _Sum(), [], 0, 0
    for file in files:
        reading = read.readings[file]
        expected, found = frozenset().union(*seen[file]), words("\n\n".join(reading.pages))
        whole.add(expected, found)
        swedish.add((word for word in expected if SWEDISH & set(word)), found)
        failed += bool(reading.error)
        if len(expected) >= _ENOUGH:
            shares.append(len(expected & found) / len(expected))
            empty += not found and not reading.error
        if len(reading.pages) >= len(seen[file]) > 1:
            for wanted, page in zip(seen[file], reading.pages, strict=False):
                paged.add(wanted, words(page))
    mean = f"{100 * sum(shares) / len(shares):.1f}" if shares else "-"
    yield from (str(len(files)), str(len(shares)), mean, str(whole), str(swedish), str(paged))
    yield from (str(empty), str(failed), f"{read.cpu_s:.1f}", f"{read.wall_s:.1f}")


def _missed(files: Sequence[Path], seen: dict[Path, Seen], read: Run) -> Iterator[str]:
    """Yield a line for each page with missed words, by file."""
    for file in files:
        reading = read.readings[file]
        found = words("\n\n".join(reading.pages))
        for number, page in enumerate(seen[file], 1):
            if missing := sorted(page - found):
                told = f" ({reading.error})" if reading.error else ""
                yield f"{file.name}, page {number}{told}: {' '.join(missing)}"


def _tell(missed: Sequence[str], target: Path | None) -> None:
    if target is not None:
        target.write_text("".join(f"{line}\n" for line in missed), "utf-8")
        print(f"{len(missed)} pages with missed words: see {target}")
        return
    print(f"Words that the archive missed, on {len(missed)} pages:")
    for line in missed:
        print("  " + line)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
