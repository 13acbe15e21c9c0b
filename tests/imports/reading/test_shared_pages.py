"""The six pages that were given, scored by their own rules; skipped where they are not there."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from archive.cli.imports.shown import as_object
from tests.imports.reading.truths import read

SHARED = Path(__file__).parents[4] / "shared"
_PAGES = SHARED / "pages"
_NAMES = sorted(path.stem for path in _PAGES.glob("*.json"))


def _score(name: str) -> Any:
    spec = importlib.util.spec_from_file_location("score", _PAGES / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    truth = json.loads((_PAGES / f"{name}.json").read_text("utf-8"))
    page = read((_PAGES / truth["page"]).read_bytes(), truth["address"], truth["content_type"])
    score = module.Score()
    score.page(truth, as_object(page))
    return score


@pytest.mark.skipif(not _NAMES, reason="the shared pages are not on this machine")
@pytest.mark.parametrize("name", _NAMES or ["none"])
def test_every_field_is_right_and_nothing_is_read_beyond_the_truth(name: str) -> None:
    score = _score(name)
    assert (score.mistakes, score.extra.total()) == ([], 0)
