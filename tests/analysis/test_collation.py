"""The order of Swedish lists."""

import pytest

from archive.analysis.collation import first_letter, surname_sort_key, swedish_sort_key


def test_swedish_letters_sort_last_and_accents_do_not_count() -> None:
    ordered = ["Adel", "Ädel?", "e", "Édith", "zz", "Zürich", "åb", "ång", "ägg", "Ærø", "öl", "Øst"]
    wanted = ["Adel", "e", "Édith", "Zürich", "zz", "åb", "ång", "Ädel?", "ägg", "Ærø", "öl", "Øst"]
    assert sorted(ordered, key=swedish_sort_key) == wanted


def test_sort_key_leaves_out_signs_before_the_first_letter() -> None:
    assert swedish_sort_key("”Öppet hus”") == swedish_sort_key("Öppet hus”")
    assert swedish_sort_key("A\u030angström") == swedish_sort_key("Ångström")
    assert swedish_sort_key("…") == ""


def test_letters_that_unicode_does_not_take_apart_have_their_swedish_place() -> None:
    ordered = ["Lod", "Łom", "Lon", "Oz", "Zebra", "Ödeshög", "Œuvre", "Øystad"]
    backwards = ordered[::-1]
    assert sorted(backwards, key=swedish_sort_key) == ordered


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("Åre", "Å"),
        ("Ärna", "Ä"),
        ("Öst", "Ö"),
        ("Éva", "E"),
        ("”Ab”", "A"),
        ("Øst", "Ö"),
        ("3M", "#"),
        ("", "#"),
        ("Жук", "#"),
    ],
)
def test_letter_of_a_list(text: str, letter: str) -> None:
    assert first_letter(swedish_sort_key(text)) == letter


def test_people_sort_by_surname_then_by_whole_name() -> None:
    ordered = [
        "Åsa Andersson",
        "Östen Andersson",
        "Louise af Klercker",
        "Exempel Talare 1",
        "Exempel Talare 2",
        "Ann Åberg",
    ]
    backwards = ordered[::-1]
    assert sorted(backwards, key=surname_sort_key) == ordered


def test_numbers_sort_by_their_value() -> None:
    ordered = ["Del 2", "Del 10", "Del 010 b", "Del 21"]
    backwards = ordered[::-1]
    assert sorted(backwards, key=swedish_sort_key) == ordered
