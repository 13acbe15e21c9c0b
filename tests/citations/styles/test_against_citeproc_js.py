"""References are what citeproc-js, the processor of Zotero and Mendeley, makes of the same items.

`python -m scripts.citeproc_js` asks it and writes down what it says.
"""

import re
from pathlib import Path

import pytest

from archive.citations.item import Wording
from archive.citations.styles import STYLES, reference
from tests.citations.cited import SIXTY

_GOLDEN = Path(__file__).with_name("citeproc_js.txt")
_NUMBER = re.compile(r"^(\[1\]|1\.) ?")  # of a list that we do not have
_COMBINATIONS = [(style, wording) for style in STYLES for wording in Wording]


@pytest.mark.parametrize(("name", "wording"), _COMBINATIONS)
def test_sixty_references_are_those_of_citeproc_js(name: str, wording: Wording) -> None:
    assert len(SIXTY) == 60
    said = _GOLDEN.read_text("utf-8").splitlines()
    begin = _COMBINATIONS.index((name, wording)) * len(SIXTY)
    theirs = [_NUMBER.sub("", line) for line in said[begin : begin + len(SIXTY)]]
    ours = [reference(item, STYLES[name], wording) for item in SIXTY]
    assert ours == theirs


def test_golden_file_has_all_styles_in_both_languages() -> None:
    assert len(_GOLDEN.read_text("utf-8").splitlines()) == 60 * 6 * 2
