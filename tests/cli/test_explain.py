import json

import pytest

from archive.app import open_archive
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.settings.settings import Settings
from tests.cli.commands import Run


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


def test_every_word_is_shown_as_it_was_read(full: Run, place: str) -> None:
    explained = json.loads(full("explain", "gruvnaringen och granska", place, "--json").out)
    readings = {reading["word"]: reading for reading in explained["readings"]}
    assert list(readings) == ["gruvnaringen", "och", "granska"]
    assert [other["word"] for other in readings["gruvnaringen"]["alternatives"]] == ["gruvnäringen"]
    assert readings["granska"]["terms"][0] == "granska"
    assert readings["och"]["stop_word"] is True
    shown = full("explain", "gruvnäringen och granska", place).out
    assert "gruvnäringen is read as gruvnäring" in shown
    assert "with the parts" in shown
    assert "och is a stop word." in shown


def test_parts_of_all_and_of_some_of_the_words_are_shown(full: Run, place: str) -> None:
    explained = json.loads(full("explain", "gruvnäringen xyzzyord", place, "--json").out)
    where = {(part["field"], part["term"]): part["in"] for part in explained["parts"]}
    assert where["text", "gruvnäring"] == ["strict", "relaxed"]
    assert where["about", "gruvnäring"] == ["strict"]
    quoted = json.loads(full("explain", '"gruvnäringen i norra länen"', place, "--json").out)
    assert {tuple(part["in"]) for part in quoted["parts"]} == {("strict",), ("loose",)}


def test_derived_words_are_among_the_parts(full: Run, place: str) -> None:
    explained = json.loads(full("explain", "regional gruvnäringen", place, "--json").out)
    derived = {word for reading in explained["readings"] for word in reading.get("relatives", [])}
    assert derived <= {part["term"] for part in explained["parts"] if part["in"] == ["relaxed"]}


@pytest.mark.parametrize("wrong", ["x", "x/y", "/1", "x/²"])
def test_a_place_that_is_none_is_told_in_one_line(full: Run, wrong: str) -> None:
    told = full("explain", "gruva", wrong)
    assert told.code == 2 or told.code == 1
    assert "Traceback" not in told.err


def test_a_slide_that_is_not_there_is_told(full: Run, place: str) -> None:
    document, _, _ = place.partition("/")
    told = full("explain", "gruva", f"{document}/999")
    assert told.code == 1
    assert "no page" in told.err
