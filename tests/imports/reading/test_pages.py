"""Invented pages as associations, regions and agencies write them, each with what should be read."""

import pytest

from tests.imports.reading.truths import PAGES, mistakes


@pytest.mark.parametrize("name", sorted(path.stem for path in PAGES.glob("*.json")))
def test_page_is_read_as_a_careful_person_would(name: str) -> None:
    assert mistakes(name) == []
