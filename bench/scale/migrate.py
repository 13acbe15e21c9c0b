"""An archive copied to PostgreSQL, storage that speaks S3 and OpenSearch, and back: slides a second.

Synthetic slides, whose catalogue is filled as if files had been read; beside them the sample seminar, which
has files and pictures. Comparing in the end counts.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from archive.app import Archive, open_archive
from archive.ingest.progress import Silent
from archive.settings.sections import SearchSettings
from archive.settings.settings import Settings
from archive.transfer import copy_archive
from bench.synthetic.catalogue import fill_catalogue
from bench.synthetic.corpus import load_text
from bench.synthetic.decks import DeckMaker
from tests.servers.opensearch.cluster import LONG_LOAD, running_cluster
from tests.servers.opensearch.installation import installed
from tests.servers.opensearch.shared_node import settings_of
from tests.servers.postgres.databases import run
from tests.servers.postgres.server import Server, programs
from tests.servers.versitygw.build import program
from tests.servers.versitygw.server import S3Server

_PAGES = 20_000
_SEMINAR = Path(__file__).parents[2] / "samples" / "seminar"


def measure(options: argparse.Namespace) -> None:
    """Copy there and back; print a line for each."""
    with tempfile.TemporaryDirectory() as name, _servers(Path(name), options.nodes) as there:
        folder = Path(name)
        with open_archive(Settings(data=folder / "embedded")) as archive:
            fill_catalogue(archive, DeckMaker(load_text()), options.pages or _PAGES)
            archive.ingest([_SEMINAR], Silent(), "bench")
            _copy("to PostgreSQL, S3 and OpenSearch", archive, there)
        with open_archive(there) as archive:
            _copy("back to embedded parts", archive, Settings(data=folder / "back"))


@contextmanager
def _servers(folder: Path, node_count: int) -> Iterator[Settings]:
    """Start one of each; yield the settings of an archive there."""
    binaries = programs()
    if binaries is None:
        raise SystemExit("PostgreSQL's server is not installed (apt-get install postgresql).")
    database, storage = Server.in_new_folder(binaries), S3Server(program(), folder / "s3")
    with ExitStack() as stack:
        stack.callback(database.remove)
        database.make()
        run(database, "CREATE DATABASE archive")
        stack.callback(storage.stop)
        storage.start()
        storage.make_bucket("arkivet")
        cluster = stack.enter_context(running_cluster(installed(), folder / "nodes", node_count, LONG_LOAD))
        yield Settings(
            data=folder / "there",
            database_url=database.url("archive"),
            store=storage.settings("arkivet"),
            search=SearchSettings(engine="opensearch"),
            opensearch=settings_of(cluster.addresses),
        )


def _copy(where: str, archive: Archive, settings: Settings) -> None:
    begun_s = time.monotonic()
    copied = copy_archive(archive, settings, lambda _what, _count: None)
    took_s = time.monotonic() - begun_s
    print(
        f"{where}: {copied.pages} slides, {copied.rows} rows, {copied.originals} originals and "
        f"{copied.pictures} pictures in {took_s:.1f} s, {copied.pages / took_s:.0f} slides a second; "
        f"whole: {copied.is_whole}, {copied.same_order} of {copied.asked} questions in the same order",
        flush=True,
    )
