"""Kill a node while documents are written and searched; see what was lost, and what was answered wrongly."""

import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from archive.errors import ArchiveError, SearchAway
from archive.index.documents import Batch
from archive.index.engine import SearchEngine
from archive.index.engines import open_engine
from archive.index.query import MatchAll, Term
from archive.index.schema import TextField
from archive.index.search import Scope
from tests.index.index_documents import ask, document, mark, write
from tests.servers.opensearch.cluster import Cluster
from tests.servers.opensearch.shared_node import settings_of

_OLD: Final = Term(TextField.TEXT, "gammal")
_FIRST_SEQ: Final = 2


@dataclass
class Seen:
    """What came of it.

    Attributes:
        acknowledged: Documents whose batch was written.
        lost: Those of them that are not there in the end.
        answers: How many searches were answered.
        failed: How many were not.
        wrong_answers: Totals that no committed state has.
        slowest_write_s: How long the slowest batch took.
    """

    acknowledged: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    answers: int = 0
    failed: int = 0
    wrong_answers: list[int] = field(default_factory=list)
    slowest_write_s: float = 0.0


def killed_under_load(cluster: Cluster, folder: Path, victim: str, pages: int, batches: int) -> Seen:
    """Fill an index of three shards with two copies, kill a node under load, and start it again.

    Args:
        cluster: Three nodes, all running; they are so in the end.
        folder: For what an engine keeps on this machine.
        victim: "the cluster manager", or another node.
        pages: How many old pages there are, each found by every search.
        batches: How many batches are written after the kill at least; as many before it.
    """
    settings = settings_of(cluster.addresses).model_copy(
        update={"shards": 3, "replicas": 1, "search_retry_s": 30.0, "write_retry_s": 90.0}
    )
    seen, ended = Seen(), threading.Event()
    with (
        closing(open_engine("opensearch", folder / "writer", settings)) as writer,
        closing(open_engine("opensearch", folder / "reader", settings)) as reader,
    ):
        write(writer, *[document(f"old{n}", "gammal skog") for n in range(pages)], seq=1)
        cluster.wait_until_green()
        searching = threading.Thread(target=_search, args=(reader, pages, seen, ended))
        searching.start()
        try:
            _write(writer, seen, batches)
            manager = cluster.manager()
            node = manager if victim == "the cluster manager" else (manager + 1) % 3
            cluster.kill(node)
            _write(writer, seen, batches)
            cluster.begin(node)
            _write(writer, seen, batches)
        finally:
            ended.set()
            searching.join()
        cluster.wait_until_green()
        everybody = Scope(max_rank=2)
        seen.lost = [
            one for one in seen.acknowledged if not writer.matching_pages(MatchAll(), everybody, one)
        ]
    return seen


def _write(engine: SearchEngine, seen: Seen, batches: int) -> None:
    for _ in range(batches):
        begun_s = time.monotonic()
        name = f"new{len(seen.acknowledged)}"
        engine.write(Batch([document(name, "ny skog")], mark(_FIRST_SEQ + len(seen.acknowledged))))
        seen.acknowledged.append(name)
        seen.slowest_write_s = max(seen.slowest_write_s, time.monotonic() - begun_s)


def _search(engine: SearchEngine, pages: int, seen: Seen, ended: threading.Event) -> None:
    while not ended.is_set():
        try:
            total = ask(engine, _OLD).total_pages
        except SearchAway:
            seen.failed += 1
            continue
        except ArchiveError as error:
            raise AssertionError(error.message) from error
        seen.answers += 1
        if total != pages:
            seen.wrong_answers.append(total)
