"""Which words are a person, and which are not."""

import unicodedata

import pytest

from archive.erasing.names import MARK, Names

_HER = Names(["Anna Maria Åkerberg"])
_SHORT = Names(["Lars Berg"])


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


def test_surname_alone_can_be_left() -> None:
    names = Names(["Anna Åkerberg"], whole_only=True)
    assert names.masked("Åkerberg och Anna Åkerberg") == f"Åkerberg och {MARK}"


def test_other_words_are_taken_as_they_are() -> None:
    names = Names([], ["Projekt Granit"])
    assert names.masked("Granit i projekt granits") == f"Granit i {MARK}"
    assert names.masked("Granit") == "Granit"


def test_nothing_is_meant_by_nothing() -> None:
    names = Names([" "], [""])
    assert names.is_empty
    assert names.masked("Allt står kvar.") == "Allt står kvar."
