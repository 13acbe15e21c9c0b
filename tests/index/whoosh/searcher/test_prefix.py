"""The terms behind a prefix are the most frequent of all segments together."""

from collections import Counter
from random import Random

import pytest

from archive.analysis.analyzer import Token
from archive.index.documents import IndexDocument, IndexPage
from archive.index.schema import TextField
from archive.index.whoosh.engine import WhooshEngine
from archive.index.whoosh.searcher import prefix
from archive.index.whoosh.searcher.prefix import expansion
from tests.index.index_documents import STAFF, write

EXACT = TextField.EXACT
SEGMENTS = 4


def _pages(random: Random, words: list[str]) -> list[set[str]]:
    """Return pages whose words are unlike each other in how often they stand."""
    return [{word for nth, word in enumerate(words) if random.random() < 2 / (nth + 2)} for _ in range(30)]


def _document(name: str, pages: list[set[str]]) -> IndexDocument:
    return IndexDocument(
        name,
        name,
        [
            IndexPage(number, 0, {EXACT: [Token(word, 0, 0, 1) for word in sorted(words)]})
            for number, words in enumerate(pages, start=1)
        ],
    )


@pytest.mark.parametrize("limit", [0, 1, 3, 10, 60, 1_000])
@pytest.mark.parametrize("segments", [1, SEGMENTS])
@pytest.mark.parametrize("read", [prefix.MAX_TERMS_READ, 2])
def test_most_frequent_terms_of_all_segments(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch, read: int, segments: int, limit: int
) -> None:
    monkeypatch.setattr(prefix, "MAX_TERMS_READ", read)
    random = Random(limit)
    words = [f"skog{nth:02}" for nth in range(70)] + [f"berg{nth}" for nth in range(9)]
    counts: Counter[str] = Counter()
    for nth in range(segments):
        # Another order in each segment, so that what is frequent in one is rare in another.
        pages = _pages(random, random.sample(words, len(words)))
        counts.update(word for page in pages for word in page)
        write(engine, _document(f"d{nth}", pages))
    snapshot = engine.snapshots.newest()
    assert snapshot is not None
    assert len(snapshot.views) == segments
    found = expansion(snapshot, EXACT, "skog", STAFF, limit)
    begun = [(word, count) for word, count in counts.items() if word.startswith("skog")]
    wanted = sorted(begun, key=lambda one: (-one[1], one[0]))[:limit]
    assert [found.term(rank) for rank in range(len(found))] == wanted
    for nth, view in enumerate(snapshot.views):
        table = view.segment.fields[EXACT].terms
        for (word, _), place in zip(wanted, found.places(nth).tolist(), strict=True):
            assert table.find(word.encode()) == place
