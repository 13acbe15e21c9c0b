"""Runs one part: `python -m bench.scale [engines|workers|outage|migrate] [--pages N]`.

- `engines`: the engine built in and OpenSearch, filled and asked in the same run;
- `workers`: files read and drawn by one process and by two;
- `outage`: how soon the index is up to date after OpenSearch was away;
- `migrate`: an archive copied to PostgreSQL, storage that speaks S3 and OpenSearch, and back.
"""

import argparse
import sys
from collections.abc import Sequence

from bench.scale import engines, migrate, outage, workers


def main(arguments: Sequence[str]) -> int:
    """Measure a part; print a line for each figure."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.scale",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("part", nargs="?", choices=tuple(_PARTS), default="engines")
    parser.add_argument("--pages", type=int, help="slides (engines 100000, outage and migrate 20000)")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--nodes", type=int, choices=(1, 3), default=1, help="of OpenSearch")
    parser.add_argument("--decks", type=int, default=24, help="files for the workers")
    options = parser.parse_args(arguments)
    _PARTS[options.part](options)
    return 0


_PARTS = {
    "engines": engines.measure,
    "workers": workers.measure,
    "outage": outage.measure,
    "migrate": migrate.measure,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
