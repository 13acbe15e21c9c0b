import pytest

from archive.ingest.extractors import registry
from archive.ingest.filetypes.media_types import DOC, HTML, IMAGES, KEY, PDF, PPTX, RTF, SUFFIXES, WEBP, ZIP

_CONVERTED = {DOC, RTF}
_UNPACKED = {ZIP}


@pytest.mark.parametrize("media_type", sorted(SUFFIXES.keys() - _CONVERTED - _UNPACKED))
def test_every_type_that_is_neither_converted_nor_unpacked_has_a_reader(media_type: str) -> None:
    extractor = registry.load("extract", media_type)
    assert extractor is not None
    assert extractor.fields
    assert extractor.engine


@pytest.mark.parametrize("media_type", [PDF, KEY, *sorted(IMAGES)])
def test_what_has_pages_of_its_own_has_a_drawer(media_type: str) -> None:
    assert registry.load("draw", media_type) is not None


@pytest.mark.parametrize("media_type", [PDF, WEBP])
def test_pages_are_cut_out_of_pdf_files_and_made_of_pictures(media_type: str) -> None:
    assert registry.load("cut", media_type) is not None


@pytest.mark.parametrize(
    ("task", "media_type"),
    [("extract", "video/mp4"), ("draw", PPTX), ("draw", HTML), ("cut", PPTX), ("", "")],
)
def test_unknown_task_or_type_has_none(task: str, media_type: str) -> None:
    assert registry.load(task, media_type) is None


def test_preload_imports_every_parser() -> None:
    registry.preload()
