"""The reader of decks on all real decks, where they are at hand."""

from collections import Counter
from pathlib import Path

import pytest

from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.pptx.reader import PptxExtractor
from archive.model.extraction import Outcome
from archive.model.pages import Page

_CORPUS = Path(__file__).parents[4] / ".." / "shared" / "corpus"
_FILES = sorted(_CORPUS.glob("*/*.pptx"))
_LIMITS = ReadLimits(5000, 200_000)

pytestmark = pytest.mark.skipif(not _FILES, reason="the shared corpus is not on this machine")


def _read(path: Path) -> tuple[list[Page], Finish]:
    with path.open("rb") as file:
        *pages, finish = PptxExtractor().extract(file, _LIMITS)
    assert isinstance(finish, Finish)
    return [page for page in pages if isinstance(page, Page)], finish


def test_every_real_deck_is_read_or_has_a_reason() -> None:
    readings = [_read(path) for path in _FILES]
    found = Counter(finish.category for _, finish in readings)
    assert set(found) <= {Outcome.OK, Outcome.OK_PARTIAL, Outcome.PASSWORD}
    assert found[Outcome.OK] >= len(_FILES) - 5
    for pages, finish in readings:
        assert len(pages) == finish.page_count
        is_whole = not any(page.broken for page in pages)
        assert is_whole or finish.category is Outcome.OK_PARTIAL
