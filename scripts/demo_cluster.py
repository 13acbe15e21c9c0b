"""The demo on real servers: three OpenSearch nodes, PostgreSQL and storage that speaks S3, on the loopback.

`python -m scripts.demo_cluster --port N` starts them in a temporary folder, ingests the sample seminar, and
serves until Ctrl-C, which ends everything and deletes the folder. `--check` looks at what is served, kills
the node that manages the cluster, looks again, and ends with 0 when all is well.
"""

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from scripts.archive_command import ArchiveCommand, CommandError
from scripts.demo import SEMINAR, show
from scripts.demo_check import CheckFailed, visits
from tests.servers.opensearch.cluster import Cluster, running_cluster
from tests.servers.opensearch.installation import NotInstallable, installed
from tests.servers.postgres.databases import run
from tests.servers.postgres.server import Server, programs
from tests.servers.versitygw.build import NotBuilt, program
from tests.servers.versitygw.server import ACCESS, SECRET, S3Server

_NODES = 3
_BUCKET = "arkivet"


@dataclass(frozen=True)
class Servers:
    """What runs, and the archive that uses it."""

    archive: ArchiveCommand
    cluster: Cluster


def main() -> int:
    """Run the demo or its check; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.demo_cluster", description="Try a cluster.")
    parser.add_argument("--port", type=int, default=8000, help="the port to serve on, if free")
    parser.add_argument("--check", action="store_true", help="check the demo over HTTP and end")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with started() as servers:
            if arguments.check:
                return 0 if _check(servers) else 1
            for node in servers.cluster.running():
                print(f"OpenSearch node {node} is process {servers.cluster.process_id(node)}: kill -9 it.")
            show(servers.archive, arguments.port, "The sample seminar is on three servers")
    except (CommandError, NotBuilt, NotInstallable) as error:
        print(f"demo-cluster: {error}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nThe demo has ended, and its servers with it.")
    return 0


@contextmanager
def started() -> Iterator[Servers]:
    """Start all servers, and write the settings that name them. Raises what each of them lacks."""
    binaries = programs()
    if binaries is None:
        raise CommandError("PostgreSQL's server is not installed (apt-get install postgresql)")
    gateway, installation = program(), installed()
    with tempfile.TemporaryDirectory(prefix="archive-cluster-") as name:
        folder = Path(name)
        database, storage = Server.in_new_folder(binaries), S3Server(gateway, folder / "s3")
        try:
            print("Starting PostgreSQL, the S3 server and three OpenSearch nodes ...", flush=True)
            database.make()
            run(database, "CREATE DATABASE archive")
            storage.start()
            storage.make_bucket(_BUCKET)
            with running_cluster(installation, folder / "opensearch", _NODES) as cluster:
                _write_settings(folder, database, storage, cluster)
                yield Servers(ArchiveCommand(folder / "data"), cluster)
        finally:
            storage.stop()
            database.remove()


def _write_settings(folder: Path, database: Server, storage: S3Server, cluster: Cluster) -> None:
    (folder / "s3-secret").write_text(SECRET, "utf-8")
    (folder / "data").mkdir()
    (folder / "data" / "archive.toml").write_text(
        f"""
database_url = "{database.url("archive")}"
[search]
engine = "opensearch"
[opensearch]
hosts = {json.dumps(list(cluster.addresses))}
replicas = {_NODES - 1}
[store]
url = "s3://{_BUCKET}/demo"
endpoint = "http://127.0.0.1:{storage.port}"
access_key_id = "{ACCESS}"
secret_access_key_file = "{folder / "s3-secret"}"
""",
        "utf-8",
    )


def _check(servers: Servers) -> bool:
    """Look at the demo before and after the managing node is killed, a line for each check."""
    archive, cluster = servers.archive, servers.cluster
    server = None
    try:
        archive.ingest_steps(SEMINAR)
        has_missing = bool(archive.status()["missing_parts"])
        server = archive.serve(0)
        for moment in ("all nodes run", "one was killed"):
            for what, seen in visits(server, SEMINAR, has_missing):
                print(f"ok      {moment}, {what}: {seen}", flush=True)
            if moment == "all nodes run":
                cluster.kill(cluster.manager())
    except (CheckFailed, CommandError) as error:
        print(f"FAILED  {error}", flush=True)
        return False
    finally:
        if server is not None:
            server.end()
    return True


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
