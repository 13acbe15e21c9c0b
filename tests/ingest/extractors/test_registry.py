import pytest

from archive.ingest import detect
from archive.ingest.extractors import registry


@pytest.mark.parametrize("media_type", [detect.PDF, *sorted(detect.DECKS)])
def test_every_type_that_is_detected_has_a_reader(media_type: str) -> None:
    extractor = registry.load("extract", media_type)
    assert extractor is not None
    assert extractor.fields
    assert extractor.engine


def test_pdf_has_a_drawer() -> None:
    assert registry.load("draw", detect.PDF) is not None


@pytest.mark.parametrize(("task", "media_type"), [("extract", "text/plain"), ("draw", detect.PPTX), ("", "")])
def test_unknown_task_or_type_has_none(task: str, media_type: str) -> None:
    assert registry.load(task, media_type) is None


def test_preload_imports_every_parser() -> None:
    registry.preload()
