"""A writer is killed between its pages and the watermark: the next one completes the batch."""

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.index.engine import SearchEngine
from archive.index.query import MatchAll
from archive.settings.opensearch import OpenSearchSettings
from tests.forked import run_forked
from tests.index.index_documents import document, documents_found, found, mark, write

# The child is killed by itself in the place of its nth call to the server that shows what was written.
_CHILD = """
import os, signal, sys
from pathlib import Path
from opensearchpy.client.indices import IndicesClient
from archive.index.documents import Batch
from archive.index.engines import open_engine
from archive.settings.opensearch import OpenSearchSettings
from tests.index.index_documents import document, mark

settings = OpenSearchSettings.from_parent(sys.stdin.read())
show = IndicesClient.refresh
calls = iter(range(int(sys.argv[2])))

def killed(self, **arguments):
    if next(calls, None) is None:
        if sys.argv[3] == "after":
            show(self, **arguments)
        os.kill(os.getpid(), signal.SIGKILL)
    return show(self, **arguments)

IndicesClient.refresh = killed
engine = open_engine("opensearch", Path(sys.argv[1]), settings)
pages = [f"sida{n}" for n in range(8)]
engine.write(Batch([document("a", *pages), document("b"), document("c", "ny")], mark(3)))
"""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_batch_is_completed_by_the_next_writer(
    tmp_path: Path,
    settings: OpenSearchSettings,
    engine: SearchEngine,
    reopen: Callable[[], SearchEngine],
    moment: str,
) -> None:
    write(engine, document("a", "gammal"), seq=1)
    write(engine, document("b", "skog"), seq=2)
    child = run_forked(tmp_path / "index", "1", moment, code=_CHILD, typed=settings.for_child())
    assert child.returncode == -signal.SIGKILL
    again = reopen()
    assert again.watermark() == mark(2)
    # Meanwhile the document has become shorter than what the killed writer has sent of it.
    write(again, document("a", "kort"), document("b"), document("c", "ny"), seq=4)
    for one in (engine, again):
        assert found(one, MatchAll()) == {("a", 1), ("c", 1)}
        assert one.watermark() == mark(4)
        assert one.counts() == (2, 2)
    write(engine, document("d", "sjö"), seq=5)
    assert documents_found(again, MatchAll()) == "a c d"


def test_older_write_that_arrives_late_changes_nothing(
    settings: OpenSearchSettings, engine: SearchEngine
) -> None:
    """As of a machine that was cut off: its pages and its removals come after newer ones."""
    import opensearchpy

    from archive.index.opensearch.bulk import Target, page_actions, send, tombstones
    from archive.index.search import PageRef

    write(engine, document("a", "ett", "två"), document("b", "skog"), seq=5)
    write(engine, document("a", "ny"), document("b"), seq=9)
    late = Target(f"{settings.index_prefix}-000001", 7)
    with opensearchpy.OpenSearch(list(settings.hosts)) as client:
        pages = page_actions(late, [document("a", "gammal", "gammal"), document("b", "gammal")])
        assert send(client, settings, [*pages, *tombstones(late, [PageRef("a", 1)])]) == 4
    write(engine, document("c", "sjö"), seq=10)
    assert found(engine, MatchAll()) == {("a", 1), ("c", 1)}
    assert engine.counts() == (2, 2)
