"""References are made by several threads at once, from styles that are parsed once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from archive.citations.formats import format_named
from archive.citations.item import Wording
from archive.citations.styles import STYLES, reference, style_named
from archive.errors import InputError
from tests.citations.cited import HARD


def test_threads_do_not_get_into_each_others_references() -> None:
    style = STYLES["vancouver"]
    alone = [reference(item, style, "sv") for item in HARD]
    with ThreadPoolExecutor(4) as pool:
        at_once = [pool.submit(reference, item, style, "sv") for _ in range(3) for item in HARD]
        assert [one.result() for one in at_once] == alone * 3


def test_nothing_is_asked_of_the_item_s_own_wording() -> None:
    item = HARD[2]
    assert item.wording is Wording.SWEDISH
    assert ", slide 4" in reference(item, STYLES["apa"], "en")
    assert ", bild 4" in reference(item, STYLES["apa"], "sv")


def test_missing_date_is_said_in_the_language_of_the_reference() -> None:
    undated = next(item for item in HARD if not item.issued)
    assert "(u.å.)" in reference(undated, STYLES["apa"], "sv")
    assert "(n.d.)" in reference(undated, STYLES["apa"], "en")


def test_unknown_style_or_format_says_which_there_are() -> None:
    with pytest.raises(InputError, match="apa, harvard, oxford, vancouver, ieee, chicago"):
        style_named("nature")
    with pytest.raises(InputError, match="bibtex, biblatex, ris, csl-json"):
        format_named("word")
