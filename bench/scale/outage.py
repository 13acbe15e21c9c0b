"""How soon the index is up to date after OpenSearch was away, beside the engine built in.

A fifth as many slides as there are come into the catalogue while the engine cannot be asked; then it is there
again, and the indexer follows.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from archive.app import Archive, open_archive
from archive.settings.sections import SearchSettings
from archive.settings.settings import Settings
from bench.synthetic.catalogue import add_decks
from bench.synthetic.corpus import load_text
from bench.synthetic.decks import DeckMaker
from tests.servers.opensearch.cluster import LONG_LOAD, running_cluster
from tests.servers.opensearch.installation import installed
from tests.servers.opensearch.shared_node import settings_of

_PAGES = 20_000
_MEANWHILE_SHARE = 5


def measure(options: argparse.Namespace) -> None:
    """Measure both engines; print a line for each."""
    pages: int = options.pages or _PAGES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_archive(Settings(data=folder / "built-in")) as archive:
            _measure("built in", archive, pages, lambda: None, lambda: None)
        with running_cluster(installed(), folder / "nodes", options.nodes, LONG_LOAD) as cluster:
            settings = Settings(
                data=folder / "opensearch",
                search=SearchSettings(engine="opensearch"),
                opensearch=settings_of(cluster.addresses),
            )
            with open_archive(settings) as archive:
                _measure(f"OpenSearch, nodes: {options.nodes}", archive, pages, cluster.stop, cluster.start)


def _measure(
    name: str, archive: Archive, pages: int, leave: Callable[[], None], come_back: Callable[[], None]
) -> None:
    decks = DeckMaker(load_text()).decks(pages + pages // _MEANWHILE_SHARE)
    before, count = [], 0
    while count < pages:
        before.append(next(decks))
        count += len(before[-1].pages)
    add_decks(archive, iter(before))
    archive.indexer.catch_up()
    leave()
    meanwhile = list(decks)
    add_decks(archive, iter(meanwhile))
    come_back()
    begun_s = time.monotonic()
    archive.indexer.catch_up()
    took_s = time.monotonic() - begun_s
    behind = sum(len(deck.pages) for deck in meanwhile)
    print(
        f"{name}: {count} slides, {behind} came while it was away; up to date {took_s:.1f} s after, "
        f"{behind / took_s:.0f} slides a second; behind now: {archive.indexer.lag()}",
        flush=True,
    )
