"""Kill nodes of a cluster of three, again and again: `python -m bench.nodes [--rounds N] [--batches N]`.

Another node and the cluster manager in turn, with kill -9, under searches and writes. Ends with 1 where a
document that was acknowledged is lost, a search fails, or one is answered with another total.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

from tests.index.opensearch.killing import killed_under_load
from tests.servers.opensearch.cluster import running_cluster
from tests.servers.opensearch.installation import installed


def main(arguments: Sequence[str]) -> int:
    """Kill, and print a line for each node that was killed."""
    parser = argparse.ArgumentParser(prog="python -m bench.nodes", description=__doc__)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--batches", type=int, default=50, help="before and after each kill")
    parser.add_argument("--pages", type=int, default=2_000, help="that each search finds")
    options = parser.parse_args(arguments)
    is_well = True
    with tempfile.TemporaryDirectory() as name, running_cluster(installed(), Path(name), 3) as cluster:
        for victim in islice(cycle(("another node", "the cluster manager")), options.rounds):
            seen = killed_under_load(cluster, Path(name), victim, options.pages, options.batches)
            is_well = is_well and not (seen.lost or seen.wrong_answers or seen.failed)
            print(
                f"kill -9 of {victim}: {len(seen.acknowledged)} documents written, {len(seen.lost)} lost, "
                f"slowest batch {seen.slowest_write_s:.1f} s; {seen.answers} searches, {seen.failed} failed, "
                f"{len(seen.wrong_answers)} with another total",
                flush=True,
            )
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
