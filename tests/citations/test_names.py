"""Names become parts as a reference needs them."""

import pytest

from archive.citations.names import organisation_name, person_name


@pytest.mark.parametrize(
    ("written", "inverted"),
    [
        ("Carina Åkerberg", "Åkerberg, Carina"),
        ("  Carina \t Åkerberg ", "Åkerberg, Carina"),
        ("Åkerberg, Carina", "Åkerberg, Carina"),
        ("Karl-Erik Gustav Öst", "Öst, Karl-Erik Gustav"),
        ("Carl von Essen", "von Essen, Carl"),
        ("von Essen, Carl", "von Essen, Carl"),
        ("von Essen", "von Essen"),
        ("Ludwig van der Rohe", "van der Rohe, Ludwig"),
        ("Gerard De Geer", "De Geer, Gerard"),
        ("Carl von Essen Berg", "von Essen Berg, Carl"),
        ("Per Ek Jr", "Ek, Per, Jr"),
        ("Ek, Per, Jr", "Ek, Per, Jr"),
        ("Per Ek, Jr", "Ek, Per, Jr"),
        ("Cher", "Cher"),
        ("Cher,", "Cher"),
        ("", ""),
    ],
)
def test_family_name_comes_first(written: str, inverted: str) -> None:
    assert person_name(written).inverted == inverted


def test_particle_is_kept_apart_so_that_styles_may_sort_without_it() -> None:
    name = person_name("Maria af Ekenstam")
    assert (name.given, name.particle, name.family) == ("Maria", "af", "Ekenstam")
    assert name.whole == "Maria af Ekenstam"


def test_name_of_one_word_and_an_organisation_have_no_parts() -> None:
    assert person_name("Cher").literal == "Cher"
    assert person_name("Exempel Talare 1").literal == "Exempel Talare 1"
    assert organisation_name(" Region  Norrbotten, norra delen ").literal == "Region Norrbotten, norra delen"
