"""Start, kill and stop OpenSearch nodes on the loopback, one Java process each."""

import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError
from urllib.request import urlopen

from tests.servers.opensearch.installation import QUICK_START, Installation
from tests.waiting import wait_until

_END_S: Final = 20.0
_HOST: Final = "127.0.0.1"
LONG_LOAD: Final = ("-Xms4g", "-Xmx4g", "-XX:+UseG1GC")
"""For measuring: both of Java's compilers, and OpenSearch's own collector.

OpenSearch refuses what comes while the heap is nearly full, of garbage or not, and the serial collector then
never clears it.
"""


class Cluster:
    """Some nodes that belong together; `owner` is the process that they end with."""

    def __init__(
        self,
        installation: Installation,
        folder: Path,
        node_count: int,
        owner: int,
        java: Sequence[str] = QUICK_START,
    ) -> None:
        self._installation = installation
        self._java = java
        self._folder = folder
        self._owner = owner
        ports = _free_ports(2 * node_count)
        self._http, self._transport = ports[:node_count], ports[node_count:]
        self._processes: dict[int, subprocess.Popen[bytes]] = {}

    @property
    def addresses(self) -> tuple[str, ...]:
        """The nodes' addresses, whether they run or not."""
        return tuple(f"http://{_HOST}:{port}" for port in self._http)

    def start(self) -> None:
        """Start all nodes that do not run, and wait until every shard has all its copies."""
        for node in range(len(self._http)):
            if node not in self._processes:
                self.begin(node)
        self.wait_until_green()

    def begin(self, node: int) -> None:
        """Start a node; do not wait for it."""
        home = self._folder / f"node-{node}"
        command = self._installation.command(home, self._owner, *self._java)
        with (home / "log").open("ab") as log:
            self._processes[node] = subprocess.Popen(
                [*command, *self._settings(node)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _settings(self, node: int) -> Iterator[str]:
        seeds = ",".join(f"{_HOST}:{port}" for port in self._transport)
        yield from (
            "cluster.name=archive-tests",
            f"node.name=node-{node}",
            f"network.host={_HOST}",
            f"http.port={self._http[node]}",
            f"transport.port={self._transport[node]}",
            f"discovery.seed_hosts={seeds}",
            f"cluster.initial_cluster_manager_nodes={','.join(f'node-{n}' for n in range(len(self._http)))}",
            # A misspelt name must not become an index, and a full disk not keep shards away.
            "action.auto_create_index=false",
            "cluster.routing.allocation.disk.threshold_enabled=false",
        )

    def kill(self, node: int) -> None:
        """End a node as a power cut does."""
        process = self._processes.pop(node)
        process.send_signal(signal.SIGKILL)
        process.wait(_END_S)

    def stop(self) -> None:
        """End all nodes."""
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(_END_S)
            process.kill()
            process.wait(_END_S)
        self._processes.clear()

    def running(self) -> tuple[int, ...]:
        """Return the nodes that have been started and not ended."""
        return tuple(self._processes)

    def cpu_s(self) -> float:
        """Return how much CPU all running nodes have used, in seconds."""
        ticks = 0
        for process in self._processes.values():
            fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def process_id(self, node: int) -> int:
        """Return the process of a node that runs."""
        return self._processes[node].pid

    def manager(self) -> int:
        """Return the node that the others have elected."""
        answer = self._ask(self.running()[0], "/_cat/cluster_manager?format=json")
        return int(answer[0]["node"].removeprefix("node-"))

    def wait_until_green(self) -> None:
        """Wait until all running nodes see each other and every shard has all its copies."""
        wanted = f"/_cluster/health?wait_for_status=green&wait_for_nodes={len(self._processes)}&timeout=1s"

        def is_green() -> bool:
            for node, process in self._processes.items():
                assert process.poll() is None, f"node {node} ended: {self._folder / f'node-{node}' / 'log'}"
            with suppress(URLError, OSError, ValueError):
                return all(not self._ask(node, wanted)["timed_out"] for node in self._processes)
            return False

        wait_until(is_green, "a green cluster")

    def _ask(self, node: int, path: str) -> Any:
        with urlopen(self.addresses[node] + path, timeout=_END_S) as answer:
            return json.load(answer)


@contextmanager
def running_cluster(
    installation: Installation, folder: Path, node_count: int, java: Sequence[str] = QUICK_START
) -> Iterator[Cluster]:
    """Start nodes that end with the context, or with this process; `java` are options of each."""
    cluster = Cluster(installation, folder, node_count, os.getpid(), java)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind((_HOST, 0))
        return [each.getsockname()[1] for each in sockets]
