"""Asks archives alike for words that only one of them has: `python -m bench.probe [--words N]`.

The words stand in what a visitor may not see. Each is asked by search, suggestion, API and every page that
could tell of it, as nobody and as a member. Ends with 1 where any answer tells the archives apart.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.web.access.probe import alike, cheap_questions, costly_questions, secret_words

_SHOWN_DIFFERENCES = 5
_COSTLY_EVERY = 4


def main(arguments: Sequence[str]) -> int:
    """Ask, compare, and say how many answers told of a word."""
    parser = argparse.ArgumentParser(prog="python -m bench.probe", description=__doc__)
    parser.add_argument("--words", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    words = secret_words(options.words, options.seed)
    asked, told = 0, []
    with tempfile.TemporaryDirectory() as folder, alike(Path(folder), words) as archives:
        for place, of_place in words.items():
            visitors = (False,) if place == "members" else (False, True)
            for nth, word in enumerate(of_place):
                addresses = cheap_questions(word)
                addresses += (
                    costly_questions(word) if nth % _COSTLY_EVERY == 0 else costly_questions(word)[:1]
                )
                for address in addresses:
                    asked += len(visitors)
                    told += [(place, address, one) for one in visitors if archives.differs(address, one)]
        for address in archives.addresses:
            asked += 2
            told += [("pages", address, one) for one in (False, True) if archives.differs(address, one)]
    for place, address, is_member in told[:_SHOWN_DIFFERENCES]:
        print(f"  {place}: {address} as {'member' if is_member else 'nobody'}")
    print(
        f"probe: {sum(map(len, words.values()))} words, {asked} answers compared, {len(told)} told of a word"
    )
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
