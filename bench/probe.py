"""Asks archives alike for words that only one has: `python -m bench.probe [--words N] [--processes N]`.

The words stand in what a visitor may not see. Each is asked by search, suggestion, API and every page that
could tell of it, as nobody and as a member. Each process makes the archives with all words and asks for its
share of them. Ends with 1 where any answer tells the archives apart.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.web.access.probe import alike, cheap_questions, costly_questions, secret_words

_SHOWN_DIFFERENCES = 5
_COSTLY_EVERY = 4

Question = tuple[str, str, bool]
"""Where the word stands ("pages": nowhere), the address, and whether a member asks."""


def main(arguments: Sequence[str]) -> int:
    """Ask, compare, and say how many answers told of a word."""
    parser = argparse.ArgumentParser(prog="python -m bench.probe", description=__doc__)
    parser.add_argument("--words", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--share", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    words = secret_words(options.words, options.seed)
    if options.share is not None:
        print(json.dumps(_ask(words, options.share, options.processes)))
        return 0
    command = [sys.executable, "-m", "bench.probe", *arguments, "--share"]
    began = time.monotonic()
    started = [
        subprocess.Popen([*command, str(share)], stdout=subprocess.PIPE) for share in range(options.processes)
    ]
    answers = [json.loads(process.communicate()[0]) for process in started]
    told = [question for answer in answers for question in answer["told"]]
    for place, address, is_member in told[:_SHOWN_DIFFERENCES]:
        print(f"  {place}: {address} as {'member' if is_member else 'nobody'}")
    asked, cpu_s = (sum(answer[name] for answer in answers) for name in ("asked", "cpu_s"))
    print(
        f"probe: {sum(map(len, words.values()))} words, {asked} answers compared, {len(told)} told of a word "
        f"({cpu_s:.0f} s of CPU, {time.monotonic() - began:.0f} s)"
    )
    return 1 if told else 0


def _ask(words: dict[str, list[str]], share: int, shares: int) -> dict[str, object]:
    """Ask every so many of the questions; return how many, and those whose answers told of a word."""
    asked = 0
    told: list[Question] = []
    with tempfile.TemporaryDirectory() as folder, alike(Path(folder), words) as archives:
        for nth, question in enumerate(_questions(words, archives.addresses)):
            if nth % shares == share:
                asked += 1
                if archives.differs(*question[1:]):
                    told.append(question)
    return {"asked": asked, "told": told, "cpu_s": time.process_time()}


def _questions(words: dict[str, list[str]], addresses: Sequence[str]) -> Iterator[Question]:
    for place, of_place in words.items():
        for nth, word in enumerate(of_place):
            costly = costly_questions(word) if nth % _COSTLY_EVERY == 0 else costly_questions(word)[:1]
            for address in [*cheap_questions(word), *costly]:
                # A member may see what is for members.
                for is_member in (False,) if place == "members" else (False, True):
                    yield place, address, is_member
    for address in addresses:
        for is_member in (False, True):
            yield "pages", address, is_member


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
