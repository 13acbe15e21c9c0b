"""What is read from two made files, kept in full.

After a change that is meant: `python -m tests.ingest.extractors.test_golden` writes the golden files anew;
look at the difference before it is committed.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from archive.ingest.extractors.base import Extractor
from archive.ingest.extractors.pdf.reader import PdfExtractor
from archive.ingest.extractors.pptx.reader import PptxExtractor
from tests.ingest.extractors.decks import rich_deck
from tests.ingest.extractors.pdfs import REPORT_PAGES, pdf
from tests.ingest.extractors.reading import read

_FOLDER = Path(__file__).parent / "golden"
_CHANGING = ("created", "modified")


def _deck() -> tuple[Extractor, bytes]:
    return PptxExtractor(), rich_deck()


def _report() -> tuple[Extractor, bytes]:
    return PdfExtractor(), pdf(REPORT_PAGES, title="Översikt 2024")


_SOURCES: dict[str, Callable[[], tuple[Extractor, bytes]]] = {"deck": _deck, "report": _report}


def _reading(name: str) -> dict[str, Any]:
    pages, finish = read(*_SOURCES[name]())
    ending = asdict(finish)
    ending["properties"] = {k: v for k, v in finish.properties.items() if k not in _CHANGING}
    whole = {"pages": [asdict(page) for page in pages], "finish": ending}
    reading: dict[str, Any] = json.loads(json.dumps(whole))
    return reading


@pytest.mark.parametrize("name", sorted(_SOURCES))
def test_reading_is_as_it_was(name: str) -> None:
    golden = json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
    assert _reading(name) == golden


def _write_all() -> None:
    for name in _SOURCES:
        text = json.dumps(_reading(name), ensure_ascii=False, indent=1)
        (_FOLDER / f"{name}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    _write_all()
