import pytest

from archive.ingest.extractors import registry
from archive.ingest.extractors.registry import samples
from archive.model.extraction import Outcome
from tests.ingest.extractors.extraction import read


@pytest.mark.parametrize("media_type", sorted(samples()))
def test_sample_is_read_whole(media_type: str) -> None:
    extractor = registry.load("extract", media_type)
    assert extractor is not None
    pages, finish = read(extractor, samples()[media_type])
    assert finish.category is Outcome.OK
    assert "words" in pages[0].blocks[-1].text + pages[0].blocks[0].text
    assert pages[0].title
