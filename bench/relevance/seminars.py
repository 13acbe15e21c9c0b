"""Asks an archive of real decks judged questions: `python -m bench.relevance.seminars ARCHIVE`.

`seminars.tsv` has questions of all kinds with the slides that answer them, by the beginning of a document's
title and the numbers of its slides. A question is answered where one of them is among the first three slides
shown: the best slide of each card. Where nothing is found the spelling that is offered is asked, as a visitor
would.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.app import Archive, open_archive
from archive.model.visibility import Visibility
from archive.search.question import Question, View
from archive.settings.settings import load_settings

_JUDGED = Path(__file__).with_suffix(".tsv")
_SHOWN = 3
_WAIT_S = 10.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, its kind, and its right slides as (beginning of a title, number)."""

    kind: str
    text: str
    right: tuple[tuple[str, int], ...]

    def is_answered_by(self, title: str, number: int) -> bool:
        """Return whether a slide is right."""
        return any(title.startswith(right) and number == at for right, at in self.right)


def main(arguments: Sequence[str]) -> int:
    """Ask and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.relevance.seminars", description=__doc__)
    parser.add_argument("archive", type=Path, help="an archive that holds the decks")
    parser.add_argument("--depth", type=int, default=_SHOWN, help="how many slides are looked at")
    options = parser.parse_args(arguments)
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    with open_archive(load_settings(options.archive)) as archive:
        titles = _titles(archive)
        for question in judged():
            if not all(any(title.startswith(known) for title in titles) for known, _ in question.right):
                print(
                    f"{question.kind}: {question.text}: its decks are not here, so left out", file=sys.stderr
                )
                continue
            shown = _shown(archive, question.text)[: options.depth]
            is_right = any(question.is_answered_by(*slide) for slide in shown)
            asked[question.kind] += 1
            right[question.kind] += is_right
            if not is_right:
                print(f"{question.kind}: {question.text}: {shown}", file=sys.stderr)
    for kind, count in asked.items():
        print(f"{kind:12} {right[kind]:3} of {count}")
    print(f"{'all':12} {right.total():3} of {asked.total()}")
    return 0


def judged() -> Iterator[Judged]:
    """Yield the judged questions."""
    for line in _JUDGED.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            kind, text, right = line.split("\t")
            yield Judged(kind, text, tuple(_slides(right)))


def _slides(right: str) -> Iterator[tuple[str, int]]:
    for document in right.split("; "):
        title, _, numbers = document.rpartition(": ")
        for number in numbers.split():
            yield title, int(number)


def _titles(archive: Archive) -> set[str]:
    """Return the titles of all documents."""
    first = archive.search.search(Question(), Visibility.PUBLIC)
    pages = [
        archive.search.search(Question(page=n), Visibility.PUBLIC) for n in range(2, first.last_page + 1)
    ]
    return {group.title for page in (first, *pages) for group in page.groups}


def _shown(archive: Archive, text: str) -> list[tuple[str, int]]:
    """Return the first slides that a visitor sees, also those of the spelling that is offered."""
    found = _best(archive, text)
    until = time.monotonic() + _WAIT_S  # the words for spelling are read meanwhile
    while not found and time.monotonic() < until:
        meant = archive.spelling.meant(Question(text), Visibility.PUBLIC)
        found = _best(archive, meant.text) if meant else []
        time.sleep(0.1)
    return found


def _best(archive: Archive, text: str) -> list[tuple[str, int]]:
    """Return the best slide of each talk."""
    result = archive.search.search(Question(text, view=View.LIST), Visibility.PUBLIC)
    return [(group.title, group.best[0].number) for group in result.groups]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
