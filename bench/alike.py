"""Do both engines rank alike? `python -m bench.alike DATA [--questions N] [--documents N]`.

The relevance sets in DATA are put to the engine built in and to one on a node of OpenSearch that is started
for it. For each set: the mean rank-biased overlap of the first hundred results, and how many questions had
other totals, other groups or other counts. Ends with 1 where a set is below 0.95 or any count differs.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from archive.analysis.swedish import open_analyzer
from archive.index.schema import Facet
from archive.index.search import SearchAnswer
from archive.settings.sections import TextSettings
from bench.relevance.measures import mean, rank_biased_overlap
from bench.relevance.product import Product
from bench.relevance.sets import Text, documents, has_documents, query_sets
from tests.servers.opensearch.cluster import running_cluster
from tests.servers.opensearch.installation import installed
from tests.servers.opensearch.shared_node import settings_of

LEAST_OVERLAP: Final = 0.95
DEPTH: Final = 100
FACETS: Final = (Facet.LANGUAGE, Facet.KIND)


def main(arguments: Sequence[str]) -> int:
    """Start a node, compare every set and print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m bench.alike", description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of the sets")
    parser.add_argument("--corpora", type=Path, help="the folder of their documents (default: beside it)")
    parser.add_argument("--questions", type=int, default=100, help="of each set")
    parser.add_argument("--documents", type=int, default=20_000, help="of each collection")
    options = parser.parse_args(arguments)
    corpora = options.corpora or options.data.parent / "corpora"
    is_alike = True
    with tempfile.TemporaryDirectory() as folder, running_cluster(installed(), Path(folder), 1) as cluster:
        for asked in query_sets(options.data):
            if not has_documents(corpora, asked.collection):
                continue
            texts = [
                text if asked.with_titles else Text(text.id, "", text.body)
                for text in documents(corpora, asked.collection)[: options.documents]
            ]
            questions = [one.query for one in islice(asked.asked, options.questions)]
            overlap, different = compared(texts, questions, Path(folder), cluster.addresses)
            is_alike = is_alike and overlap >= LEAST_OVERLAP and not different
            print(
                f"{asked.name}: {len(texts)} documents, {len(questions)} questions: overlap {overlap:.4f}, "
                f"{different} with other totals, groups or counts",
                flush=True,
            )
    return 0 if is_alike else 1


def compared(
    texts: Sequence[Text], questions: Sequence[str], folder: Path, addresses: tuple[str, ...]
) -> tuple[float, int]:
    """Return the mean overlap of the answers to questions, and to how many the counts differ."""
    analyzer = open_analyzer(TextSettings())
    embedded = Product(texts, analyzer, folder / "embedded")
    server = Product(texts, analyzer, folder / "server", settings_of(addresses))
    try:
        pairs = [
            (embedded.answer(question, DEPTH, FACETS), server.answer(question, DEPTH, FACETS))
            for question in questions
        ]
    finally:
        embedded.close()
        server.close()
    overlaps = [rank_biased_overlap(names(one), names(other)) for one, other in pairs]
    return mean(overlaps), sum(counts_of(one) != counts_of(other) for one, other in pairs)


def names(answer: SearchAnswer) -> list[str]:
    """Return the groups of an answer in their order."""
    return [group.group for group in answer.groups]


def counts_of(answer: SearchAnswer) -> object:
    """Return all that must be the same of an answer: every count, and where all groups are shown, which."""
    shown = {group.group: group.pages for group in answer.groups} if answer.total_groups <= DEPTH else {}
    totals = (answer.total_groups, answer.total_pages, answer.fallback_groups, answer.fallback_pages)
    return totals, answer.facets, shown


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
