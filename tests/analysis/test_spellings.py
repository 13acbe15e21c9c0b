"""One thing in several spellings has one spelling that all of them share."""

import pytest

from archive.analysis.spellings import (
    joined_spelling,
    shared_figures,
    spelling_with_spaces,
    spellings,
    whole_spelling,
)
from tests.counting import assert_grows_linearly


def _shared(text: str) -> set[tuple[str, str]]:
    return {(text[one.start : one.end], one.term) for one in spellings(text)}


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        ("17 300 konton", {("17 300", "17300")}),
        ("2\u00a0000\u202f000 kr", {("2\u00a0000\u202f000", "2000000")}),
        ("1 234,5 ton", {("1 234,5", "1234.5")}),
        ("ett e-arkiv", {("e-arkiv", "earkiv")}),
    ],
)
def test_spellings_have_a_shared_one(text: str, shared: set[tuple[str, str]]) -> None:
    assert _shared(text) == shared


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("den 4 maj 2021.", "4 maj 2021"),
        ("4:e maj 2021", "4:e maj 2021"),
        ("den 4/5 2021", "4/5 2021"),
        ("4/5-21", "4/5-21"),
        ("4.5.2021", "4.5.2021"),
        ("May 4, 2021", "May 4, 2021"),
        ("2021-05-04", "2021-05-04"),
    ],
)
def test_a_date_is_itself_and_that_day_of_any_year(text: str, date: str) -> None:
    assert _shared(text) == {(date, "2021-05-04"), (date, "--05-04")}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("den 4 maj", "4 maj"),
        ("4:e maj,", "4:e maj"),
        ("May 4", "May 4"),
        ("the 4th of May", "4th of May"),
        ("4 maj 21 300", "4 maj"),
    ],
)
def test_a_date_without_a_year_is_that_day_of_any_year(text: str, day: str) -> None:
    assert (day, "--05-04") in _shared(text)
    assert not any(term.endswith("05-04") and term[0] != "-" for _, term in _shared(text))


@pytest.mark.parametrize(
    "text",
    [
        "31 april",
        "maj 21",
        "4 majstänger",
        "17 deltagare\n300 platser",
        "2021 300",
        "version 1.17 300",
        "30 februari 2021",
        "2021-13-01",
        "A-B-lag",
        "smart-grid",
        "070-123 45 67",
        "007 300",
    ],
)
def test_what_is_no_number_date_or_letter_word_has_none(text: str) -> None:
    assert _shared(text) == set()


def test_a_row_of_numbers_may_be_read_in_each_way() -> None:
    assert {"17300", "120400", "17300120400"} <= {term for _, term in _shared("17 300 120 400")}
    assert {term for _, term in _shared("2 345 678")} == {"2345678"}


def test_only_a_whole_text_has_a_whole_spelling() -> None:
    found = whole_spelling("17 300")
    assert found is not None
    assert found.term == "17300"
    assert whole_spelling("17 300 konton") is None
    assert whole_spelling("konton") is None


@pytest.mark.parametrize(
    ("text", "end"), [("17 300 konton", 6), ("4 maj 2021", 10), ("4 maj x", 5), ("2021-05-04", 0), ("a 1", 0)]
)
def test_where_several_words_are_one_is_told(text: str, end: int) -> None:
    assert spelling_with_spaces(text, 0) == end


def test_hyphenated_words_are_joined() -> None:
    assert joined_spelling("open-source") == "opensource"
    assert joined_spelling("open-source-kod") == ""


@pytest.mark.parametrize(
    ("form", "shared"), [("10:10", "10.10"), ("10.10", "10.10"), ("1,5", "1.5"), ("eu:s", "eu:s")]
)
def test_figures_share_their_separator(form: str, shared: str) -> None:
    assert shared_figures(form) == shared


@pytest.mark.parametrize("unit", ["1 ", "100 ", "1-", "e-", "4/", "4 maj ", "a-bcd-"])
def test_no_text_takes_more_than_linear_work(unit: str) -> None:
    assert_grows_linearly(lambda times: list(spellings(unit * times)), 300)
