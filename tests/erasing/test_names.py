"""Which words are a person, and which are not."""

import unicodedata

import pytest

from archive.erasing.names import MARK, ErasedNames, given_names
from archive.errors import InputError

_HER = ErasedNames(["Anna Maria Åkerberg"])
_SHORT = ErasedNames(["Lars Berg"])


@pytest.mark.parametrize(
    "text",
    [
        "Anna Åkerbergs",
        "Åkerberg, Anna Maria",
        "A. M. Åkerberg",
        "ÅKERBERG",
        "Åkerbergsmodellen",
        "Åker-\nberg",
        "Åker\u00adberg",
        unicodedata.normalize("NFD", "Åkerberg"),
        "anna.akerberg",
        "AnnaÅkerberg",
        "%C3%85kerberg",
        "%C5kerberg",
        "&#197;kerberg",
        "&Aring;kerberg",
        "\\'c5kerberg",
        "\\305kerberg",
        "aakerberg",
    ],
)
def test_all_of_it_is_the_person(text: str) -> None:
    assert _HER.masked(text) == MARK


@pytest.mark.parametrize("text", ["Erik Åkerberg", "Åkerberg, Erik", "Anna sade", "åker berg-och-dalbana"])
def test_somebody_else_stays(text: str) -> None:
    assert _HER.masked(text) == text


def test_short_surname_is_no_word_that_begins_with_it() -> None:
    text = "Lars Berg såg bergen i Bergslagen, och Bergs plan om ett berg"
    assert _SHORT.masked(text) == f"{MARK} såg bergen i Bergslagen, och {MARK} plan om ett berg"


def test_number_or_letter_at_the_end_of_a_name_is_nobody_alone() -> None:
    for name, text in (("Exempel Talare 3", "3 av 30, bild 3"), ("Karin B", "plan B")):
        names = ErasedNames([name])
        assert names.masked(text) == text
        assert names.masked(f"Se {name}.") == f"Se {MARK}."


def test_surname_alone_can_be_left() -> None:
    names = ErasedNames(["Anna Åkerberg"], whole_only=True)
    assert names.masked("Åkerberg och Anna Åkerberg") == f"Åkerberg och {MARK}"


def test_other_words_are_taken_as_they_are() -> None:
    names = ErasedNames([], ["Projekt Granit"])
    assert names.masked("Granit i projekt granits") == f"Granit i {MARK}"
    assert names.masked("Granit") == "Granit"


def test_nothing_is_meant_by_nothing() -> None:
    names = ErasedNames([" "], [""])
    assert names.is_empty
    assert names.masked("Allt står kvar.") == "Allt står kvar."


@pytest.mark.parametrize(
    "text",
    ["Kim O'Brien", "Kim O’Brien", "O’Briens", "kim.obrien", "KIM O'BRIEN", "O&#39;Brien", "K. O%27Brien"],
)
def test_apostrophes_are_written_in_many_ways(text: str) -> None:
    assert ErasedNames(["Kim O'Brien"]).masked(text) == MARK


@pytest.mark.parametrize(
    "text", ["Erik Strauß", "STRAUSS", "Strauss", "Strau&szlig;", "Strau%C3%9F", "STRAUẞ"]
)
def test_sharp_s_is_two_letters(text: str) -> None:
    assert ErasedNames(["Erik Strauß"]).masked(text) == MARK
    assert ErasedNames(["Erik Strauss"]).masked(text) == MARK


def test_short_name_of_one_word_is_written_with_a_capital() -> None:
    assert (
        ErasedNames(["Berg"]).masked("Berg gick över berg, med Erik Berg")
        == f"{MARK} gick över berg, med Erik {MARK}"
    )
    assert ErasedNames(["李 小龙"]).masked("小龙") == MARK


@pytest.mark.parametrize("name", ["i", "Å", "-", ".*", " ", "\\"])
def test_one_letter_is_nobody(name: str) -> None:
    assert ErasedNames([name], [name]).is_empty
    for names, texts in (([name], []), (["Anna Ek"], [name])):
        with pytest.raises(InputError):
            given_names(names, texts)


def test_one_letter_beside_a_name_is_left_out() -> None:
    assert ErasedNames(["A", "Anna Ek"]).masked("A Ek och a") == f"{MARK} och a"


def test_rows_of_letters_are_read_in_no_time() -> None:
    rows = f"{'A ' * 200}B {'ACGT' * 10_000}"
    assert ErasedNames(["A. Andersson"]).masked(f"{rows} Andersson") == f"{rows} {MARK}"
    assert (
        ErasedNames(["Anna Bo Cia " * 12 + "Ek"]).masked(f"{'Anna Bo Cia ' * 100}Ek".strip()).endswith(MARK)
    )


def test_what_is_too_long_is_refused() -> None:
    assert given_names(["x" * 200]).masked("x" * 200) == MARK
    with pytest.raises(InputError):
        given_names(["x" * 201])
