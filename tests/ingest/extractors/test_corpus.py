"""The readers on real files, where they are at hand."""

from pathlib import Path

import pytest

from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.registry import load
from archive.ingest.filetypes.detect import detect
from archive.model.extraction import Outcome
from archive.model.pages import Page

_CORPUS = Path(__file__).parents[3] / ".." / "shared" / "corpus" / "nosad"
_FILES = sorted(path for path in _CORPUS.glob("*") if path.suffix in (".pptx", ".pdf"))[:15]


@pytest.mark.skipif(not _FILES, reason="the shared corpus is not on this machine")
@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name[:6])
def test_real_seminar_file_is_read_whole(path: Path) -> None:
    extractor = load("extract", detect(path))
    assert extractor is not None
    with path.open("rb") as file:
        records = list(extractor.extract(file, ReadLimits(500, 200_000)))
    finish = records.pop()
    assert isinstance(finish, Finish)
    assert finish.category is Outcome.OK
    pages = [record for record in records if isinstance(record, Page)]
    assert len(pages) == finish.page_count == len(records)
    words = sum(len(block.text.split()) for page in pages for block in page.blocks)
    assert words > 4 * len(pages)
