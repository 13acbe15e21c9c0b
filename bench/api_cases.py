"""Asks the JSON interface what its document allows and forbids: `python -m bench.api_cases [--cases N]`.

schemathesis makes the cases, 20,000 and more, and checks each answer against the document in every way it
has. They come in rounds, each with a seed of its own. Ends with 1 where any answer is not as the
document says.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from archive.app import open_archive
from archive.settings.settings import Settings
from archive.web.factory import create_app
from tests.web.views.api.cases import Asked, ask
from tests.web.web_archive import build

_CASES = 20_000
_EXAMPLES_A_ROUND = 100
_SHOWN_FAILURES = 10


def main(arguments: Sequence[str]) -> int:
    """Ask, and say how many cases there were and what failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.api_cases", description=__doc__)
    parser.add_argument("--cases", type=int, default=_CASES)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_archive(Settings(data=Path(folder) / "data")) as archive,
    ):
        build(archive)
        began_s = time.perf_counter()
        asked, seed = Asked(), options.seed
        while asked.count < options.cases:
            asked.add(ask(create_app(archive), _EXAMPLES_A_ROUND, seed))
            seed += 1
        took_s = time.perf_counter() - began_s
    by_phase = ", ".join(f"{count} {phase}" for phase, count in asked.cases.items() if count)
    print(f"{asked.count} cases ({by_phase}), {sum(asked.checks.values())} checks in {took_s:.0f} s")
    print(f"{len(asked.failures)} failures")
    for failure in list(dict.fromkeys(asked.failures))[:_SHOWN_FAILURES]:
        print(f"  {failure}")
    return 1 if asked.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
