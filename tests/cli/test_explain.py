import json

import pytest

from archive.app import open_archive
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.settings import Settings
from tests.cli.running import Run


@pytest.fixture
def place(full: Run, data) -> str:  # type: ignore[no-untyped-def]  # as the fixtures are
    with open_archive(Settings(data=data)) as archive:
        hit = archive.search.search(Question("gruvnäringen"), Visibility.STAFF).groups[0].best[0]
    return f"{hit.document_id}/{hit.number}"


def test_says_what_the_slide_holds_of_the_question(full: Run, place: str) -> None:
    told = json.loads(full("explain", "gruvnäringen xyzzyord", place, "--json").out)
    here = {part["term"] for part in told["parts"] if part["here"]}
    assert "gruvnäring" in here
    assert not any("xyzzy" in term for term in here)
    assert told["has_all"] is False
    assert told["place"] >= 1


def test_added_words_are_named(full: Run, place: str) -> None:
    told = full("explain", "gruvnaringen", place)
    assert told.code == 0
    assert "gruvnaringen is also looked for as gruvnäringen (restored)" in told.out


@pytest.mark.parametrize("wrong", ["x", "x/y", "/1", "x/²"])
def test_a_place_that_is_none_is_told_in_one_line(full: Run, wrong: str) -> None:
    told = full("explain", "gruva", wrong)
    assert told.code == 2 or told.code == 1
    assert "Traceback" not in told.err
